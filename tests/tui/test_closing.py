"""Closing and submitting with keys: the evidence is fixed, and nothing is fixed that the person was not shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.rules import marking
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.writing import WritingScreen
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting


def evidence_of(at: Sitting) -> Path:
    return at.folder / "learners" / "AAA1" / "evidence"


def files_of(event: Event) -> set[str]:
    """The names of the files that a submission fixed."""
    files = event.body["files"]
    assert isinstance(files, dict)
    return set(files)


async def pass_all(at: Sitting) -> None:
    """Pass T-101, and record the learner's declaration."""
    await at.press("p", "p", "p", "D", "enter", "enter")
    await at.press("k")
    assert at.at.startswith("T-101")


async def summed_up(at: Sitting) -> None:
    """Write the summary, and save it with Enter."""
    await at.type("Sound.")
    await at.press("enter")
    await at.until(lambda: at.events()[-1].kind == Kind.CLOSED)


def kinds(at: Sitting) -> list[str]:
    return [event.kind for event in at.events()]


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])
async def test_closing_says_that_it_fixes_what_nobody_submitted_and_does(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        await pass_all(at)
        await at.press("F")
        await at.shows("Nobody submitted it: its 1 file, as it is now, is fixed with it.")
        await summed_up(at)
        fixed, closed = at.events()[-2:]
        assert (fixed.kind, fixed.body["at_closing"], files_of(fixed)) == ("submitted", True, {"diary.md"})
        assert (closed.kind, closed.body["submission"]) == (Kind.CLOSED, fixed.uid)
        await at.until(lambda: "unit closed," in at.text and "to release" in at.text)


@pytest.mark.long
@pytest.mark.parametrize(
    ("typed", "told"), [("", "1.2: No pot.\n1.1: It boils."), ("Warm the pot.", "Warm the pot.")], ids=["so", "anew"]
)
async def test_the_summary_begins_with_the_notes_and_makes_room_for_what_is_typed(
    tmp_path: Path, typed: str, told: str
) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("n")
        await at.type("It boils.")
        await at.press("enter", "p", "r")
        await at.type("No pot.")
        await at.press("enter", "p", "D", "enter", "enter", "k", "F")
        await at.shows("Summary feedback on the whole unit, drawn from your notes: typing replaces it.")
        await at.type(typed)
        await at.press("enter")
        await at.until(lambda: at.events()[-1].kind == Kind.CLOSED)
        assert at.events()[-1].body["feedback"] == told
        await at.shows("is closed as REFER: f is the feedback, y the next learner.")


async def test_a_unit_that_is_decided_and_submitted_is_closed_by_the_next_key(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "p", "p", "k", "S", "enter", "enter")
        await at.until(lambda: kinds(at)[-1] == Kind.SUBMITTED)
        assert at.at.startswith("T-101"), "another unit would be closed in its place"
        await at.press("F", "enter", "y")
        await at.until(lambda: kinds(at)[-1] == Kind.CLOSED)


@pytest.mark.long
async def test_an_empty_folder_is_closed_with_a_reason_only(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await pass_all(at)
        shutil.rmtree(evidence_of(at))
        await at.press("F")
        await at.shows("There is no evidence for T-101. What was it decided on?")
        await at.press("enter")
        await at.shows("no file that the decisions could rest on")
        await at.type("seen in person")
        await at.press("enter")
        await at.shows("Close T-101 as PASS")
        await summed_up(at)
        fixed, closed = at.events()[-2:]
        assert (fixed.body["no_evidence"], fixed.body["files"], closed.kind) == ("seen in person", {}, Kind.CLOSED)


async def test_evidence_that_changed_since_it_was_submitted_is_asked_about(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("S", "enter", "enter", "p", "p", "p", "k")
        (evidence_of(at) / "diary.md").write_text("Another diary", "utf-8")
        await at.press("F")
        await at.shows("was submitted: changed diary.md")
        await at.press("escape")
        assert Kind.CLOSED not in kinds(at)
        await at.press("F", "j", "j", "enter")
        await at.shows("On what was submitted.")
        await summed_up(at)
        closed = at.events()[-1]
        assert (closed.kind, closed.body["evidence_changed"]) == (Kind.CLOSED, ["changed diary.md"])
        assert kinds(at).count(Kind.SUBMITTED) == 1


@pytest.mark.long
async def test_changed_evidence_is_fixed_anew_when_the_closing_is_to_rest_on_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("S", "enter", "enter", "p", "p", "p", "k")
        (evidence_of(at) / "diary.md").write_text("Another diary", "utf-8")
        await at.press("F", "j", "enter")
        await summed_up(at)
        again, closed = at.events()[-2:]
        assert (again.kind, again.body["at_closing"], closed.kind) == ("submitted", True, Kind.CLOSED)


async def test_files_that_came_while_the_learner_was_open_are_shown_and_not_submitted(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, learner="AAA1", notices=True) as at:
        (evidence_of(at) / "late.md").write_text("# Late\n\nI came late.\n", "utf-8")
        await at.press("S")
        await at.until(lambda: "I came late" in at.text)
        await at.shows("Since the files were listed: new late.md. Nothing was submitted.")
        assert not isinstance(at.app.screen, ChoiceScreen), "nothing lets it be submitted unseen"
        (evidence_of(at) / "diary.md").write_text("Another diary", "utf-8")
        await at.press("S")
        await at.until(lambda: "Another diary" in at.text)
        assert Kind.SUBMITTED not in kinds(at)
        await at.press("S", "enter", "enter")
        await at.until(lambda: at.events()[-1].kind == Kind.SUBMITTED)
        assert files_of(at.events()[-1]) == {"diary.md", "late.md"}


async def test_files_that_come_while_the_questions_are_asked_are_not_submitted_with_them(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("S")
        (evidence_of(at) / "late.md").write_text("# Late\n", "utf-8")
        await at.press("enter", "enter")
        await at.shows("1 added since you were asked")
        assert kinds(at) == []


async def test_enter_twice_at_the_question_before_closing_takes_no_summary(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("S", "enter", "enter", "p", "p", "p", "k")
        (evidence_of(at) / "diary.md").write_text("Another diary", "utf-8")
        await at.press("F", "j", "enter")
        at.clock -= 0.8
        await at.press("enter")
        assert isinstance(at.app.screen, WritingScreen)
        assert "the second saved nothing" in " ".join(at.told)
        assert Kind.CLOSED not in kinds(at)
        await at.press("enter", "y")
        await at.until(lambda: at.events()[-1].kind == Kind.CLOSED)


async def test_an_unseen_file_is_named_before_a_closing_fixes_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await pass_all(at)
        (evidence_of(at) / "late.md").write_text("# Late\n", "utf-8")
        await at.press("F")
        await at.shows("there is new late.md")
        await at.press("j", "enter")
        await summed_up(at)
        assert files_of(at.events()[-2]) == {"diary.md", "late.md"}


def referred_by_0_1_0(path: Path) -> Path:
    """A unit that was closed as a referral without its evidence fixed, as 0.1.0 did, and handed in again since."""
    make_centre_in(path)
    centre = Centre.open(path, member="asha", places=places_in(path.parent / "earlier"))
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("AAA1", "T-101", number, Result.REFER, "Where is it?")
    centre.attempts.declare("AAA1", "signed sheet")
    centre.recorder.record("AAA1", lambda act, now: marking.close(act, now.unit("T-101"), now.portfolio, "Again."))
    centre.attempts.submit("AAA1", "T-101", authorised_by="ines")
    centre.close_down()
    return path


@pytest.mark.long
async def test_where_no_earlier_attempt_was_fixed_d_says_that_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=referred_by_0_1_0, learner="AAA1") as at:
        await at.press("d")
        await at.until(lambda: "the evidence of no earlier attempt was fixed" in " ".join(at.text.split()))
        assert "byte for byte" not in at.text


@pytest.mark.long
async def test_what_is_typed_behind_f_is_the_summary_while_the_evidence_is_looked_at(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await pass_all(at)
        before = kinds(at)
        await at.burst("F", *"prup")
        await at.shows("prup")
        assert kinds(at) == before
        await at.press("enter")
        await at.until(lambda: at.events()[-1].kind == Kind.CLOSED)
        assert at.events()[-1].body["feedback"] == "prup"
