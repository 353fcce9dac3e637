"""ActiveX controls in Office files: what was ticked, chosen or typed ([MS-OFORMS] 2.2.5). They are never run."""

from __future__ import annotations

import posixpath
import struct
from typing import Any, NamedTuple

from markterm.evidence.readers.office import OfficeFile

_KINDS = {
    "8bd21d40-ec42-11ce-9e0d-00aa006002f3": "checkbox",
    "8bd21d50-ec42-11ce-9e0d-00aa006002f3": "radio",
    "8bd21d60-ec42-11ce-9e0d-00aa006002f3": "checkbox",  # a button that stays down
    "8bd21d10-ec42-11ce-9e0d-00aa006002f3": "text",
    "8bd21d20-ec42-11ce-9e0d-00aa006002f3": "list",
    "8bd21d30-ec42-11ce-9e0d-00aa006002f3": "drop",
}
_ID = 16
"""Bytes of the identity of the class, before the control."""
# Bit of the mask, and size of the property in the block of data.
_SIZES = (4, 4, 4, 4, 1, 1, 1, 1, 0, 2, 4, 2, 2, 2, 2, 2, 1, 1, 1, 0, 1, 1, 4, 4, 4, 4, 4, 2, 2, 2, 0, 0, 4)
_SIZE, _VALUE, _CAPTION = 8, 22, 23
_PACKED = 0x8000_0000


class ActiveX(NamedTuple):
    """A control as it was left."""

    kind: str
    """checkbox, radio, text, list or drop; empty for any other."""
    label: str = ""
    value: str = ""
    is_ticked: bool = False


def activex(office: OfficeFile, part: str, root: Any) -> ActiveX:
    """The control that is the part of that name, whose XML is `root`."""
    relation = next(iter(office.related(part, "activeXControlBinary")), None)
    control = filled_in(root, None if relation is None else office.content(relation.target))
    if control is None:
        office.notes.append(f"What the control {posixpath.basename(part)} holds cannot be read; open it outside.")
        return ActiveX(_kind(root))
    return control


def filled_in(root: Any, data: bytes | None) -> ActiveX | None:
    """The control whose XML is `root`, and whose properties are in `data` where the XML has none.

    None when they cannot be read.
    """
    kind = _kind(root)
    told = {_attribute(each, "name").lower(): _attribute(each, "value") for each in root.iter("{*}ocxPr")}
    label, value = told.get("caption", ""), told.get("value", "")
    if kind and not told:
        try:
            label, value = _binary((data or b"")[_ID:])
        except (struct.error, IndexError):
            return None
    if kind in ("checkbox", "radio"):
        return ActiveX(kind, label, "", value.strip() in ("1", "-1", "True"))
    return ActiveX(kind, label, value)


def _kind(root: Any) -> str:
    return next((_KINDS.get(_bare(text), "") for name, text in root.items() if name.endswith("classid")), "")


def _binary(data: bytes) -> tuple[str, str]:
    """Caption and value."""
    mask = struct.unpack_from("<Q", data, 4)[0]
    place = start = 12
    lengths = {}
    for bit, size in enumerate(_SIZES):
        if not size or not mask >> bit & 1:
            continue
        place += -(place - start) % size
        if bit in (_VALUE, _CAPTION):
            (lengths[bit],) = struct.unpack_from("<I", data, place)
        place += size
    place += -(place - start) % 4
    place += 8 * (mask >> _SIZE & 1)
    found = {}
    for bit in sorted(lengths):
        size = lengths[bit] & ~_PACKED
        encoding = "cp1252" if lengths[bit] & _PACKED else "utf-16-le"
        found[bit] = data[place : place + size].decode(encoding, "replace")
        place += size + -size % 4
    return " ".join(found.get(_CAPTION, "").split()), " ".join(found.get(_VALUE, "").split())


def _attribute(element: Any, name: str) -> str:
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), "")


def _bare(text: str) -> str:
    return text.strip("{}").lower()
