"""Form controls on a sheet: what was ticked, chosen and typed.

Each is written twice: in a drawing of the old kind (VML), with its label, and since Excel 2010 in a part of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from markterm.evidence.readers.activex import activex
from markterm.evidence.readers.drawing import local, name_of
from markterm.evidence.readers.office import OfficeFile, number
from markterm.evidence.readers.tick_box import tick_box
from markterm.evidence.readers.xlsx.cells import Cells

_SHAPE = re.compile(r"_s(\d+)$")
_TICKED = frozenset({"checkbox", "radio", "option"})
_LISTS = frozenset({"drop", "list"})
_SILENT = frozenset({"note", "spin", "scroll", "pict", "shape", "image"})


@dataclass(slots=True)
class Control:
    """A form control as it was left."""

    shape: str
    """The number of its shape."""
    kind: str = ""
    label: str = ""
    value: str = ""
    """What was typed or chosen."""
    is_ticked: bool = False
    row: int = 0
    entries: str = ""
    """Where the entries of a list stand."""
    chosen: tuple[int, ...] = ()

    @property
    def said(self) -> str:
        """What it shows; empty for one that shows nothing."""
        if self.kind in _TICKED:
            return f"{tick_box(self.is_ticked)} {self.label}".strip()
        if self.kind == "button":
            return f"[button: {self.label}]" if self.label else ""
        return " ".join(filter(None, (self.label, self.value)))


def sheet_controls(
    office: OfficeFile, part: str, cells: Cells, entries: Callable[[str], list[str]]
) -> Iterator[Control]:
    """The controls of a sheet that show something; `entries` tells the words of the cells of a reference."""
    found: dict[str, Control] = {}
    for relation in office.related(part, "vmlDrawing"):
        root = office.root(relation.target)
        for shape in () if root is None else root.iter("{*}shape"):
            _old(shape, found)
    labels = _labels(office, part) if cells.controls else {}
    for shape_id, (relation_id, name) in cells.controls.items():
        own = office.target(part, relation_id)
        root = None if own is None else office.root(own.target)
        if root is None or own is None:
            continue
        control = found.setdefault(shape_id, Control(shape_id))
        if local(root) == "ocx":
            control.kind, control.label, control.value, control.is_ticked = activex(office, own.target, root)
        else:
            _new(root, control)
        control.label = control.label or labels.get(shape_id, "") or (name if control.kind in _TICKED else "")
    for control in found.values():
        if control.kind in _LISTS and control.entries:
            words = entries(control.entries)
            control.value = ", ".join(words[place - 1] for place in control.chosen if 0 < place <= len(words))
        if control.kind and control.kind not in _SILENT and control.said:
            yield control


def _old(shape: Any, found: dict[str, Control]) -> None:
    data = shape.find("{*}ClientData")
    number_of_shape = _SHAPE.search(shape.get("id") or "")
    if data is None or number_of_shape is None:
        return
    control = Control(number_of_shape[1], (data.get("ObjectType") or "").lower())
    box = shape.find("{*}textbox")
    control.label = "" if box is None else " ".join("".join(box.itertext()).split())
    control.is_ticked = number(data.findtext("{*}Checked")) > 0
    control.entries = data.findtext("{*}FmlaRange") or ""
    control.chosen = _numbers(data.findtext("{*}MultiSel") or data.findtext("{*}Sel"))
    anchor = (data.findtext("{*}Anchor") or "").split(",")
    control.row = number(anchor[2].strip()) + 1 if len(anchor) > 2 else 0
    found[control.shape] = control


def _new(root: Any, control: Control) -> None:
    control.kind = (root.get("objectType") or control.kind).lower()
    if root.get("checked"):
        control.is_ticked = root.get("checked") in ("Checked", "Mixed", "1")
    control.entries = root.get("fmlaRange") or control.entries
    control.chosen = _numbers(root.get("multiSel") or root.get("sel")) or control.chosen
    items = [each.get("val") or "" for each in root.iter("{*}item")]
    if items:
        control.value = ", ".join(items[place - 1] for place in control.chosen if 0 < place <= len(items))


def _numbers(text: str | None) -> tuple[int, ...]:
    return tuple(map(number, (text or "").replace(",", " ").split()))


def _labels(office: OfficeFile, part: str) -> dict[str, str]:
    """The words of the shapes that drawings of the new kind have for controls, by the number of the control."""
    labels = {}
    for relation in office.related(part, "drawing"):
        root = office.root(relation.target)
        for shape in () if root is None else root.iter("{*}sp"):
            for mark in shape.iter("{*}compatExt"):
                words = "".join(text.text or "" for text in shape.iter("{*}t"))
                labels[(mark.get("spid") or "").rpartition("_s")[2]] = " ".join(words.split()) or name_of(shape)
    return labels
