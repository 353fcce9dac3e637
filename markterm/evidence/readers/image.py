"""Pictures: what kind they are, how large, when they were taken, and what they look like, small."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.folder import size_words
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline, escape_line_start
from markterm.evidence.readers.thumbnail import drawn

_LARGEST = 256 * 1024 * 1024
"""Bytes that are looked at: a TIFF may have its header at the end, however large it is."""
_HEAD = 1024 * 1024
"""Bytes in which a date or a box may be looked for: beyond is the picture, where anything looks like anything."""
# Exif writes dates so, in letters (Exif 2.32, 4.6.5).
_EXIF_DATE = re.compile(rb"((?:19|20)\d\d):(\d\d):(\d\d) (\d\d):(\d\d):\d\d\0")
_JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_TIFF_TYPES = {3: "H", 4: "I", 16: "Q"}
_BIG = 43
"""What stands in the place of 42 when every offset of a TIFF has eight bytes."""
_TIFF_WIDTH, _TIFF_HEIGHT = 256, 257

Size = tuple[int, int]


def read(path: Path) -> Converted:
    """A line that says what the picture is, and the picture made small, if it can be.

    Raises NotReadable when its first bytes are not those of a picture.
    """
    with damage_said("a picture"):
        kind, facts = _kind_and_facts(path)
        shown = drawn(path, kind)
        draft = Draft([*shown.notes])
        draft.at("page 1")
        draft.add(f"{facts} It can be opened outside.")
        draft.add("\n".join(f"- {name}: {escape_line_start(escape_inline(words))}" for name, words in shown.words))
        for number, (width, height) in enumerate(shown.pages[1:], 2):
            draft.at(f"page {number}")
            draft.add(f"Page {number}: {width:,} × {height:,} pixels.")
        # What cannot be decoded here cannot be read by a machine either.
        draft.scans.extend(range(1, max(len(shown.pages), 1) + 1) if shown.picture is not None else ())
        if shown.pages:
            return draft.converted(pages=len(shown.pages), picture=shown.picture)
        return replace(draft.converted(picture=shown.picture), places=())


def _kind_and_facts(path: Path) -> tuple[str, str]:
    with path.open("rb") as stream:
        head = stream.read(_LARGEST)
    kind, (width, height) = _kind_and_size(head)
    if not width or not height:
        raise NotReadable(f"This {kind} picture has no width or no height: it is damaged.")
    size = size_words(path.stat().st_size)
    return kind, f"A picture ({kind}), {width:,} × {height:,} pixels, {size}.{_taken(head)}"


def _kind_and_size(head: bytes) -> tuple[str, Size]:
    for begin, (kind, size_of) in _KINDS.items():
        if re.match(begin, head, re.DOTALL):
            return kind, size_of(head)
    raise NotReadable("This is named like a picture, and holds something else.")


def _taken(head: bytes) -> str:
    found = _EXIF_DATE.search(head[:_HEAD])
    if found is None:
        return ""
    year, month, day, hour, minute = (part.decode() for part in found.groups())
    return f" By its own word made on {year}-{month}-{day} at {hour}:{minute}."


def _png(head: bytes) -> Size:
    return _two(">II", head, 16)


def _gif(head: bytes) -> Size:
    return _two("<HH", head, 6)


def _bmp(head: bytes) -> Size:
    if struct.unpack_from("<I", head, 14)[0] == 12:  # OS/2's short header
        return _two("<HH", head, 18)
    width, height = _two("<ii", head, 18)
    return width, abs(height)  # below nothing when its rows go from the top down


def _jpeg(head: bytes) -> Size:
    place = 2
    while True:
        mark = head[place + 1]
        if head[place] != 0xFF:
            raise NotReadable("This JPEG picture is damaged: its header does not hold together.")
        if mark == 0xFF or mark in _JPEG_ALONE:
            place += 1 if mark == 0xFF else 2
        elif mark in _JPEG_SIZES:
            height, width = _two(">HH", head, place + 5)
            return width, height
        else:
            place += 2 + int(struct.unpack_from(">H", head, place + 2)[0])


def _webp(head: bytes) -> Size:
    form = head[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if form == b"VP8L":
        bits = struct.unpack_from("<I", head, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = _two("<HH", head, 26)
    return width & 0x3FFF, height & 0x3FFF


def _tiff(head: bytes) -> Size:
    order = "<" if head[:2] == b"II" else ">"
    big = struct.unpack_from(f"{order}H", head, 2)[0] == _BIG
    where, count, step, value = ("Q", "Q", 20, 12) if big else ("I", "H", 12, 8)
    place = struct.unpack_from(order + where, head, 8 if big else 4)[0]
    found: dict[int, int] = {}
    for number in range(struct.unpack_from(order + count, head, place)[0]):
        entry = place + struct.calcsize(order + count) + step * number
        tag, kind = _two(f"{order}HH", head, entry)
        if tag in (_TIFF_WIDTH, _TIFF_HEIGHT):
            found[tag] = struct.unpack_from(order + _TIFF_TYPES[kind], head, entry + value)[0]
            if len(found) == 2:
                break
    return found[_TIFF_WIDTH], found[_TIFF_HEIGHT]


def _jpeg_2000(head: bytes) -> Size:
    if head.startswith(b"\xff\x4f"):  # the picture without a box around it: its size is in its first segment
        right, bottom = _two(">II", head, 8)
        left, top = _two(">II", head, 16)
        return right - left, bottom - top
    height, width = _two(">II", head, head.index(b"ihdr", 0, _HEAD) + 4)
    return width, height


def _icon(head: bytes) -> Size:
    """The largest of its pictures; a side of 256 is written as 0."""
    count = struct.unpack_from("<H", head, 4)[0]
    sides = [(head[6 + 16 * number] or 256, head[7 + 16 * number] or 256) for number in range(count)]
    return max(sides, key=lambda size: size[0] * size[1], default=(0, 0))


def _heic(head: bytes) -> Size:
    """The largest of the sizes in it: the others are of its tiles and previews (ISO 23008-12, `ispe`)."""
    sizes = [_two(">II", head, found.end() + 4) for found in re.finditer(b"ispe", head[:_HEAD])]
    return max(sizes, key=lambda size: size[0] * size[1])


def _two(form: str, head: bytes, place: int) -> Size:
    first, second = struct.unpack_from(form, head, place)
    return first, second


_KINDS: Mapping[bytes, tuple[str, Callable[[bytes], Size]]] = {
    rb"\x89PNG\r\n\x1a\n": ("PNG", _png),
    rb"\xff\xd8\xff": ("JPEG", _jpeg),
    rb"GIF8[79]a": ("GIF", _gif),
    rb"BM": ("BMP", _bmp),
    rb"RIFF....WEBP": ("WebP", _webp),
    rb"II[*+]\0|MM\0[*+]": ("TIFF", _tiff),
    rb"\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51": ("JPEG 2000", _jpeg_2000),
    rb"\0\0\x01\0[^\0]\0": ("icon", _icon),
    rb"....ftypavi[fs]": ("AVIF", _heic),
    rb"....ftypmi[af]1.{4,40}avif": ("AVIF", _heic),
    rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)": ("HEIC", _heic),
}
"""How each kind begins, its name, and how its size is found."""
