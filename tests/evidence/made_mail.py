"""E-mails of other programs, made for tests: a compound file as Outlook writes one, with as little as it needs."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise

Tree = Mapping[str, "bytes | Tree"]
_SECTOR, _SMALL, _CUT = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class _Sectors:
    """Pieces of one size, and the table that says which piece follows which."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pieces: list[bytes] = []
        self.follows: list[int] = []

    def put(self, data: bytes) -> int:
        """Where they begin."""
        first = len(self.pieces)
        for place in range(0, len(data), self.size):
            self.pieces.append(data[place : place + self.size].ljust(self.size, b"\0"))
            self.follows.append(len(self.pieces))
        if len(self.pieces) == first:
            return _END
        self.follows[-1] = _END
        return first

    @property
    def table(self) -> bytes:
        """The table."""
        return struct.pack(f"<{len(self.follows)}I", *self.follows)


def compound(tree: Tree) -> bytes:
    """A compound file with those streams and folders of streams."""
    entries: list[list[int]] = []
    names: list[str] = []
    large, small = _Sectors(_SECTOR), _Sectors(_SMALL)

    def add(name: str, content: bytes | Tree, kind: int) -> int:
        number = len(entries)
        entry = [kind, _FREE, _FREE, _END, 0]
        entries.append(entry)
        names.append(name)
        if isinstance(content, bytes):
            entry[3:] = [(small if len(content) < _CUT else large).put(content), len(content)]
            return number
        kids = [add(kid, within, _STREAM if isinstance(within, bytes) else _STORAGE) for kid, within in content.items()]
        for kid, following in pairwise(kids):
            entries[kid][1] = following
        entry[2] = kids[0] if kids else _FREE
        return number

    add("Root Entry", tree, _ROOT)
    together = b"".join(small.pieces)
    entries[0][3:] = [large.put(together), len(together)]
    first_small_table = large.put(small.table)
    directory = large.put(b"".join(_entry(name, *entry) for name, entry in zip(names, entries, strict=True)))
    needed = 1
    while (len(large.follows) + needed) * 4 > needed * _SECTOR:
        needed += 1
    first = len(large.follows)
    large.follows += [_FAT] * needed
    large.follows += [_FREE] * (needed * _SECTOR // 4 - len(large.follows))
    small_tables = -(-len(small.table) // _SECTOR)
    head = struct.pack("<8s16x5H6x", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, needed, directory, 0, _CUT, first_small_table, small_tables, _END, 0)
    head += struct.pack("<109I", *range(first, first + needed), *[_FREE] * (109 - needed))
    return head + b"".join(large.pieces) + large.table


def _entry(name: str, kind: int, right: int, child: int, first: int, size: int) -> bytes:
    wide = name.encode("utf-16-le")
    head = struct.pack("<64sHBB3I", wide, len(wide) + 2, kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", first, size)


def properties(fixed: Mapping[int, int], head: int) -> bytes:
    """The stream of properties that are numbers; times are 8 bytes."""
    return bytes(head) + b"".join(struct.pack("<HHIQ", 0x0003, key, 6, value) for key, value in fixed.items())


def texts(wide: Mapping[int, str], narrow: Mapping[int, bytes] | None = None) -> dict[str, bytes]:
    """The streams of properties that are strings, of characters and of bytes."""
    streams = {f"__substg1.0_{key:04X}001F": text.encode("utf-16-le") for key, text in wide.items()}
    return streams | {f"__substg1.0_{key:04X}001E": data for key, data in (narrow or {}).items()}


def msg_tree(
    wide: Mapping[int, str],
    attached: Sequence[Tree] = (),
    *,
    narrow: Mapping[int, bytes] | None = None,
    binary: Mapping[int, bytes] | None = None,
    fixed: Mapping[int, int] | None = None,
    head: int = 32,
) -> dict[str, bytes | Tree]:
    """The folder of a message of Outlook; `attached` are folders, as `attachment` and `message_within` make them."""
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": properties(fixed or {}, head)}
    tree |= texts(wide, narrow)
    tree |= {f"__substg1.0_{key:04X}0102": data for key, data in (binary or {}).items()}
    return tree | {f"__attach_version1.0_#{number:08X}": each for number, each in enumerate(attached)}


def attachment(name: str, content: bytes) -> Tree:
    """The folder of an attached file."""
    streams: dict[str, bytes | Tree] = {
        "__properties_version1.0": properties({0x3705: 1}, 8),
        "__substg1.0_37010102": content,
    }
    return streams | texts({0x3707: name})


def message_within(tree: Tree, name: str = "") -> Tree:
    """The folder of an attached message, whose `tree` has a head of 24 bytes."""
    streams: dict[str, bytes | Tree] = {"__properties_version1.0": properties({0x3705: 5}, 8)}
    return streams | {"__substg1.0_3701000D": tree} | (texts({0x3001: name}) if name else {})


PAGE_IN_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}{\*\htmltag19 <html>}{\*\htmltag64 <p>}"
    rb"\htmlrtf {\htmlrtf0 I saw \'93her\'94 coach{\*\htmltag84 <b>}\htmlrtf {\b\htmlrtf0 twice\htmlrtf }\htmlrtf0"
    rb"{\*\htmltag92 </b>}\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}{\*\htmltag27 </html>}}"
)


def packed_rtf(rtf: bytes, *, as_it_is: bool = False) -> bytes:
    """Rich text as Outlook keeps it: here every byte stands for itself, or it is not packed at all."""
    if as_it_is:
        return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    runs = b"".join(b"\0" + rtf[place : place + 8] for place in range(0, len(rtf), 8))
    return struct.pack("<II4sI", len(runs) + 12, len(rtf), b"LZFu", 0) + runs


MHT = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/page\r\n"
    b"Subject: =?utf-8?Q?Zo=C3=AB's_page?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n----x\r\nContent-Type: text/html\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/page\r\n\r\n"
    b"<html><meta charset=3Diso-8859-1><h1>Tea</h1><p>I made =93tea=94.</p><img src=3Dhttps://example.org/a.png></html>\r\n"
    b"----x\r\nContent-Type: text/css\r\nContent-Location: https://example.org/a.css\r\n\r\np { color: red }\r\n"
    b"----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
    b"Content-Location: https://example.org/a.png?x=1\r\n\r\niVBORw0KGgo=\r\n----x--\r\n"
)


