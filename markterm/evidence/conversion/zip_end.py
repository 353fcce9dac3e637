"""The end of a zip archive, which says how many entries it has and where they are listed (APPNOTE 4.3.16).

It is looked at first: to read a list of a hundred thousand entries would take its time.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, NamedTuple

LARGEST_LIST = 2 * 1024 * 1024
"""Bytes. The count may lie; the size of the list is what reading it costs."""

_MARK = b"PK\x05\x06"
_SIZE = 22
_LONGEST_COMMENT = 65_535


class ZipEnd(NamedTuple):
    """What the end of an archive says of the list of its entries, true or not."""

    entries: int
    size: int
    """Bytes of the list."""
    begins: int
    """Where in the file it begins."""


def zip_end(stream: BinaryIO) -> ZipEnd | None:
    """What the end of the archive in `stream` says; None when it has none."""
    size = stream.seek(0, 2)
    begins = max(size - _SIZE - _LONGEST_COMMENT, 0)
    stream.seek(begins)
    tail = stream.read()
    end = tail.rfind(_MARK)
    if end < 0 or len(tail) < end + _SIZE:
        return None
    entries, listed = struct.unpack_from("<HI", tail, end + 10)
    return ZipEnd(entries, listed, begins + end - listed)
