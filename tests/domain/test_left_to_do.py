"""What a unit waits for next and how much of it is left, as the head of a screen says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from markterm.domain.record.states import UnitState
from markterm.domain.views.caseload import UnitProgress
from markterm.domain.views.due import Due, Person, Step
from markterm.domain.views.left_to_do import LeftToDo, left_to_do

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
MARK = Due(Step.MARK, Person.ASSESSOR, AT)


def unit(*due: Due, decided: int = 6, conflicts: int = 0) -> UnitProgress:
    return UnitProgress("8580-501", UnitState.MARKING, decided, decided, 10, due, conflicts)


def test_marking_goes_before_what_waits_longer_and_says_how_much_is_left() -> None:
    declared = Due(Step.SUBMIT, Person.LEARNER, AT - timedelta(days=9))
    assert left_to_do(unit(declared, MARK)) == LeftToDo("4 of 10 to mark", AT, Step.MARK)


def test_a_conflict_or_a_stale_decision_is_not_counted_as_left_to_mark_and_is_named() -> None:
    assert left_to_do(unit(MARK, conflicts=1)).words == "3 of 10 to mark, 1 conflict"
    assert left_to_do(unit(MARK)._replace(stale=2)).words == "2 of 10 to mark, 2 to settle"


def test_of_how_many_stays_the_same_while_those_for_a_higher_grade_are_decided() -> None:
    assert left_to_do(unit(MARK)._replace(higher_open=3)).words == "1 of 10 to mark"
    assert left_to_do(unit(MARK, decided=7)._replace(higher_open=2)).words == "1 of 10 to mark"


def test_what_is_not_to_be_marked_waits_for_what_waits_longest() -> None:
    assert left_to_do(unit(Due(Step.CLOSE, Person.ASSESSOR, AT), decided=10)).words == "to close"
    verify, release = Due(Step.VERIFY, Person.VERIFIER, AT), Due(Step.RELEASE, Person.ASSESSOR, AT)
    assert left_to_do(unit(verify, release, decided=10)).words == "verifier to verify"


def test_a_step_of_several_words_is_told_without_hyphens_and_with_since_when_it_waits() -> None:
    brief = Due(Step.VERIFY_BRIEF, Person.ASSESSOR, AT)
    assert left_to_do(unit(brief)) == LeftToDo("to verify brief", AT, Step.VERIFY_BRIEF)


def test_of_a_closed_unit_that_waits_for_nobody_it_says_that_nothing_waits() -> None:
    closed = unit(decided=10)._replace(state=UnitState.CLOSED_PASS)
    assert left_to_do(closed) == LeftToDo("nothing more to mark")
    assert left_to_do(closed._replace(state=UnitState.CLOSED_REFER)).words == "nothing more to mark"


def test_what_is_not_closed_and_waits_for_nobody_has_no_words() -> None:
    assert left_to_do(unit(decided=10)) == LeftToDo("")
