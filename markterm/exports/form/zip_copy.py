"""A zip archive with some of its entries replaced: every other one is copied byte for byte, packed as it was."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

_END = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"
_END_SIZE, _ENTRY_SIZE, _LOCAL_SIZE = 22, 46, 30
_DEFLATED = 8
_STREAMED = 0x8
_LARGEST = 0xFFFFFFFF


class NotCopied(ValueError):
    """The archive is none, or is put together in a way that cannot be copied exactly."""


def replaced(archive: bytes, parts: Mapping[str, bytes]) -> bytes:
    """`archive` with the entries of these names packed anew. Raises `NotCopied`."""
    end = archive.rfind(_END)
    if end < 0 or len(archive) < end + _END_SIZE:
        raise NotCopied("there is no end of its list")
    count, size, start = struct.unpack_from("<HII", archive, end + 10)
    if start + size > end or _LARGEST in (size, start) or count == 0xFFFF:
        raise NotCopied("its list is not where it should be")
    listed, place = [], start
    for _ in range(count):
        if archive[place : place + 4] != _ENTRY:
            raise NotCopied("its list is damaged")
        name, extra, comment = struct.unpack_from("<HHH", archive, place + 28)
        whole = _ENTRY_SIZE + name + extra + comment
        listed.append(archive[place : place + whole])
        place += whole
    offsets = [struct.unpack_from("<I", each, 42)[0] for each in listed]
    ends = dict(zip(sorted(offsets), [*sorted(offsets)[1:], start], strict=True))
    copied, central = bytearray(), bytearray()
    for entry, offset in sorted(zip(listed, offsets, strict=True), key=lambda each: each[1]):
        record = bytearray(entry)
        struct.pack_into("<I", record, 42, len(copied))
        name = _name(entry)
        if name in parts:
            copied += _packed(record, parts[name])
        else:
            if archive[offset : offset + 4] != _LOCAL:
                raise NotCopied("an entry is not where its list says")
            # With what may follow it before the next one: nothing of it is changed.
            copied += archive[offset : ends[offset]]
        central += record
    tail = bytearray(archive[end:])
    struct.pack_into("<II", tail, 12, len(central), len(copied))
    return bytes(copied + central + tail)


def _name(entry: bytes) -> str:
    flags, length = struct.unpack_from("<H", entry, 8)[0], struct.unpack_from("<H", entry, 28)[0]
    return entry[_ENTRY_SIZE : _ENTRY_SIZE + length].decode("utf-8" if flags & 0x800 else "cp437", "replace")


def _packed(record: bytearray, data: bytes) -> bytes:
    """The local entry of that data; `record` in the list is told of its sizes."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packing.compress(data) + packing.flush()
    flags, name = struct.unpack_from("<H", record, 8)[0] & ~_STREAMED, struct.unpack_from("<H", record, 28)[0]
    struct.pack_into("<HH", record, 8, flags, _DEFLATED)
    struct.pack_into("<III", record, 16, zlib.crc32(data), len(packed), len(data))
    head = bytearray(_LOCAL_SIZE)
    struct.pack_into("<4s", head, 0, _LOCAL)
    head[4:26] = record[6:28]
    struct.pack_into("<HH", head, 26, name, 0)
    return bytes(head) + bytes(record[_ENTRY_SIZE : _ENTRY_SIZE + name]) + packed
