"""Whether the brief of an assignment may be given to learners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.record.briefs import BriefState, brief_of
from markterm.domain.record.event import CENTRE, Event
from markterm.domain.rules.act import Act
from markterm.domain.rules.briefs import CHECKLIST, held, verify_brief
from tests.samples import AT, VERIFIER

SHEET = Assignment("T-IA", "Tea", ("T-101",), (Task(1, "Make", cells=(Cell("T-101", "1.1"),)),), sha256="a")
EDITED = replace(SHEET, sha256="b")


def answered(uid: str, *before: Event, unmet: tuple[int, ...] = (), sheet: Assignment = SHEET) -> Event:
    action = ("Explain.", "asha", date(2026, 3, 9)) if unmet else ("", "", None)
    return verify_brief(Act(VERIFIER, CENTRE, AT, uid), sheet, brief_of(before, sheet), unmet, *action)


def test_a_brief_is_verified_as_its_sheet_was() -> None:
    fit = answered("v")
    assert brief_of([], SHEET).state is BriefState.NOT_VERIFIED
    assert brief_of([fit], SHEET).state is BriefState.VERIFIED
    assert brief_of([fit], EDITED).state is BriefState.CHANGED
    assert brief_of([fit], replace(SHEET, code="T-IB")).state is BriefState.NOT_VERIFIED


def test_a_later_answer_replaces_an_earlier_one_and_of_two_apart_both_must_find_it_fit() -> None:
    unfit = answered("u", unmet=(2,))
    later, apart = answered("v", unfit), answered("v")
    assert brief_of([unfit], SHEET).state is BriefState.NOT_FIT
    assert brief_of([unfit, later], SHEET).state is BriefState.VERIFIED
    for order in ([unfit, apart], [apart, unfit]):
        assert brief_of(order, SHEET).state is BriefState.NOT_FIT
    assert brief_of([unfit, apart, answered("w", unfit, apart)], SHEET).state is BriefState.VERIFIED


def test_every_line_of_the_checklist_is_kept_as_it_was_asked() -> None:
    (kept,) = brief_of([answered("u", unmet=(2,))], SHEET).standing
    assert [line.asked for line in kept.said.checklist] == list(CHECKLIST)
    assert [line.met for line in kept.said.checklist].index(False) == 1


@pytest.mark.parametrize(("criterion", "is_held"), [("1.1", True), ("1.2", False)])
def test_what_the_assignment_carries_waits_and_nothing_else(criterion: str, is_held: bool) -> None:
    waiting = [(SHEET, brief_of([], SHEET))]
    assert (held(waiting, Cell("T-101", criterion)) is not None) is is_held
    assert held([(SHEET, brief_of([answered("v")], SHEET))], Cell("T-101", "1.1")) is None
