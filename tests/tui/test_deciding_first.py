"""Whoever decides first is told nothing of the assessor's decisions before, wherever they ask for it, but after a
question."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.tui.app import MarkTermApp
from tests.at_length import at_length
from tests.centres import adopt_a_plan, places_in
from tests.tui.sitting import WIDE, Sitting, sitting
from tests.tui.test_areas import shown
from tests.tui.test_queue import with_samples


def planned(folder: Path) -> Path:
    """Samples of two learners, in a plan as well."""
    with_samples(folder)
    ines = Centre.open(folder, member="ines", places=places_in(folder.parent / "planning"))
    adopt_a_plan(ines)
    ines.close_down()
    return folder


async def _decides_first(at: Sitting) -> None:
    """Switch it on, in a sample that is looked at and left."""
    await at.press("enter", "S", "q")


_ASKED = "You decide first, and have not decided T-101 yet"


@pytest.mark.parametrize("lists", at_length([1, 0]))
async def test_the_record_and_its_history_are_shown_after_a_question_alone(tmp_path: Path, lists: int) -> None:
    async with sitting(tmp_path, member="ines", size=WIDE, make=planned) as at:
        await _decides_first(at)
        await at.press(*["tab"] * lists)
        await at.until(lambda: any("▸" in line and "BBB2" in line for line in at.lines))
        for key in ("o", "l"):
            await at.press(key)
            await at.shows(_ASKED)
            await at.press("enter")
            assert shown(at) == ["Caseload", "Samples"], "left hidden"
        await at.press("l", "j", "enter")
        await at.shows("History of T-101")


@pytest.mark.long
async def test_the_plan_tells_why_after_a_question_until_it_was_decided(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=WIDE, make=planned) as at:
        await _decides_first(at)
        await at.press("tab")
        await at.until(lambda: any("▸" in line and "BBB2" in line for line in at.lines))
        assert "Why it was sampled is told when you have decided." in at.text
        assert "One in four of Asha's" not in at.text
        await at.press("w")
        await at.shows(_ASKED)
        await at.press("enter", "enter", "p", "p", "p", "F", "enter", "q")
        await at.until(lambda: any("▸" in line and "agreed" in line for line in at.lines))
        assert "One in four of Asha's" in at.text
        await at.press("w")
        assert _ASKED not in at.text
        await at.press("q", "P")
        await at.shows("You decide first: why units are proposed")


@pytest.mark.long
async def test_whoever_sees_everything_is_asked_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=WIDE, make=planned) as at:
        assert isinstance(at.app, MarkTermApp)
        await at.press("tab", "l")
        await at.shows("History of T-101")


@pytest.mark.long
async def test_a_wider_sample_is_chosen_without_what_was_decided_elsewhere(tmp_path: Path) -> None:
    def with_a_third(folder: Path) -> Path:
        planned(folder)
        asha = Centre.open(folder, member="asha", places=places_in(folder.parent / "third"))
        asha.marking.mark("CCC3", "T-101", "1.1", Result.REFER, "Cold.")
        asha.close_down()
        return folder

    async with sitting(tmp_path, member="ines", size=WIDE, make=with_a_third) as at:
        await _decides_first(at)
        await at.press("enter", "r", "enter")
        await at.type("It never boiled.")
        await at.press("enter", "home", "h")
        await at.shows("The same elsewhere, not agreed once")
        (line,) = (line for line in at.lines if "CCC3" in line and "being marked" in line)
        assert "decided" in line
        assert "refer" not in line
