"""From the list of learners to the work, and from one criterion, unit and learner to another: keys only, at 80×24."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.rules.answering import Said
from markterm.tui.marking.go_to import GoToScreen
from markterm.tui.marking.map import MapScreen
from markterm.tui.requests import OpenLearner
from tests.centres import add_learner, make_centre_in, places_in
from tests.tui.sitting import Sitting, sitting


def _handed_in(path: Path) -> Path:
    """AAA1 handed in T-102 and BBB2 T-101; CCC3 closed T-101, which waits to be released."""
    make_centre_in(path)
    asha = Centre.open(path, member="asha", places=places_in(path.parent / "asha"))
    asha.attempts.submit("AAA1", "T-102")
    asha.attempts.submit("BBB2", "T-101")
    for number in ("1.1", "1.2", "2.1"):
        asha.marking.mark("CCC3", "T-101", number, Result.PASS, "On page 1.")
    asha.attempts.declare("CCC3", "e-mail")
    asha.closings.close("CCC3", "T-101", "All there.")
    asha.close_down()
    return path


async def _go(at: Sitting, text: str) -> None:
    await at.press("g")
    await at.type(text)
    await at.press("enter")


async def test_enter_opens_what_was_handed_in_and_p_decides_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_handed_in) as at:
        await at.press("slash")
        await at.type("jones")
        await at.press("enter", "enter")
        await at.opened("AAA1")
        assert at.at == "T-102 1.1"
        assert "Opened at T-102: handed in, since today." in at.told
        await at.press("p")
        unit = at.events()[-1].subject.unit
        assert unit is not None
        assert unit.code == "T-102"


@pytest.mark.long
async def test_enter_opens_the_unit_that_the_filter_names(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_handed_in) as at:
        await at.press("slash")
        await at.type("unit:T-101 jones")
        await at.press("enter", "enter")
        await at.opened("AAA1")
        assert at.at == "T-101 1.1"
        assert not any("Opened at" in told for told in at.told)


@pytest.mark.long
async def test_a_unit_that_is_only_to_be_released_says_so_when_nothing_else_is_left(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_handed_in, learner="CCC3") as at:
        assert at.at == "T-102 1.1"
        await at.press("p", "p", "space")
        assert any("Every criterion is decided" in told for told in at.told)
        await at.app.answer(OpenLearner("CCC3"))
        await at.opened("CCC3")
        assert at.at == "T-101 1.1"
        assert "T-101 waits for you to release its feedback: f." in at.told


@pytest.mark.long
async def test_braces_go_from_unit_to_unit_at_what_is_open_in_each(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "right_curly_bracket")
        assert at.at == "T-102 1.1"
        await at.press("right_curly_bracket")
        assert at.at == "T-101 1.2"
        await at.press("left_curly_bracket")
        assert at.at == "T-102 1.1"


@pytest.mark.long
async def test_g_goes_to_a_number_a_code_or_both(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _go(at, "2.1")
        assert at.at == "T-101 2.1"
        await _go(at, "102 1.2")
        assert at.at == "T-102 1.2"
        await _go(at, "101")
        assert at.at == "T-101 1.1"
        await at.press("g")
        await at.type("1")
        shown = [line.strip("▸ ").split() for line in at.lines if " open" in line or "0/" in line]
        assert ["T-101", "1.1", "·", "open", "Boil", "the", "water"] in shown
        await at.press("down", "enter")
        assert at.at == "T-101 1.2"
        await at.press("g")
        await at.type("1")
        await at.press("down")
        await at.type(".2")
        await at.press("enter")
        assert at.at == "T-101 1.2", "the likeliest is under the cursor again"
        await at.press("g")
        await at.type("9")
        assert "Nothing here is called so." in at.text
        await at.press("enter")
        assert isinstance(at.app.screen, GoToScreen)
        await at.press("escape")
        assert at.at == "T-101 1.2"


@pytest.mark.long
async def test_the_map_is_moved_in_and_goes_to_a_criterion(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "m")
        assert isinstance(at.app.screen, MapScreen)
        assert " 1.1  ✓   ▸1.2  ·" in at.text
        assert "T-101 1.2  · open  Warm the pot" in at.text
        await at.press("j")
        assert "T-101 2.1  · open  Pour the tea" in at.text
        await at.press("right")
        assert "T-102 1.1  · open" in at.text
        await at.press("left", "h", "h", "up")
        assert "T-101 1.1  ✓ pass  Boil the water" in at.text
        await at.press("down", "l", "l", "enter")
        assert at.at == "T-102 1.2"
        await at.press("m", "k", "escape")
        assert at.at == "T-102 1.2"


@pytest.mark.long
async def test_y_goes_to_the_next_learner_who_waits_with_this_unit(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_handed_in, learner="AAA1") as at:
        await _go(at, "101")
        await at.press("y")
        await at.opened("BBB2")
        assert at.at == "T-101 1.1"
        at.as_other("asha").marking.mark("BBB2", "T-101", "1.1", Result.PASS, "")
        await at.press("y")
        await at.opened("AAA1")
        assert at.at == "T-101 1.1", "who handed nothing in comes before what is only to be released"
        await at.press("left_curly_bracket", "greater_than_sign")
        await at.press("1")
        assert "▸ CCC3" in at.text, "the list goes with the learners"
        await at.press("2", "less_than_sign", "left_curly_bracket", "1", "slash")
        await at.type("jones")
        await at.press("enter", "2", "y")
        nobody = "Nobody else who is listed waits for you with T-101"
        assert at.told[-1] == f"{nobody}; the filter of the caseload hides who does."


def _looked_at(path: Path) -> Path:
    """Asha decided 1.1 and 1.2 of T-101 of AAA1; Inês had an interim look, and does not agree with 1.1."""
    make_centre_in(path)
    asha, ines = (Centre.open(path, member=who, places=places_in(path.parent / who)) for who in ("asha", "ines"))
    for number in ("1.1", "1.2"):
        asha.marking.mark("AAA1", "T-101", number, Result.PASS, "On page 1.")
    ines.verification.look("AAA1", "T-101", Said(not_agreed={"1.1": "No kettle is shown."}))
    asha.close_down()
    ines.close_down()
    return path


@pytest.mark.long
async def test_when_the_others_are_decided_the_cursor_goes_to_what_came_back(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_looked_at, learner="AAA1") as at:
        assert at.at == "T-101 1.1", "it came back"
        await _go(at, "2.1")
        await at.press("p")
        assert at.at == "T-101 1.1"
        assert at.told[-1] == "The others are decided: T-101 1.1 came back to you."


@pytest.mark.long
async def test_space_goes_to_the_unit_that_is_to_be_closed_when_nothing_is_open(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "p", "p", "space", "p", "p", "space")
        assert at.at == "T-101 1.1"
        declared = "T-101 waits for the learner's declaration: D records it, then F closes the unit."
        assert at.told[-1] == f"Every criterion is decided. {declared}"
        await at.press("D", "enter", "enter", "space")
        assert at.told[-1] == "Every criterion is decided. T-101 waits for you to close it: F."


@pytest.mark.long
async def test_what_was_said_of_a_unit_does_not_stand_beside_another(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "p", "p")
        await at.shows("then F closes the unit.")
        await at.press("k")
        assert "then F closes the unit." in at.text
        await at.press("right_curly_bracket")
        assert at.at.startswith("T-102")
        assert "then F closes the unit." not in at.text


@pytest.mark.long
async def test_of_a_learner_on_no_unit_space_does_not_say_that_every_criterion_is_decided(tmp_path: Path) -> None:
    add_learner(make_centre_in(tmp_path / "centre"), "DDD4", "Dora Dale", units="[T-999]")
    async with sitting(tmp_path, learner="DDD4") as at:
        await at.press("space")
        assert at.told[-1] == "No criteria: this learner is on no unit that the centre has a mark sheet for."
