"""Every screen stands a cell away from the edge, and what was cut for a narrow terminal is whole in a wide one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.at_length import at_length
from tests.centres import add_learner, make_centre_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

_AT_THE_EDGE = set(" ▸▌▏│─━╭╰╮╯┌└▔▁*")
"""What may stand in the first cell: nothing, the sign of the cursor, that of a marked line, frames and bars."""


def _at_the_edge(at: Sitting) -> list[str]:
    return [line for line in at.text.splitlines() if line and line[0] not in _AT_THE_EDGE]


@pytest.mark.parametrize("size", at_length([NARROW, WIDE]))
async def test_no_heading_and_no_line_touches_the_edge_of_the_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size) as at:
        for keys in ((), ("3",), ("tab",), ("tab",), ("4",), ("1", "h", "enter", "enter"), ("q", "1", "enter"), ("p",)):
            await at.press(*keys)
            assert _at_the_edge(at) == [], keys


@pytest.mark.long
async def test_the_name_of_a_file_that_was_cut_in_a_narrow_terminal_is_whole_in_a_wide_one(tmp_path: Path) -> None:
    name = "R Jones-AAA1-012345-101(1).md"

    def make(folder: Path) -> Path:
        make_centre_in(folder, {})
        add_learner(folder, "AAA1", "Rosalind Jones", evidence="Tea.\n")
        held = folder / "learners" / "AAA1" / "evidence"
        next(held.iterdir()).rename(held / name)
        return folder

    async with sitting(tmp_path, size=NARROW, make=make, learner="AAA1") as at:
        assert name not in at.text
        await at.resize(*WIDE)
        await at.settled()
        assert name in at.text


@pytest.mark.long
async def test_a_list_that_is_open_while_the_terminal_grows_is_as_high_as_there_is_room(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        await at.press("comma")
        assert "Signing keys…" not in at.text
        await at.resize(*WIDE)
        await at.settled()
        assert "Signing keys…" in at.text
        await at.resize(*NARROW)
        await at.settled()
        assert "Esc leaves" in at.text
