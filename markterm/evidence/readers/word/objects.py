"""Files that were put into a Word file as objects: what they are called, and what they are taken out of."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from typing import Any

try:  # in the reader's cage nothing can be loaded any more
    import olefile as _library
except ImportError:  # then such an object is handed on as it is
    _library = None

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
# What a compound file is, by the stream that only it has.
_KINDS = {
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "Book": ".xls",
    "PowerPoint Document": ".ppt",
    "VisioDocument": ".vsd",
    "__properties_version1.0": ".msg",
}
_STARTS = (
    (b"%PDF", ".pdf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
    (b"{\\rtf", ".rtf"),
)
_OFFICE = ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx"))
_LONGEST = 1_000
_NATIVE = "\x01Ole10Native"


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file that was inside another one."""

    name: str
    content: bytes


def embedded_in(name: str, content: bytes, program: str = "") -> Embedded:
    """The file that the part of this name is, or holds; `program` is what the text says it was made with."""
    base = name.rpartition("/")[2]
    if content.startswith(_OLE):
        try:
            return _unpacked(base, content)
        except Exception:  # the library raises anything at all for a damaged file
            return Embedded(base, content)
    return Embedded(_with_ending(base, content, program), content)


def _unpacked(base: str, content: bytes) -> Embedded:
    """What a compound file holds. Raises whatever the library does when it is damaged."""
    library: Any = _library
    stem = base.rpartition(".")[0] or base
    with library.OleFileIO(io.BytesIO(content)) as compound:
        if compound.exists(_NATIVE):
            found = _packed(compound.openstream(_NATIVE).read())
            if found is not None:
                return found
        for stream in ("Package", "CONTENTS", "EmbeddedOdf"):
            if compound.exists(stream):
                inner = compound.openstream(stream).read()
                return Embedded(_with_ending(f"{stem}.bin", inner, ""), inner)
        for stream, ending in _KINDS.items():
            if compound.exists(stream):
                return Embedded(f"{stem}{ending}", content)
    return Embedded(base, content)


def _packed(stream: bytes) -> Embedded | None:
    """The file in a package of the older form: its size, its name, two paths, its size, its bytes."""
    place = 6
    texts = []
    for number in range(2):
        end = stream.find(b"\0", place, place + _LONGEST)
        if end < 0:
            return None
        texts.append(stream[place:end].decode("cp1252", "replace"))
        place = end + 1 + (8 if number else 0)
    (length,) = struct.unpack_from("<I", stream, place - 4)
    place += length
    (size,) = struct.unpack_from("<I", stream, place)
    content = stream[place + 4 : place + 4 + size]
    name = re.split(r"[/\\]", texts[0] or texts[1])[-1]
    return Embedded(name, content) if name and content else None


def _with_ending(base: str, content: bytes, program: str) -> str:
    """The name with the ending that its content has, where the name tells nothing."""
    stem, _, ending = base.rpartition(".")
    if stem and ending.lower() not in ("bin", "dat", "tmp"):
        return base
    found = next((known for start, known in _STARTS if content.startswith(start)), "")
    if content.startswith(b"PK"):
        found = next((known for inside, known in _OFFICE if inside in content), ".zip")
        if b"mimetypeapplication/vnd.oasis.opendocument." in content[:200]:
            kind = content[:200].partition(b"opendocument.")[2]
            odf = {b"text": ".odt", b"spreadsheet": ".ods", b"presentation": ".odp"}
            found = next((known for start, known in odf.items() if kind.startswith(start)), ".odt")
    if not found and program == "AcroExch.Document":
        found = ".pdf"
    return f"{stem or base}{found}" if found else base
