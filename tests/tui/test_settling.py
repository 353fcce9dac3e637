"""At the screen: what does not fit the sheet is seen, is not decided in passing, and a person settles it."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.record.states import CriterionState
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

SHEET = "mark_sheets/units/T-101.md"
PUT_IN_FRONT = (
    ("- **1.2** Warm the pot", "- **1.3** Warm the pot"),
    ("- **1.1** Boil", "- **1.1** Buy the tea\n- **1.2** Boil"),
)


def marked(tmp_path: Path, *pairs: tuple[str, str], older: bool = False) -> Path:
    """A centre in which 1.1 was referred and 1.2 passed before the sheet was changed so."""
    folder = make_centre_in(tmp_path / "centre")
    centre = Centre.open(folder, member="asha", places=places_in(tmp_path / "own"))
    centre.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "Lukewarm.")
    centre.marking.mark("AAA1", "T-101", "1.2", Result.PASS, "")
    centre.close_down()
    text = (folder / SHEET).read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (folder / SHEET).write_text(text, "utf-8")
    if older:
        file = folder / "centre.toml"
        file.write_text(file.read_text("utf-8").replace("format = 2", "format = 1"), "utf-8")
    return folder


def state(at: Sitting, number: str) -> CriterionState:
    shown = at.app.marking.work.desk.shown
    assert shown is not None
    unit = shown.unit("T-101")
    return shown.portfolio.unit(unit.key).criterion(number).state


async def test_a_person_carries_over_what_asks_for_the_same_in_one_act(tmp_path: Path) -> None:
    marked(tmp_path, *PUT_IN_FRONT)
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        assert await opened_with_stale(at)
        await at.press("p")
        assert "was decided on another wording" in " ".join(" ".join(at.told).split()) + at.text
        assert state(at, "1.1") is CriterionState.STALE
        await at.app.marking.action_do("mark.settle-sheet")
        await at.settled()
        assert "Carry over what asks for the same: 2 of 2 criteria" in at.text
        await at.press("enter")
        await at.type("Renumbered.")
        await at.press("enter")
        await at.until(lambda: state(at, "1.2") is CriterionState.REFER)
        assert (state(at, "1.1"), state(at, "1.3")) == (CriterionState.OPEN, CriterionState.PASS)
        await at.app.marking.action_do("mark.settle-sheet")
        await at.settled()
        assert "Take back what asha settled last: Renumbered." in at.text
        await at.press("enter")
        await at.type("The wrong sheet.")
        await at.press("enter")
        await at.until(lambda: state(at, "1.1") is CriterionState.STALE)


async def opened_with_stale(at: Sitting) -> bool:
    """Open the learner who was marked; whether the screen says of the criterion that it does not fit."""
    at.app.marking.work.go_to("T-101", "1.1")
    await at.settled()
    return "≠ stale" in at.text and "decided on another wording: Boil" in at.text


@pytest.mark.long
async def test_one_criterion_is_settled_alone_and_the_older_format_is_asked_about_first(tmp_path: Path) -> None:
    folder = marked(tmp_path, *PUT_IN_FRONT, older=True)
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        assert await opened_with_stale(at)
        await at.app.marking.action_do("mark.settle-sheet")
        await at.settled()
        assert "Decide 1.1 (refer) anew" in at.text
        assert "Carry 1.1 (refer) over to 1.2 Boil the water" in at.text
        await at.press("down", "enter")
        await at.type("Another question.")
        await at.press("enter")
        await at.until(lambda: "This is recorded in format 2" in at.text)
        await at.press("down", "enter")
        await at.until(lambda: state(at, "1.1") is CriterionState.OPEN)
        assert state(at, "1.2") is CriterionState.STALE
        assert "format = 2" in (folder / "centre.toml").read_text("utf-8")
        await at.press("l")
        assert "to be decided anew" in at.text


@pytest.mark.long
async def test_a_unit_whose_sheet_is_gone_is_on_the_screen_with_what_happened_to_the_sheet(tmp_path: Path) -> None:
    marked(tmp_path, ("version: 2026-01", "version: 2027-01"))
    async with sitting(tmp_path, size=NARROW) as at:
        await at.until(lambda: "Rosalind" in at.text)
        assert "101≠" in at.text
        await at.press("slash", *"rosalind", "enter", "enter")
        await at.opened("AAA1")
        at.app.marking.work.go_to("T-101", "1.2")
        await at.settled()
        assert "≠ stale" in at.text
        await at.press("p")
        assert "the centre has version 2027-01" in " ".join((*at.told, at.text)).replace("\n", " ")
        await at.app.marking.action_do("mark.settle-sheet")
        await at.settled()
        await at.press("enter")
        await at.type("Corrected.")
        await at.press("enter")
        await at.until(lambda: state(at, "1.2") is CriterionState.PASS)
        assert state(at, "1.1") is CriterionState.REFER


@pytest.mark.long
async def test_where_everything_fits_there_is_nothing_to_settle(tmp_path: Path) -> None:
    marked(tmp_path)
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.app.marking.action_do("mark.settle-sheet")
        await at.settled()
        assert "there is nothing to settle" in " ".join(at.told)


@pytest.mark.long
async def test_the_palette_offers_to_settle(tmp_path: Path) -> None:
    marked(tmp_path, *PUT_IN_FRONT)
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await opened_with_stale(at)
        await at.press("ctrl+p")
        await at.type("settle what")
        await at.until(lambda: "Settle what does not fit the sheet" in at.text)
