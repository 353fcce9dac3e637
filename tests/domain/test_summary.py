"""The summary that is drawn from the notes: what is missing first, and nothing that nobody wrote."""

from __future__ import annotations

from markterm.domain.feedback.feedback import feedback_on_unit
from markterm.domain.feedback.summary import summary_from_notes
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import fold
from tests.samples import UNIT, decision


def drawn(*events: Event) -> str:
    return summary_from_notes(feedback_on_unit(UNIT, fold(events)).units[0])


def test_what_is_missing_comes_first_and_what_is_passed_without_a_note_is_left_out() -> None:
    summary = drawn(
        decision("a", "1.1", note="Both are defined.\nSee p. 4."),
        decision("b", "1.2", note="   "),
        decision("c", "2.1", Result.REFER, note="How well did it work?"),
    )
    assert summary == "2.1: How well did it work?\n1.1: Both are defined. See p. 4."


def test_without_notes_there_is_nothing_to_begin_with() -> None:
    assert drawn(decision("a", "1.1"), decision("b", "1.2")) == ""
