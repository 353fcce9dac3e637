"""The bank of remarks at the screen, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.system.platform import CENTRE_RECORD
from markterm.tui.remarks.screen import BankScreen
from markterm.tui.requests import OpenLearner
from markterm.tui.widgets.writing import WritingScreen
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import Sitting, sitting

NOTES = (
    ("BBB2", "1.1", Result.PASS, "Nneka boils it well."),
    ("BBB2", "1.2", Result.REFER, "How warm was the pot?"),
    ("CCC3", "1.2", Result.PASS, "The pot was warm. " * 40),
)


def with_notes(folder: Path) -> Path:
    """A tiny centre in which Asha wrote some notes."""
    make_centre_in(folder)
    centre = Centre.open(folder, member="asha", places=places_in(folder.parent / "earlier"))
    for learner, criterion, result, note in NOTES:
        centre.marking.mark(learner, "T-101", criterion, result, note)
    centre.close_down()
    return folder


def chosen(at: Sitting) -> str:
    """The line under the cursor."""
    return next(line for line in at.lines if "▸" in line)


async def test_b_takes_a_remark_into_the_note_of_an_open_criterion(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, learner="AAA1") as at:
        await at.press("b")
        assert isinstance(at.app.screen, BankScreen)
        assert "▸   Rosalind boils it well." in at.text
        assert "Used 1 time (pass 1) for 1 learner: BBB2 · on T-101 1.1" in at.text
        await at.press("enter")
        assert "Kept until you pass or refer" in at.text
        await at.type(" Twice.")
        await at.press("enter", "p")
        (event,) = at.events()
        assert event.body["note"] == "Rosalind boils it well. Twice."


@pytest.mark.long
async def test_what_is_typed_narrows_and_the_taken_remark_goes_behind_the_note(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, learner="AAA1") as at:
        await at.press("r")
        await at.type("Say more.")
        await at.press("enter")
        await at.press("k", "b")
        await at.burst(*"warm", "space", *"how", "enter")
        assert isinstance(at.app.screen, WritingScreen)
        await at.press("enter")
        assert [event.body["note"] for event in at.events()] == ["Say more.", "Say more.\nHow warm was the pot?"]
        assert at.decided() == ["1.1 refer", "1.1 refer"]


@pytest.mark.long
async def test_in_the_dialog_of_a_referral_it_is_inserted_at_the_cursor(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, learner="AAA1") as at:
        await at.press("space", "r")
        await at.type("Before . after")
        await at.press(*["left"] * 7, "ctrl+t")
        assert "How warm" in chosen(at)
        await at.press("enter", "enter")
        assert [event.body["note"] for event in at.events()] == ["Before How warm was the pot?. after"]


@pytest.mark.long
async def test_leaving_the_bank_changes_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, learner="AAA1") as at:
        await at.press("b", "escape")
        assert at.app.screen is at.app.marking
        await at.press("r")
        await at.type("typed")
        await at.press("ctrl+t", "escape", "escape")
        assert at.app.screen is at.app.marking
        assert at.events() == ()


async def test_a_taken_remark_that_is_left_is_kept_as_a_draft(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, learner="AAA1") as at:
        await at.press("b", "enter", "escape", "n")
        assert "Rosalind boils it well." in at.text


@pytest.mark.long
async def test_pinned_is_on_top_and_retired_is_gone_until_it_is_asked_for(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, learner="AAA1") as at:
        await at.press("b")
        await at.type("pot how")
        await at.press("ctrl+o")
        assert "★ How warm" in chosen(at)
        assert "on top from now on" in at.text
        await at.press("ctrl+u")
        assert "★ How warm" in chosen(at)
        await at.press("down", "ctrl+r")
        assert "Rosalind boils" not in at.text
        assert "2 remarks" in at.text
        await at.press("ctrl+l")
        assert "– Rosalind boils" in at.text
        await at.press("escape")
        kinds = [event.kind for event in at.events(CENTRE_RECORD) if event.kind.startswith("remark_")]
        assert kinds == ["remark_pinned", "remark_retired"]
        await at.press("b", "ctrl+o")
        assert "among the others again" in at.text


@pytest.mark.long
async def test_what_somebody_else_wrote_since_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, learner="AAA1") as at:
        await at.press("b", "escape")
        other = at.as_other("asha")
        other.marking.mark("CCC3", "T-102", "1.1", Result.PASS, "Rinsed at another desk.")
        await at.press("b")
        await at.type("another desk")
        assert "Rinsed at another desk." in chosen(at)


@pytest.mark.long
async def test_pronouns_are_filled_as_earlier_notes_had_them_and_else_said_to_be_a_guess(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, learner="AAA1") as at:
        other = at.as_other("asha")
        other.marking.mark("CCC3", "T-101", "1.1", Result.PASS, "Zoé boils and she pours well.")
        await at.press("b")
        await at.type("pours")
        assert "▸   Rosalind boils and Rosalind pours well." in at.text
        assert "No note on this learner has a pronoun" in at.text
        await at.press("escape")
        other.marking.mark("AAA1", "T-101", "2.1", Result.PASS, "Rosalind forgot his cup.")
        await at.press("b")
        await at.type("pours")
        assert "▸   Rosalind boils and he pours well." in at.text
        assert "has a pronoun" not in at.text


@pytest.mark.long
async def test_a_he_of_nobody_knows_whom_stays_and_is_pointed_at(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, learner="AAA1") as at:
        at.as_other("asha").marking.mark("CCC3", "T-101", "1.1", Result.PASS, "He says the pot was warm.")
        await at.press("b")
        await at.type("says")
        assert "▸   He says the pot was warm." in at.text
        assert "It says “he”: look whether that is this learner." in at.text


def with_a_name_that_is_a_word(folder: Path) -> Path:
    make_centre_in(folder, {"AAA1": "Rosalind Jones", "HHH8": "Hope Marks"})
    centre = Centre.open(folder, member="asha", places=places_in(folder.parent / "earlier"))
    centre.marking.mark("HHH8", "T-101", "1.1", Result.PASS, "Good that Hope boils it.")
    centre.marking.mark("HHH8", "T-101", "1.2", Result.PASS, "As warm as Rosalind had it.")
    centre.close_down()
    return folder


@pytest.mark.long
async def test_a_word_that_may_be_a_name_is_asked_about_when_it_is_taken(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_a_name_that_is_a_word, learner="AAA1") as at:
        await at.press("b")
        assert "▸   Good that Hope boils it." in at.text
        assert "“Hope” may be the name of one it was written for." in at.text
        assert "1 left out: they name a learner" in at.text
        assert "As warm as" not in at.text
        await at.press("enter")
        assert "“Hope” may be a name: this remark was written for HHH8." in at.text
        await at.press("escape")
        assert isinstance(at.app.screen, BankScreen)
        await at.press("enter", "enter")
        assert "Good that Rosalind boils it." in at.text
        await at.press("escape", "b", "enter", "j", "enter")
        assert "Good that Hope boils it." in at.text


@pytest.mark.long
async def test_a_word_that_may_be_a_name_is_asked_about_when_it_is_pinned(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_a_name_that_is_a_word, learner="AAA1") as at:
        await at.press("b", "ctrl+o", "enter")
        assert "★ Good that Rosalind boils it." in at.text
        pinned = at.events(CENTRE_RECORD)[-1]
        assert pinned.body["text"] == "Good that {given} boils it."


@pytest.mark.long
async def test_a_centre_without_notes_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("b")
        assert "No notes yet" in at.text
        await at.press("enter", "ctrl+o", "ctrl+r", "down", "pagedown")
        assert isinstance(at.app.screen, BankScreen)
        await at.type("x")
        assert "not found" in at.text


async def test_nobody_is_told_whose_bank_it_is(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_notes, member=None) as at:
        await at.press("escape")
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        await at.press("b")
        assert any("Whose remarks?" in told for told in at.told)
        await at.press("escape")
        assert at.app.screen is at.app.marking


@pytest.mark.long
async def test_a_hostile_note_of_a_megabyte_is_shown_and_taken(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        make_centre_in(folder)
        centre = Centre.open(folder, member="asha", places=places_in(folder.parent / "earlier"))
        centre.marking.mark(
            "BBB2", "T-101", "1.1", Result.PASS, "Nneka [/x] \x1b]0;owned\x07 " + "boils {it} \u202e" * 70_000
        )
        centre.close_down()
        return folder

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        await at.press("b")
        await at.type("boils")
        assert "Rosalind [/x] ␛]0;owned␇ boils {it} ⇄" in at.text
        await at.press("enter", "enter", "p")
        (event,) = at.events()
        note = event.body["note"]
        assert isinstance(note, str)
        assert note.startswith("Rosalind [/x] ␛]0;owned␇ boils {it}")
        assert len(note) > 700_000
