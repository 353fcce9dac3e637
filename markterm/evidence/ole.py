"""The older container in which Office kept its files: whether it is whole. A program that mends one is silent."""

from __future__ import annotations

import struct
from pathlib import Path

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_LISTED = 109
_LAST_SECTOR = 0xFFFFFFFA
_SHIFTS = (9, 12)


def is_cut_short(path: Path) -> bool:
    """Whether such a container lists parts of itself beyond its end; False for any other file.

    Its header has the size of its sectors and the places of the sectors that list which are used ([MS-CFB] 2.2, 2.3);
    of a container of more than 6.8 MB the list goes on elsewhere, and only its beginning is looked at.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEADER)
        size = stream.seek(0, 2)
        if not head.startswith(MARK) or len(head) < _HEADER:
            return head.startswith(MARK)
        shift: int = struct.unpack_from("<H", head, 0x1E)[0]
        if shift not in _SHIFTS:
            return False
        length = 1 << shift
        used = -1  # the last sector that another one goes on to
        for sector in struct.unpack_from(f"<{_LISTED}I", head, 0x4C):
            if sector >= _LAST_SECTOR:
                break
            place = (sector + 1) * length
            if place + length > size:
                return True
            stream.seek(place)
            entries = struct.unpack(f"<{length // 4}I", stream.read(length))
            used = max(used, *(entry for entry in entries if entry < _LAST_SECTOR), -1)
    # Some programs mark sectors as used that nothing goes on to. The last one may end early.
    return bool((used + 1) * length >= size)
