"""Who marks is asked once, remembered for the centre on this machine, and changed with a key or by --as."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.tui.requests import OpenLearner
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import Sitting, sitting

ASKED = "Who are you?"


def acting(at: Sitting) -> str:
    member = at.app.centre.member
    return member.id if member is not None else ""


async def test_who_marks_is_asked_once_and_remembered(tmp_path: Path) -> None:
    async with sitting(tmp_path, member=None) as at:
        await at.until(lambda: ASKED in at.text)
        await at.press("down", "enter")
        await at.until(lambda: acting(at) == "ben")
    async with sitting(tmp_path, member=None) as at:
        assert ASKED not in at.text
        assert "as ben" in at.text


@pytest.mark.long
async def test_w_changes_who_marks_and_the_next_start_knows(tmp_path: Path) -> None:
    async with sitting(tmp_path, member=None) as at:
        await at.until(lambda: ASKED in at.text)
        await at.press("enter")
        await at.until(lambda: acting(at) == "asha")
        await at.press("W")
        await at.until(lambda: ASKED in at.text)
        await at.press("down", "enter")
        await at.until(lambda: acting(at) == "ben")
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        await at.press("p")
        assert at.events()[-1].actor == "ben"
        # From the marking screen too; Esc leaves it as it is.
        await at.press("W")
        await at.until(lambda: ASKED in at.text)
        await at.press("escape")
        assert acting(at) == "ben"
    async with sitting(tmp_path, member=None) as at:
        assert acting(at) == "ben"


@pytest.mark.long
async def test_as_is_remembered_by_the_screen(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines") as at:
        assert acting(at) == "ines"
    async with sitting(tmp_path, member=None) as at:
        assert acting(at) == "ines"


@pytest.mark.long
async def test_a_remembered_member_who_left_is_forgotten_and_it_is_asked_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ben") as at:
        toml = at.folder / "centre.toml"
    toml.write_text(toml.read_text("utf-8").replace('id = "ben"', 'id = "bea"'), "utf-8")
    async with sitting(tmp_path, member=None) as at:
        await at.until(lambda: "ben is no member any more. Who are you?" in at.text)
        await at.press("escape")
        assert "reading only" in at.text
    async with sitting(tmp_path, member=None) as at:
        await at.until(lambda: ASKED in at.text)
        assert "no member any more" not in at.text
        await at.press("escape")


@pytest.mark.long
async def test_each_centre_remembers_its_own(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ben"):
        pass
    other = make_centre_in(tmp_path / "another")
    centre = Centre.open(other, places=places_in(tmp_path / "own"))
    assert centre.act_as_remembered() == ""
    assert centre.member is None
    centre.close_down()


async def test_no_key_behind_the_question_who_marks_is_obeyed_for_whoever_marked_before(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        at.app.arrivals.waits = 0
        await at.burst("W", "p")
        assert at.decided() == []
        await at.press("backspace", "down", "enter", "p")
        assert [event.actor for event in at.events()] == ["ben"]


@pytest.mark.long
async def test_some_letters_of_a_name_are_enough_and_of_nobody_nobody_is_chosen(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="asha") as at:
        await at.press("W")
        await at.until(lambda: ASKED in at.text)
        await at.type("zz")
        await at.press("enter")
        assert (ASKED in at.text, acting(at)) == (True, "asha")
        assert "No member is called so." in at.text
        await at.press("backspace", "backspace")
        await at.burst("i", "n", "e", "s", "enter")
        await at.until(lambda: acting(at) == "ines")
        assert ASKED not in at.text
