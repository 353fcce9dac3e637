"""The first line of marking: who is open, what waits and how much is left; a unit's sign is that of the caseload."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.tui.requests import OpenLearner
from tests.centres import add_learner, make_centre_in
from tests.tui.sitting import WIDE, sitting
from tests.tui.test_claims import passed
from tests.tui.test_settling import PUT_IN_FRONT, marked


async def test_it_says_what_waits_and_how_much_is_left_and_follows_every_mark(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        assert "101: 3 of 3 to mark" in at.lines[0]
        await at.press("p")
        assert "101: 2 of 3 to mark" in at.lines[0]
        await at.press("p", "p")
        assert "101: to close" in at.lines[0]
        await at.press("space")
        assert "102: 2 of 2 to mark" in at.lines[0]


@pytest.mark.long
async def test_what_says_least_of_the_next_thing_to_do_goes_first_where_it_is_narrow(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        assert at.lines[0].strip().startswith("Rosalind Jones  AAA1  101: 3 of 3 to mark")
        assert "attempt 1  no declaration" in at.lines[0]
        await at.resize(62, 24)
        await at.until(lambda: "AAA1" not in at.lines[0])
        assert at.lines[0].strip().startswith("Rosalind Jones  101: 3 of 3 to mark")
        assert "attempt 1" in at.lines[0]
        assert len(at.lines[0]) <= 62


@pytest.mark.long
async def test_the_sign_of_a_unit_is_the_one_that_it_has_in_the_caseload(tmp_path: Path) -> None:
    marked(tmp_path, *PUT_IN_FRONT)
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        assert "101 ≠ 102 ·" in at.lines[0]
        await at.press("1")
        assert any("Rosalind Jones" in line and "101≠" in line.replace(" ", "") for line in at.lines)


@pytest.mark.long
async def test_of_a_closed_unit_of_which_nothing_waits_it_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=passed, learner="AAA1") as at:
        await at.press("home")
        assert "101: nothing more to mark" in at.lines[0]


@pytest.mark.long
async def test_of_two_learners_of_one_name_the_registration_is_there_in_a_narrow_terminal_too(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        make_centre_in(folder)
        add_learner(folder, "DDD4", "Rosalind  JONES")
        return folder

    async with sitting(tmp_path, size=(62, 24), make=make, learner="AAA1") as at:
        assert at.lines[0].strip().startswith("Rosalind Jones  AAA1  101: 3 of 3 to mark")
        await at.app.answer(OpenLearner("BBB2"))
        await at.opened("BBB2")
        assert "BBB2" not in at.lines[0]
