"""Files that another program's document holds in the container of Windows (OLE): found by what is in it."""

from __future__ import annotations

import io
import struct
import zipfile

import olefile  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.ole import MARK

_OFFICE = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}
_OPEN_DOCUMENT = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}
_BY_STREAM = {
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "Book": ".xls",
    "PowerPoint Document": ".ppt",
    "__properties_version1.0": ".msg",
}
_NATIVE = "\x01Ole10Native"
_WHOLE = ("Package", "EmbeddedOdf", "package_stream", "CONTENTS")
_BEGINNINGS = (
    (b"%PDF", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
)
_LONGEST_NAME = 1_000
_LINKED, _EMBEDDED = 1, 2


def file_inside(data: bytes, called: str) -> tuple[str, bytes] | None:
    """The name and bytes of the file that an embedded object is or holds; None when nothing in it is known.

    `called` is its name where the object knows none, without an ending.
    """
    if not data.startswith(MARK):
        suffix = _suffix(data)
        return (f"{called}{suffix}", data) if suffix else None
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            # Their names are told apart whatever the case: WPS writes `package`.
            streams = {path[0].casefold() for path in container.listdir() if len(path) == 1}
            if _NATIVE.casefold() in streams:
                return packaged(container.openstream(_NATIVE).read()[4:], called)
            for stream in _WHOLE:
                if stream.casefold() in streams:
                    inner: bytes = container.openstream(stream).read()
                    if suffix := _suffix(inner):
                        return f"{called}{suffix}", inner
    except Exception:  # the library raises anything at all for a damaged container
        return None
    ending = next((suffix for stream, suffix in _BY_STREAM.items() if stream.casefold() in streams), "")
    return (f"{called}{ending}", data) if ending else None


def native_data(data: bytes) -> tuple[str, bytes] | None:
    """The class and the bytes of an object as the first OLE wrote it (in rich text); None for anything else."""
    try:
        kind, names, place = _heading(data)
        (size,) = struct.unpack_from("<I", data, place)
    except (struct.error, ValueError):
        return None
    content = data[place + 4 : place + 4 + size]
    return (names[0], content) if kind == _EMBEDDED and len(content) == size else None


def link_of(data: bytes) -> str:
    """The file that an object only leads to, as the first OLE wrote it; empty for any other object."""
    try:
        kind, names, _ = _heading(data)
    except (struct.error, ValueError):
        return ""
    return names[1] if kind == _LINKED else ""


def _heading(data: bytes) -> tuple[int, list[str], int]:
    """What an object is, its class, topic and item, and where they end."""
    (kind,) = struct.unpack_from("<I", data, 4)
    place, names = 8, []
    for _ in range(3):
        (size,) = struct.unpack_from("<I", data, place)
        if size > _LONGEST_NAME:
            raise ValueError("no name is as long")
        names.append(data[place + 4 : place + 4 + size].rstrip(b"\0").decode("cp1252", "replace"))
        place += 4 + size
    return kind, names, place


def packaged(data: bytes, called: str) -> tuple[str, bytes] | None:
    """A file of any kind with the name and path it came from, as Windows packs it; None when that is damaged."""
    try:
        label, place = _string(data, 2)
        original, place = _string(data, place)
        place += 4
        (size,) = struct.unpack_from("<I", data, place)
        place += 4 + size
        (size,) = struct.unpack_from("<I", data, place)
    except (struct.error, ValueError):
        return None
    content = data[place + 4 : place + 4 + size]
    if len(content) < size:
        return None
    return (_wide_label(data[place + 4 + size :]) or label or original or called), content


def _wide_label(data: bytes) -> str:
    """The name once more, in letters of any language, as newer versions of Windows write it behind the file; else
    empty."""
    try:
        (length,) = struct.unpack_from("<I", data)  # of the path it came from
        (size,) = struct.unpack_from("<I", data, 4 + 2 * length)
    except struct.error:
        return ""
    name = data[8 + 2 * length :][: 2 * size]
    return name.decode("utf-16-le", "replace").rstrip("\0") if 0 < 2 * size == len(name) < _LONGEST_NAME else ""


def _string(data: bytes, start: int) -> tuple[str, int]:
    end = data.index(b"\0", start, start + _LONGEST_NAME)
    return data[start:end].decode("cp1252", "replace"), end + 1


def _suffix(data: bytes) -> str:
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
                if "mimetype" in names and archive.getinfo("mimetype").file_size < _LONGEST_NAME:
                    kind = archive.read("mimetype").decode("ascii", "replace").rpartition(".")[2]
                    return _OPEN_DOCUMENT.get(kind.partition("-")[0], "")
        except Exception:  # damaged in one of many ways
            return ""
        return next((suffix for folder, suffix in _OFFICE.items() if any(n.startswith(folder) for n in names)), ".zip")
    return next((suffix for beginning, suffix in _BEGINNINGS if data.startswith(beginning)), "")
