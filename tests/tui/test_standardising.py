"""Standardising at the screen: one's own part alone, beside evidence without names, then what the others said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.standardisation import Chosen
from markterm.domain.record.bodies.standardising import Standardised, Standardising, StandardisingStep, View, Viewed
from markterm.domain.record.standardisation import Standardisation, StandardisationState
from markterm.tui.widgets.note_field import NoteField
from tests.assignments import add_qualifications
from tests.centres import make_centre_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting


def made(folder: Path) -> Path:
    """A centre in which 1.1 and 1.2 of Rosalind's diary are to be decided, and Ben has done so."""
    add_qualifications(make_centre_in(folder))
    (folder / "learners" / "AAA1" / "evidence" / "diary.md").write_text("# Diary\n\nRosalind boiled it.\n", "utf-8")
    ines = Centre.open(folder, member="ines")
    chosen = Chosen(Standardised.DECISIONS, "AAA1", "T-101", ("1.1", "1.2"))
    told, _ = ines.standardisation.begin("T-CERT", [chosen], "The pot.")
    ines.close_down()
    ben = Centre.open(folder, member="ben")
    views = [Viewed(1, "1.1", View.REFER, "Tepid."), Viewed(1, "1.2", View.PASS)]
    ben.standardisation.answer(told.uid, views)
    ben.close_down()
    return folder


def standing(at: Sitting) -> Standardisation:
    """The standardisation as it is on the disk."""
    (told,) = at.as_other("ines").standardisation.every()
    return told


