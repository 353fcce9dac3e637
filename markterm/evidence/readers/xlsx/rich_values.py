"""Pictures that stand in cells: Excel 365 keeps them as values, and writes an error for programs that know none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markterm.evidence.readers.office import OfficeFile, number

_RICH = "XLRICHVALUE"
_PICTURES = frozenset({"_localImage", "_webimage"})
_SAID = "Text"
"""The key of the alternative text."""


def cell_pictures(office: OfficeFile, main: str) -> Mapping[int, str]:
    """What the pictures in cells are said to show, by the number that a cell has for its value; empty for nothing."""
    roots = {
        kind: office.root(relation.target)
        for kind in ("sheetMetadata", "rdRichValue", "rdRichValueStructure")
        for relation in office.related(main, kind)
    }
    metadata, values, structures = (
        roots.get(kind) for kind in ("sheetMetadata", "rdRichValue", "rdRichValueStructure")
    )
    if metadata is None or values is None or structures is None:
        return {}
    keys = [_keys(each) for each in structures.iterfind("{*}s")]
    said = [_said(each, keys) for each in values.iterfind("{*}rv")]
    numbers = [
        number(next((mark.get("i") for mark in each.iter("{*}rvb")), None), -1)
        for future in metadata.iterfind("{*}futureMetadata")
        if future.get("name") == _RICH
        for each in future.iterfind("{*}bk")
    ]
    found = {}
    for place, each in enumerate(metadata.iterfind("{*}valueMetadata/{*}bk"), 1):
        for mark in each.iterfind("{*}rc"):
            at = number(mark.get("v"), -1)
            value = numbers[at] if 0 <= at < len(numbers) else -1
            if 0 <= value < len(said) and (words := said[value]) is not None:
                found[place] = words
    return found


def _keys(structure: Any) -> list[str]:
    """The keys of a kind of value, when it is a picture."""
    return [each.get("n") or "" for each in structure.iterfind("{*}k")] if structure.get("t") in _PICTURES else []


def _said(value: Any, kinds: Sequence[Sequence[str]]) -> str | None:
    kind = number(value.get("s"), -1)
    if not 0 <= kind < len(kinds) or not kinds[kind]:
        return None
    texts = [each.text or "" for each in value.iterfind("{*}v")]
    return next((" ".join(text.split()) for key, text in zip(kinds[kind], texts, strict=False) if key == _SAID), "")
