"""What a verifier did not agree with comes back to its assessor at the screen: keys only, at 80×24."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.standardisation import Chosen
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.bodies.standardising import Standardised, Standardising, StandardisingStep, View, Viewed
from markterm.domain.record.bodies.verifying import Report
from markterm.domain.record.event import Kind, Result
from markterm.domain.rules.answering import Said
from markterm.tui.local_time import date_told
from markterm.tui.palette import entries_now
from markterm.tui.requests import OpenLearner
from tests.assignments import add_qualifications, register
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import Sitting, sitting

WHY = "No pot is shown anywhere."


def make_verified(path: Path) -> Path:
    """Asha closed T-101 of AAA1; Inês agrees with 1.1 and not with 1.2, and sets an action on it."""
    make_centre_in(path)
    asha, ines = (Centre.open(path, member=who, places=places_in(path.parent / who)) for who in ("asha", "ines"))
    try:
        for number in ("1.1", "1.2", "2.1"):
            asha.marking.mark("AAA1", "T-101", number, Result.PASS, "It is on page 1.")
        asha.attempts.declare("AAA1", "e-mail", False)
        asha.closings.close("AAA1", "T-101", "All there.")
        ines.verification.sample("AAA1", "T-101", "The first unit that Asha closed.")
        report = Report("Clear notes.", "Say where it is.")
        ines.verification.verify("AAA1", "T-101", Said(agreed=("1.1",), not_agreed={"1.2": WHY}, report=report))
        due = ines.actions.today + timedelta(days=7)
        ines.actions.set("AAA1", "T-101", "Look for the pot again.", owner="", due=due, criterion="1.2")
    finally:
        asha.close_down()
        ines.close_down()
    return path


def assert_stands(at: Sitting, *words: str) -> None:
    """These words stand in the pane of the criterion, wherever its lines break."""
    shown = " ".join(" ".join(line.partition("▕")[2] for line in at.lines).split())
    for each in words:
        assert each in shown, f"{each!r} is not in\n{at.text}"


@pytest.mark.long
async def test_from_another_unit_one_comes_to_what_came_back_and_the_report_offers_what_is_ones_own(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, make=make_verified, learner="AAA1") as at:
        assert at.lines[-1].startswith(" V report  F reopen")
        await at.press("V")
        assert "d action done" in at.text
        await at.press("escape", "left_curly_bracket")
        assert at.at.startswith("T-102")
        await at.press("right_curly_bracket")
        assert at.at == "T-101 1.2"
    async with sitting(tmp_path, make=make_verified, learner="AAA1", member="ben") as at:
        await at.press("V")
        assert "action done" not in at.text


@pytest.mark.long
async def test_the_learner_opens_at_what_came_back_with_who_why_and_the_action(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=make_verified) as at:
        await at.shows("1 came back")
        assert "1 action to do" in at.text
        await at.press("j", "enter")
        await at.opened("AAA1")
        assert at.at == "T-101 1.2"
        assert "1.1   ✓ pass V✓" in at.text
        assert "1.2   ✓ pass V✗ A" in at.text
        assert "2.1   ✓ pass ✎" in at.text
        assert_stands(at, "✗ not agreed by ines", WHY, "Action for asha, open", "Look for the pot again.")
        assert_stands(at, "V reads the report, and answers it.")
    async with sitting(tmp_path, member="ben", learner="AAA1") as at:
        assert at.at == "T-102 1.1", "what came back is not his"
        assert "came back" not in at.text


@pytest.mark.long
async def test_from_what_came_back_to_a_unit_that_is_closed_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=make_verified, learner="AAA1", size=(80, 24)) as at:
        # Read why, and say so.
        await at.press("V")
        for words in ("✗ Not agreed  Verification by Inês Carvalho", WHY, "Clear notes."):
            assert words in at.text
        assert "1.2   ✗ not agreed  ✓ pass by asha" in at.text
        await at.press("enter")
        assert at.events()[-1].kind == Kind.ACKNOWLEDGED
        assert at.events()[-1].actor == "asha"
        await at.press("V", "enter")
        assert at.app.screen is at.app.marking, "what was read is only left"
        # Decide it again: the new decision names the verification.
        await at.press("F")
        await at.type("1.2 was not agreed.")
        await at.press("enter")
        assert "1.2   ✓ pass V✗ A" in at.text
        await at.press("r")
        await at.type("Show the pot.")
        await at.press("enter")
        decided = at.events()[-1]
        verified = next(each for each in at.events() if each.kind == Kind.VERIFIED)
        assert (decided.subject.criterion, decided.body["amended"]) == ("1.2", verified.uid)
        await at.press("k", "k") if at.at != "T-101 1.2" else None
        assert "1.2   ✗ refer V≠ A" in at.text
        # What is begun of the word is a draft, and the action is done with it.
        await at.press("V", "d")
        assert "1.2: Look for the pot again." in at.text
        await at.type("Looked,")
        await at.press("escape", "escape")
        assert "✐ draft: word on an action" in at.text
        await at.press("V", "d")
        await at.type(" and referred.")
        await at.press("enter")
        action = at.events()[-1]
        assert (action.kind, action.body["step"], action.body["text"]) == (Kind.ACTION, "done", "Looked, and referred.")
        assert "1.2: for Asha Patel, done" in at.text
        assert "action done" not in at.text, "nothing is left to be said done"
        await at.press("escape", "l")
        history = [line.strip("│ ") for line in at.lines if "asha (assessor)" in line or "ines (verifier)" in line]
        told = [line.partition(")  ")[2][:9].rstrip() for line in history[:5]]
        assert [each.split()[0] for each in told] == ["action", "✗", "action", "✗", "✓"], told
        assert "✗ not agreed" in history[3]
        assert "Amended by the assessor" in at.text
        await at.press("escape", "F")
        await at.type("Nearly there.")
        await at.press("enter")
        closed = at.events()[-1]
        assert (closed.kind, closed.body["outcome"]) == (Kind.CLOSED, "refer")
        await at.press("f")
        assert "Held for verification" in at.text
        await at.press("escape", "q")
        await at.until(lambda: "came back" not in at.text and "to do" not in at.text)


async def test_a_word_to_the_verifier_goes_with_having_read_and_is_a_draft_until_then(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=make_verified, learner="AAA1") as at:
        await at.press("V", "n")
        await at.type("Thank you;")
        await at.press("escape", "escape")
        assert "✐ draft" in at.text
        await at.press("V", "n")
        await at.type(" I see.")
        await at.press("enter")
        read = at.events()[-1]
        assert (read.kind, read.body["word"]) == (Kind.ACKNOWLEDGED, "Thank you; I see.")
        assert "✐ draft" not in at.text
        await at.press("V")
        assert "Thank you; I see." in at.text


@pytest.mark.long
async def test_who_only_verifies_is_offered_nothing_of_marking_and_is_told_who_may(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=make_verified, learner="AAA1", member="ines") as at:
        assert "p pass" not in at.text
        assert "n note" not in at.text
        for key in ("p", "r", "n", "b", "c", "F", "u", "C"):
            await at.press(key)
            assert at.app.screen is at.app.marking, key
            assert at.told[-1].startswith("Only an assessor marks Inês Carvalho (ines) is verifier"), key
        before = at.events()
        await at.press("question_mark")
        assert "Pass this criterion" not in at.text
        await at.press("escape")
        palette = [entry.title for entry in entries_now(at.app, at.app.screen)]
        assert "Pass this criterion" not in palette
        assert "Submit this unit" not in " ".join(palette)
        assert "Everything that happened to this criterion" in palette
        await at.press("l")
        assert "History of" in at.text
        await at.press("escape", "m")
        assert " 1.1  ✓V✓  1.2  ✓V✗" in at.text
        await at.press("escape", "k", "k", "f")
        assert "y release" not in at.text
        await at.press("y")
        assert at.events() == before


def make_standardised(path: Path) -> Path:
    """1.2 of T-101 was looked at in AAA1's work, and agreed to be a referral."""
    make_verified(path)
    add_qualifications(path)
    register(path, "AAA1", qualifications="[T-CERT]")
    ines = Centre.open(path, member="ines", places=places_in(path.parent / "ines"))
    try:
        work = Chosen(Standardised.DECISIONS, "AAA1", "T-101", ("1.2",))
        told, _ = ines.standardisation.begin("T-CERT", (work,), "We differ.")
        ines.standardisation.answer(told.uid, [Viewed(1, "1.2", View.REFER, "")])
        agreed = (
            Viewed(1, "1.2", View.REFER, "A pot counts when it is seen; " + "seen in full, " * 12 + "or heard of."),
        )
        minutes = Standardising(
            StandardisingStep.CLOSED, views=agreed, on=ines.actions.today, text="We met.", present=("ines",)
        )
        ines.standardisation.close(told.uid, minutes)
    finally:
        ines.close_down()
    return path