def mbox(messages: Sequence[bytes]) -> bytes:
    """A mailbox of those messages."""
    lines = (
        b"From zoe@example.org Mon Jun  3 09:30:00 2024\n" + each.replace(b"\nFrom ", b"\n>From ") for each in messages
    )
    return b"\n\n".join(lines)


def tnef(
    plain: str = "", files: Mapping[str, bytes] | None = None, properties: Mapping[int, bytes] | None = None
) -> bytes:
    """What Outlook packs: a text of bytes, files with their long names, and properties of the message by their keys."""
    made = [(1, 0x9007, struct.pack("<II", 1252, 0))]
    if plain:
        made.append((1, 0x800C, plain.encode("cp1252") + b"\0"))
    if properties:
        made.append((1, 0x9003, _packed_properties({key: (0x0102, value) for key, value in properties.items()})))
    for name, content in (files or {}).items():
        long_name = _packed_properties({0x3707: (0x001F, f"{name}\0".encode("utf-16-le")), 0x0E21: (0x0003, b"")})
        made += [(2, 0x9002, b"\0" * 14), (2, 0x8010, b"SHORT~1.TXT\0"), (2, 0x800F, content), (2, 0x9005, long_name)]
    parts = (struct.pack("<BHHI", level, key, 6, len(data)) + data + b"\0\0" for level, key, data in made)
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(parts)


def _packed_properties(each: Mapping[int, tuple[int, bytes]]) -> bytes:
    data = struct.pack("<I", len(each))
    for key, (kind, value) in each.items():
        data += struct.pack("<HH", kind, key)
        if kind == 0x0003:
            data += struct.pack("<I", 7)
        else:
            data += struct.pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4)
    return data