async def test_ones_part_is_marked_alone_and_the_others_are_shown_after_the_last_answer(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        await at.press("ctrl+p")
        await at.type("standardisation")
        await at.press("enter")
        await at.shows("! yours: 0 of 2")
        await at.press("enter")
        await at.shows("Learner 1 boiled it.")
        await at.shows("the water is lukewarm")
        assert "Rosalind" not in at.text
        await at.press("p")
        assert standing(at).views["asha"][1, "1.1"].view is View.PASS
        assert "Tepid." not in at.text
        # A referral says why; the last answer is asked for, and what is left is as it was.
        await at.press("r", "enter")
        await at.shows("Not without a reason. 1.2 is not answered.")
        await at.type("No pot.")
        await at.press("enter")
        await at.shows("This is your last answer. Give it?")
        await at.press("enter")
        assert (1, "1.2") not in standing(at).views["asha"]
        await at.press("r", "enter", "j", "enter")
        await at.shows("1 T-101 1.1 50 % said the same")
        assert "✗ refer Ben Whitlock: Tepid." in at.text
        assert standing(at).views["asha"][1, "1.2"].note == "No pot."
        await at.press("escape")
        await at.shows("▸ answered by 2")


@pytest.mark.long
async def test_an_answer_can_be_given_again_and_gets_a_note_until_the_last(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        await at.app.action_do("app.standardisation")
        await at.shows("! yours: 0 of 2")
        await at.press("enter", "n")
        assert any("Answer it first" in told for told in at.told)
        await at.press("p", "k", "n")
        await at.type("It steams.")
        await at.press("enter")
        assert standing(at).views["asha"][1, "1.1"].note == "It steams."
        await at.press("k", "r")
        await at.type("It does not.")
        await at.press("enter")
        viewed = standing(at).views["asha"][1, "1.1"]
        assert (viewed.view, viewed.note) == (View.REFER, "It does not.")
        # The words of the pass are not those of the referral, nor the other way round.
        await at.press("k", "p")
        assert standing(at).views["asha"][1, "1.1"].note == ""


async def test_one_that_was_dropped_meanwhile_takes_no_answer_and_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        await at.app.action_do("app.standardisation")
        await at.shows("! yours: 0 of 2")
        await at.press("enter")
        at.as_other("ines").standardisation.drop(standing(at).uid, "Opened twice.")
        await at.press("p")
        await at.until(lambda: any("It is dropped already" in told for told in at.told))
        assert "asha" not in standing(at).views


@pytest.mark.long
async def test_what_waits_for_ones_answers_is_among_what_is_ones_own_to_do_and_opens_there(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        await at.app.action_do("app.yours")
        await at.shows("T-CERT: 2 criteria to answer, alone")
        await at.press("enter")
        await at.shows("! yours: 0 of 2")


async def test_the_minutes_are_drawn_and_what_members_wrote_is_taken_for_no_mark(tmp_path: Path) -> None:
    def closed(folder: Path) -> Path:
        made(folder)
        for member, note in (("ines", "A *pot*, and <b>no</b> cup."), ("asha", "")):
            desk = Centre.open(folder, member=member)
            (told,) = desk.standardisation.every()
            views = [Viewed(1, "1.1", View.PASS, note), Viewed(1, "1.2", View.PASS, note)]
            desk.standardisation.answer(told.uid, views)
            if member == "asha":
                minutes = Standardising(
                    StandardisingStep.CLOSED,
                    views=(Viewed(1, "1.1", View.PASS, "It steams."),),
                    on=date(2026, 9, 1),
                    text="## Of pots\n\n- a pot is **warm**",
                    present=("asha", "ben"),
                )
                desk.act_as("ines")
                desk.standardisation.close(told.uid, minutes)
            desk.close_down()
        return folder

    async with sitting(tmp_path, size=WIDE, make=closed) as at:
        await at.app.action_do("app.standardisation")
        await at.shows("✓ agreed 01 Sep 2026")
        await at.press("enter")
        await at.shows("• a pot is warm")
        assert "A *pot*, and <b>no</b> cup." in at.text
        assert "• present: Asha Patel, Ben Whitlock" in at.text
        assert not {"##", "**warm**"} & set(at.text.split())
        await at.press("s")
        assert "- a pot is **warm**" in at.text


def with_sheets(folder: Path) -> Path:
    """A centre in which nothing is standardised yet."""
    add_qualifications(make_centre_in(folder))
    return folder


async def opened(at: Sitting) -> None:
    """Show the standardisations."""
    await at.app.action_do("app.standardisation")
    await at.settled()


@pytest.mark.long
async def test_a_verifier_opens_one_here_by_what_the_command_line_takes(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_sheets, member="ines") as at:
        await opened(at)
        await at.shows("A verifier opens one with n")
        await at.press("n", "enter")
        await at.shows("The centre has no qualification")
        await at.type("T-CERT")
        await at.press("tab")
        await at.type("AAA1 T-101")
        await at.press("enter")
        await at.shows("AAA1 T-101 does not say whose, of which unit, and which criteria.")
        await at.type(" 1.1,1.2@diary.md:1-2")
        await at.press("enter")
        told = standing(at)
        assert (told.qualification, told.exhibits[0].criteria) == ("T-CERT", ("1.1", "1.2"))
        assert (told.exhibits[0].file, told.exhibits[0].place) == ("diary.md", "lines 1-2")
        await at.shows("is open for everybody's answers.")
        await at.shows("! yours: 0 of 2")
        await at.press("n")
        assert "AAA1" not in " ".join(at.app.screen.query_one(NoteField).text.split()), "what was recorded is no draft"


@pytest.mark.long
async def test_what_is_typed_and_left_is_there_the_next_time(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=made, member="ines") as at:
        await opened(at)
        await at.press("m", "tab", "tab", "tab", "tab")
        await at.type("An hour of talk.")
        await at.press("escape", "m")
        await at.shows("An hour of talk.")
        assert standing(at).state is StandardisationState.OPEN


@pytest.mark.long
async def test_the_minutes_close_it_with_the_same_refusals_as_the_command_line(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=made, member="ines") as at:
        await opened(at)
        await at.press("m")
        await at.shows("Asked were 1 1.1, 1 1.2.")
        await at.press("enter")
        await at.shows("They say on which day it was, who was present and what was discussed.")
        await at.press("tab", "tab", "tab", "tab")
        await at.type("What boils.")
        await at.press("tab")
        await at.type("1 1.1 perhaps")
        await at.press("enter")
        await at.shows("perhaps is none. Nothing was recorded.")
        await at.press(*["backspace"] * len("perhaps"))
        await at.type("refer It is tepid.")
        await at.press("tab")
        await at.type("ben soon Tell the tutors.")
        await at.press("enter")
        await at.shows("does not say who does it until when.")
        await at.press(*["backspace"] * len("soon Tell the tutors."))
        await at.type("2027-01-14 Tell the tutors.")
        await at.press("enter")
        (minutes,) = standing(at).minutes
        assert (minutes.said.text, minutes.said.present) == ("What boils.", ("ben",))
        (agreed,) = minutes.agreed
        assert agreed == Viewed(1, "1.1", View.REFER, "It is tepid.")
        await at.shows("is closed: what was agreed stands beside its criteria.")
        assert "minutes" not in _keys(at)


@pytest.mark.long
async def test_what_was_opened_by_mistake_is_dropped_with_a_reason(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=made, member="ines") as at:
        await opened(at)
        await at.press("u")
        await at.type("Twice.")
        await at.press("enter")
        assert standing(at).dropped == "Twice."
        await at.shows("dropped")


@pytest.mark.long
async def test_who_is_no_verifier_is_told_so_where_they_try(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=made) as at:
        await opened(at)
        await at.press("u")
        await at.type("Twice.")
        await at.press("enter")
        await at.shows("Only a verifier")
        assert standing(at).state is StandardisationState.OPEN


def _keys(at: Sitting) -> str:
    return " ".join(each.binding.description for each in at.app.screen.active_bindings.values() if each.enabled)