@pytest.mark.long
async def test_what_was_agreed_in_a_standardisation_is_offered_beside_the_criterion(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=make_standardised, learner="BBB2", member="ben") as at:
        assert at.at == "T-101 1.1"
        assert "Standardised" not in at.text
        await at.press("s")
        assert "Nothing was agreed of T-101 1.1 in a standardisation." in at.told
        await at.press("j")
        today = date_told(at.app.centre.actions.today)
        assert_stands(at, f"Standardised {today} as refer: A pot counts when it is seen;", "s reads it.")
        assert "or heard of" not in at.text, "short beside the criterion"
        await at.press("s")
        assert "or heard of" in " ".join(at.text.replace("│", " ").split())


@pytest.mark.long
async def test_what_is_ones_own_to_do_is_listed_opened_and_done_from_anywhere(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=make_standardised) as at:
        await at.press("Y")
        await at.until(lambda: "For Asha Patel to do: 3" in at.text)
        lines = [line for line in at.lines if "AAA1" in line and "101" in line]
        assert [line.strip("│ ▸").partition("  ")[0] for line in lines] == ["came back", "action", "report"]
        assert WHY[:12] in lines[0]
        await at.press("d")
        assert at.told[-1] == "That is no action: it is done where it stands."
        await at.press("j", "d")
        await at.type("Looked again.")
        await at.press("enter")
        await at.until(lambda: "to do: 2" in at.text)
        assert at.events()[-1].body["text"] == "Looked again."
        await at.press("k", "enter")
        await at.opened("AAA1")
        assert at.at == "T-101 1.2"
        await at.press("2", "Y", "escape")
        assert at.app.screen is at.app.marking
    async with sitting(tmp_path, member="ben") as at:
        await at.press("Y")
        await at.until(lambda: "Nothing is for Ben Whitlock to do" in at.text)
        await at.shows("Here stands what waits for you: what a verifier did not agree with")
        await at.press("enter", "d", "escape")


