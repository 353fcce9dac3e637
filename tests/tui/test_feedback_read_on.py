"""Feedback at the screen, in whatever state the unit, the text and the assignment are."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.event import Result
from markterm.domain.rules.answering import Said
from markterm.tui.evidence.drawn_page import DrawnPage
from markterm.tui.feedback.screen import FeedbackScreen
from tests.assignments import add_assignment, register
from tests.centres import places_in
from tests.tui.sitting import WIDE, sitting
from tests.tui.test_feedback import closed_tea, releases, to_tea

pytestmark = pytest.mark.long


def with_bad_advice(path: Path) -> Path:
    return closed_tea(path, "Not met.")


def with_assignment(path: Path) -> Path:
    closed_tea(path)
    add_assignment(path)
    register(path, "AAA1", assignments="[T-IA]")
    return path


async def test_the_editor_begins_with_what_is_read_and_then_where_it_was_left(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "end")
        top = at.app.screen.query_one(DrawnPage).top_line
        assert top > 2
        await at.press("enter")
        # The draft's own first two lines are nobody's to change.
        assert f"line {top - 2 + 1} of" in at.text
        await at.press("ctrl+end")
        await at.type("Yours")
        await at.press("escape", "enter")
        field = at.app.screen.query_one(TextArea)
        assert field.cursor_location == field.document.end
        assert field.text.endswith("Yours")
        await at.press("ctrl+z", "escape")
        assert "Yours" not in at.text, "what was written before it was read can be taken back after it"


async def test_what_is_chosen_is_cut_and_put_in_again_and_without_a_choice_the_edit_is_thrown_away(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1", blind=True) as at:
        await to_tea(at)
        await at.press("f", "enter", "ctrl+home")
        await at.type("Dear Rosalind, ")
        field = at.app.screen.query_one(TextArea)
        before = field.text
        await at.press("shift+home", "ctrl+x")
        assert field.text.startswith("# Feedback")
        await at.press("ctrl+end", "ctrl+home", "ctrl+v")
        assert field.text == before, "cut and put in again it is the same, covered as she is"
        await at.press("ctrl+x")
        await at.shows("It cannot be had back.")
        await at.press("enter")
        assert field.text == before
        await at.press("ctrl+x", "j", "enter")
        assert isinstance(at.app.screen, FeedbackScreen)
        assert not at.app.screen.kept
        assert "Edited." not in at.text


async def test_the_text_is_shown_as_it_is_written_and_stays_where_it_was(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "s")
        assert "# Feedback T-101" in at.text
        assert "|---|" in at.text
        page = at.app.screen.query_one(DrawnPage)
        await at.press("pagedown")
        line = page.top_line
        assert line > 0
        await at.press("s")
        assert "|---|" not in at.text
        assert abs(page.top_line - line) <= page.size.height // 2
        assert line in page.lines_in_sight


async def test_the_completed_sheet_is_read_from_the_feedback_drawn_and_as_it_is_written(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_assignment, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "m")
        assert "Sheet of AAA1: T-101, as it would be printed now" in at.lines[0]
        assert "|---|" not in at.text
        await at.press("space")
        assert "It boils." in at.text
        await at.press("end")
        assert at.lines[-1].strip().startswith("end ·")
        await at.press("s", "home")
        assert "draws it" in at.lines[-1]
        assert "# " in at.text
        await at.press("escape", "a", "m")
        assert "Sheet of AAA1: T-IA" in at.lines[0]
        await at.press("q")
        assert isinstance(at.app.screen, FeedbackScreen)


async def test_a_text_edited_before_the_record_changed_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "enter")
        await at.type("Dear")
        await at.press("escape", "q")
        other = at.as_other("asha")
        other.closings.reopen("AAA1", "T-101", "2.1 again")
        other.closings.close("AAA1", "T-101", "Look at 1.2 again.")
        other.close_down()
        await at.press("f")
        assert "Edited before the record changed" in at.text


async def test_a_held_release_says_why_and_what_to_do(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        verifier = at.as_other("ines")
        verifier.verification.sample("AAA1", "T-101", "new assessor")
        await to_tea(at)
        await at.press("f")
        assert "Held for verification" in at.text
        assert "ines sampled it (new assessor)" in at.text
        await at.press("y")
        assert isinstance(at.app.screen, FeedbackScreen)
        assert any("A verifier who did not mark it answers: 3 lists" in told for told in at.told)
        verifier.verification.verify("AAA1", "T-101", Said(True))
        verifier.close_down()
        await at.press("q", "f", "y", "j", "enter")
        assert len(releases(at)) == 1


async def test_advice_is_listed_below_or_beside_the_text_and_never_in_the_way(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_bad_advice, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f")
        assert "Advice (1)" in at.text
        assert "1.2 is referred with “Not met.”" in at.text
        assert "Feedback T-101" in at.text
        await at.press("y", "j", "enter")
        assert len(releases(at)) == 1
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f")
        row = next(line for line in at.lines if "Advice (1)" in line)
        assert row.index("Advice (1)") > 100


async def test_a_switches_between_the_unit_and_its_assignment(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_assignment, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "a")
        assert "T-IA, T-101 attempt 1 · Tea for Two" in at.lines[0]
        await at.press("end")
        assert "T-102 Washing Up is still being marked; feedback on it follows." in at.text
        await at.press("y", "j", "enter")
        (event,) = releases(at)
        assert (event.subject.unit is not None and event.subject.unit.code, event.body["assignment"]) == (
            "T-101",
            "T-IA",
        )
        await at.press("a")
        assert "T-101, attempt 1 · Making Tea" in at.lines[0]


async def test_marked_by_task_the_feedback_begins_with_the_assignment(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_assignment, learner="AAA1") as at:
        await at.press("t", "home", "f")
        assert "T-IA, T-101 attempt 1" in at.lines[0]
        await at.press("q")
        await at.app.marking.action_do("unit.sheet")
        await at.shows("Sheet of AAA1: T-IA, as it would be printed now")


async def test_the_history_of_a_criterion_tells_what_happened_to_its_unit(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=closed_tea, learner="AAA1") as at:
        verifier = at.as_other("ines")
        verifier.verification.sample("AAA1", "T-101", "new assessor")
        verifier.verification.verify("AAA1", "T-101", Said(False, "1.2 is met"))
        verifier.close_down()
        await to_tea(at)
        await at.until(lambda: any("added to this portfolio" in told for told in at.told))
        await at.press("l")
        assert "closed as refer, attempt 1" in at.text
        assert "sampled: attempt 1 picked for verification" in at.text
        assert "verified: attempt 1, ✗ does not agree" in at.text
        assert "1.2 is met" in at.text


def with_both_closed(path: Path) -> Path:
    with_assignment(path)
    centre = Centre.open(path, member="asha", places=places_in(path.parent / "later"))
    for number in ("1.1", "1.2"):
        centre.marking.mark("AAA1", "T-102", number, Result.PASS, "Clean and dry.")
    centre.closings.close("AAA1", "T-102", "Spotless.")
    centre.act_as("ines")
    centre.verification.sample("AAA1", "T-102", "routine")
    centre.close_down()
    return path


async def test_a_held_unit_does_not_hold_back_the_rest_of_its_assignment(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_both_closed, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f", "a")
        assert "Not with it, T-102: held for verification." in at.text
        await at.press("y", "j", "enter")
        (event,) = releases(at)
        assert "T-102 Washing Up is marked and being verified; feedback on it follows." in str(event.body["text"])
        assert "Spotless" not in str(event.body["text"])


def handed_in_again(path: Path) -> Path:
    closed_tea(path)
    centre = Centre.open(path, member="asha", places=places_in(path.parent / "later"))
    list(centre.feedback.release(centre.feedback.draft("AAA1", "T-101")))
    (path / "learners" / "AAA1" / "evidence" / "again.md").write_text("# The pot\n", "utf-8")
    centre.attempts.submit("AAA1", "T-101", declared=Declared("sheet"), authorised_by="ines")
    centre.close_down()
    return path


async def test_what_was_told_of_the_earlier_attempt_is_read_beside_the_resubmission(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=handed_in_again, learner="AAA1") as at:
        await to_tea(at)
        await at.press("j")
        assert at.at == "T-101 1.2"
        assert "f, then [ shows it." in at.text
        await at.press("f")
        assert "DRAFT, not released: the unit is not closed." in at.text
        await at.press("left_square_bracket")
        assert "Attempt 1: released" in at.text
        assert "Which pot do you mean?" in at.text
        assert "DRAFT" not in at.text
        await at.press("left_square_bracket", "y", "enter")
        assert isinstance(at.app.screen, FeedbackScreen)
        await at.press("right_square_bracket")
        assert "DRAFT" in at.text
