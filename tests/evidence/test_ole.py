"""Whether a container of the older kind is whole."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from markterm.evidence.ole import MARK, is_cut_short

FREE, LAST = 0xFFFFFFFF, 0xFFFFFFFE


def _container(sectors: int) -> bytes:
    """One whose first sector lists the sectors that are used, all of which are there."""
    head = bytearray(512)
    head[: len(MARK)] = MARK
    struct.pack_into("<H", head, 0x1E, 9)
    struct.pack_into("<109I", head, 0x4C, 0, *[FREE] * 108)
    chain = (0xFFFFFFFD, *range(2, sectors), LAST)  # and the rest is marked as some programs do that nothing is in
    listed = struct.pack("<128I", *chain, *[LAST] * (128 - len(chain)))
    return bytes(head) + listed + bytes(512 * (sectors - 1))


@pytest.mark.parametrize(("lost", "cut"), [(0, False), (100, False), (512, True), (1500, True), (2047, True)])
def test_what_it_lists_beyond_its_end_is_missing(tmp_path: Path, lost: int, cut: bool) -> None:
    data = _container(4)
    (tmp_path / "a.xls").write_bytes(data[: len(data) - lost])
    assert is_cut_short(tmp_path / "a.xls") is cut


@pytest.mark.parametrize(
    ("data", "cut"), [(b"", False), (b"PK", False), (MARK, True), (MARK + bytes(504), False), (MARK * 64, False)]
)
def test_anything_else_is_not_said_to_be(tmp_path: Path, data: bytes, cut: bool) -> None:
    (tmp_path / "a.xls").write_bytes(data)
    assert is_cut_short(tmp_path / "a.xls") is cut