@pytest.mark.long
async def test_a_case_and_the_verifier_who_is_waited_for_are_named_where_they_hold(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=make_verified, learner="BBB2") as at:
        asha, ines = at.app.centre, at.as_other("ines")
        await at.press("p", "p", "p")
        asha.attempts.declare("BBB2", "e-mail")
        asha.closings.close("BBB2", "T-101", "Fine.")
        due = ines.actions.today + timedelta(days=3)
        ines.verification.sample("BBB2", "T-101", "At random.", verifier="ines", due=due)
        await at.press("f")
        await at.shows(f"ines sampled it, for ines, due {due.isoformat()} (At random)")
        await at.press("escape")
        ines.cases.open("BBB2", CaseAbout.MALPRACTICE, "The same words as CCC3.", "T-101")
        await at.until(lambda: "Held by case" in at.text)
        assert_stands(at, "suspected malpractice, opened by ines.")
        await at.press("f")
        await at.shows("was opened by ines and is not closed")


async def test_who_marks_blind_is_shown_no_name_in_a_report_or_a_list_of_what_is_theirs(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=make_verified, blind=True) as at:
        await at.press("Y")
        await at.until(lambda: "to do: 3" in at.text)
        assert "AAA1" not in at.text
        await at.press("escape")
        await at.app.answer(OpenLearner("AAA1", ("T-101", "1.2")))
        await at.opened("AAA1")
        await at.press("V")
        assert "T-101: report of the verification · Learner" in at.text
        assert "AAA1" not in at.text
        assert "Rosalind" not in at.text
