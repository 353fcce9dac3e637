"""What Outlook packs for Outlook alone (winmail.dat): the text of a message, and its files, as MS-OXTNEF has it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markterm.evidence.charset import decoded, label_of
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.mail.message import check_size, parsed, write_message
from markterm.evidence.readers.mail.mime import Part, message
from markterm.evidence.readers.mail.outlook_rtf import page_in, unpacked

_MARK = 0x223E9F78
_FILE = 2
"""The level of what belongs to an attached file."""
_BEGINS_FILE, _FILE_NAME, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_SUBJECT, _BODY, _PROPERTIES, _CODEPAGE = 0x8004, 0x800C, 0x9003, 0x9007
_RTF, _HTML, _PLAIN, _LONG_NAME, _OBJECT = 0x1009, 0x1013, 0x1000, 0x3707, 0x3701
_SIZES = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8}
_GUID, _MANY = 0x0048, 0x1000
_BYTES = frozenset({0x001E, 0x001F, 0x000D, 0x0102})


@dataclass(slots=True)
class _File:
    name: str = ""
    data: bytes = b""


@dataclass(slots=True)
class _Packed:
    """What was found in the file."""

    codepage: int = 0
    subject: str = ""
    plain: str = ""
    page: str = ""
    rtf: bytes = b""
    files: list[_File] = field(default_factory=list)


def read(path: Path) -> Converted:
    """The text and the files that are packed in `path`. Raises NotReadable when it is something else."""
    with damage_said("a file that Outlook packed"):
        check_size(path)
        data = path.read_bytes()
        if len(data) < 6 or struct.unpack_from("<I", data)[0] != _MARK:
            raise NotReadable("MarkTerm has no reader for this kind of file.")
        packed = _Packed()
        for level, key, content in _attributes(data):
            _take(packed, level, key, content)
        texts = [Part("text/plain", packed.plain.encode())] if packed.plain else []
        if packed.page:
            texts.append(Part("text/html", packed.page.encode()))
        elif packed.rtf and not packed.plain:
            texts.append(Part("text/rtf", packed.rtf))
        files = [
            Part("application/octet-stream", file.data, file.name or "attachment") for file in packed.files if file.data
        ]
        draft, attached = Draft(), Attached()
        write_message(parsed(message([("Subject", packed.subject)], texts, files)), draft, attached)
        draft.notes.extend(attached.notes())
        if not texts and not files:
            draft.notes.append("There is neither a text nor a file in it.")
        return draft.converted(attachments=attached.files)


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The level, the key and the content of each; what was cut off ends them."""
    place = 6
    while place + 9 <= len(data):
        level, key, _, length = struct.unpack_from("<BHHI", data, place)
        yield level, key, data[place + 9 : place + 9 + length]
        place += 9 + length + 2


def _take(packed: _Packed, level: int, key: int, content: bytes) -> None:
    if level == _FILE:
        if key == _BEGINS_FILE or not packed.files:
            packed.files.append(_File())
        file = packed.files[-1]
        if key == _FILE_NAME:
            file.name = file.name or _text(packed, content)
        elif key == _FILE_DATA:
            file.data = content
        elif key == _FILE_PROPERTIES:
            found = dict(_properties(content))
            file.name = (
                found[_LONG_NAME].decode("utf-16-le", "replace").rstrip("\0") if _LONG_NAME in found else file.name
            )
            file.data = file.data or found.get(_OBJECT, b"")[16:]
    elif key == _CODEPAGE and len(content) >= 4:
        (packed.codepage,) = struct.unpack_from("<I", content)
    elif key == _SUBJECT:
        packed.subject = _text(packed, content)
    elif key == _BODY:
        packed.plain = _text(packed, content)
    elif key == _PROPERTIES:
        _take_properties(packed, dict(_properties(content)))


def _take_properties(packed: _Packed, found: dict[int, bytes]) -> None:
    if html := found.get(_HTML, b""):
        packed.page = decoded(html, label_of(packed.codepage)).text
    if rtf := found.get(_RTF, b""):
        packed.rtf = unpacked(rtf)
        packed.page = packed.page or page_in(packed.rtf)
    if plain := found.get(_PLAIN, b""):
        packed.plain = packed.plain or plain.decode("utf-16-le", "replace").rstrip("\0")


def _text(packed: _Packed, content: bytes) -> str:
    return decoded(content.rstrip(b"\0"), label_of(packed.codepage)).text


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The key and the value of each property of bytes or characters."""
    (count,) = struct.unpack_from("<I", data) if len(data) >= 4 else (0,)
    place = 4
    for _ in range(min(count, 10_000)):
        if place + 4 > len(data):
            return
        kind, key = struct.unpack_from("<HH", data, place)
        place += 4
        if key >= 0x8000:  # It has a name: 16 bytes of whose, then a number or letters.
            kind_of_name, length = struct.unpack_from("<II", data, place + 16)
            place += 24 + (-(-length // 4) * 4 if kind_of_name else 0)
        base = kind & ~_MANY
        many = 1
        if kind & _MANY or base in _BYTES:
            (many,) = struct.unpack_from("<I", data, place)
            place += 4
        for _ in range(min(many, 10_000)):
            if base in _BYTES:
                (length,) = struct.unpack_from("<I", data, place)
                yield key, data[place + 4 : place + 4 + length]
                place += 4 + -(-length // 4) * 4
            else:
                place += 16 if base == _GUID else _SIZES.get(base, 4)
