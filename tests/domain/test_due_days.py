"""When work is due: what was set for a learner goes before the sheet, and of a unit the first day counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.due_days import due_on, in_words
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import UnitState
from markterm.domain.rules.act import Act
from markterm.domain.rules.due_days import set_due, stands_so
from markterm.domain.rules.marking import close
from markterm.domain.views.caseload import CaseloadRow, Order, UnitProgress, sort_rows
from markterm.domain.views.caseload_filter import CASELOAD_FILTER, filter_rows
from markterm.domain.views.due import Due, Person, Step
from markterm.domain.views.totals import waits_for_you
from markterm.domain.views.unit_told import unit_told
from markterm.domain.words.errors import Refused, WrongUse
from tests.samples import ASSESSOR, LEARNER, UNIT, decision, declaration

TODAY = date(2026, 12, 1)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
EARLY, LATE = date(2026, 12, 4), date(2026, 12, 18)
IN_TWO = Assignment("T-IA", "Both", (UNIT.code,), due=LATE)


def _set(work: Unit | Assignment, before: Portfolio, on: date | None, why: str = "", uid: str = "d1") -> Event:
    act = Act(ASSESSOR, "AAA1", datetime(2026, 11, 1, tzinfo=UTC), uid)
    return set_due(act, work, before, on, why)


def _row(name: str, *units: UnitProgress) -> CaseloadRow:
    return CaseloadRow(name, name, name, units=units)


def _unit(on: date | None, **other: Any) -> UnitProgress:
    return UnitProgress("501", UnitState.MARKING, 1, 1, 4, due_on=on)._replace(**other)


def test_the_day_that_was_set_for_the_learner_goes_before_that_of_the_sheet_also_where_it_is_none() -> None:
    unit = replace(UNIT, due=LATE)
    assert due_on(unit, (), {}) == LATE
    assert due_on(unit, (), fold([_set(unit, Portfolio(), EARLY)]).due_days) == EARLY
    assert due_on(unit, (), fold([_set(unit, Portfolio(), None)]).due_days) is None


def test_a_unit_of_an_assignment_is_due_on_the_first_day_of_both() -> None:
    assert due_on(UNIT, [IN_TWO], {}) == LATE
    assert due_on(replace(UNIT, due=EARLY), [IN_TWO], {}) == EARLY
    assert due_on(UNIT, [IN_TWO], fold([_set(IN_TWO, Portfolio(), EARLY)]).due_days) == EARLY
    assert due_on(UNIT, [replace(IN_TWO, units=("other",))], {}) is None


def test_another_day_needs_a_reason_replaces_the_one_before_and_the_same_day_is_refused() -> None:
    first = _set(UNIT, Portfolio(), EARLY)
    before = fold([first])
    with pytest.raises(Refused, match="stands so"):
        _set(UNIT, before, EARLY, "again")
    with pytest.raises(Refused, match="reason"):
        _set(UNIT, before, LATE)
    second = _set(UNIT, before, LATE, "Ill for a week.", "d2")
    assert second.supersedes == ("d1",)
    after = fold([first, second])
    assert due_on(UNIT, (), after.due_days) == LATE
    assert stands_so(UNIT, after, LATE)
    assert in_words(second) == "due on 2026-12-18"


def test_of_two_days_that_were_set_without_seeing_each_other_the_first_counts_and_both_are_replaced() -> None:
    both = fold([_set(UNIT, Portfolio(), LATE), _set(UNIT, Portfolio(), EARLY, uid="d2")])
    assert due_on(UNIT, (), both.due_days) == EARLY
    assert set(_set(UNIT, both, date(2026, 12, 9), "agreed", "d3").supersedes) == {"d1", "d2"}


def test_a_day_that_is_none_makes_the_entry_one_that_is_not_understood() -> None:
    event = _set(UNIT, Portfolio(), EARLY)
    broken = replace(event, body={"on": "soon"})
    assert fold([broken]).due_days == {}


def test_work_is_due_as_long_as_it_is_unfinished() -> None:
    assert "due 2026-12-04" in unit_told(_unit(EARLY), TODAY)
    assert "! due today" in unit_told(_unit(TODAY), TODAY)
    assert "! was due 2026-12-04" in unit_told(_unit(EARLY), LATE)
    closed = _unit(EARLY, state=UnitState.CLOSED_PASS)
    assert closed.due_day is None
    assert "due" not in unit_told(closed, LATE)
    assert _unit(EARLY, state=UnitState.CLOSED_PASS, changed=True).due_day == EARLY


def test_what_is_closed_is_due_no_more_and_an_assignment_is_when_all_its_units_are() -> None:
    marked = fold([declaration(), *(decision(number, number) for number in ("1.1", "1.2", "2.1"))])
    act = Act(ASSESSOR, LEARNER, NOON, "closing")
    closed = marked.with_event(close(act, UNIT, marked, "Well done."))
    with pytest.raises(Refused, match="It is closed"):
        _set(UNIT, closed, EARLY)
    with pytest.raises(Refused, match="It is closed"):
        _set(IN_TWO, closed, EARLY)
    one_is_left = replace(IN_TWO, units=(UNIT.code, "502"))
    assert _set(one_is_left, closed, EARLY).kind == Kind.DUE_SET


def test_after_a_referral_the_day_before_is_over_and_another_is_set_without_a_reason() -> None:
    unit = replace(UNIT, due=LATE)
    first = _set(unit, Portfolio(), EARLY)
    marked = fold([first, declaration(), *(decision(number, number) for number in ("1.1", "1.2"))])
    marked = marked.with_event(decision("2.1", "2.1", result=Result.REFER, note="Which?"))
    referred = marked.with_event(close(Act(ASSESSOR, LEARNER, NOON, "closing"), unit, marked, "Again."))
    record = referred.unit(UNIT.key)
    assert record.referred_at == NOON
    assert due_on(unit, [IN_TWO], referred.due_days, record.referred_at) is None
    again = set_due(Act(ASSESSOR, LEARNER, NOON + timedelta(hours=1), "d2"), unit, referred, EARLY)
    assert again.supersedes == ("d1",)
    after = referred.with_event(again)
    assert due_on(unit, [IN_TWO], after.due_days, record.referred_at) == EARLY
    assert stands_so(unit, after, EARLY)
    assert _unit(EARLY, state=UnitState.CLOSED_REFER).due_day == EARLY


def test_the_filter_finds_what_is_due_and_is_bound_to_the_unit() -> None:
    rows = [_row("late", _unit(date(2026, 11, 30))), _row("today", _unit(TODAY)), _row("week", _unit(EARLY))]
    rows += [_row("later", _unit(LATE)), _row("none", _unit(None))]
    found = {
        value: [row.name for row in filter_rows(rows, f"due:{value}", TODAY)]
        for value in ("overdue", "today", "week", "none", "2026-12-04")
    }
    assert found == {
        "overdue": ["late"],
        "today": ["late", "today"],
        "week": ["late", "today", "week"],
        "none": ["none"],
        "2026-12-04": ["late", "today", "week"],
    }
    both = _row("both", _unit(TODAY), _unit(None, code="502"))
    assert filter_rows([both], "unit:502 due:today", TODAY) == []
    CASELOAD_FILTER.check("due:2026-12-04 due:week")
    with pytest.raises(WrongUse):
        CASELOAD_FILTER.check("due:2026-13-04")


def test_what_is_due_first_comes_first() -> None:
    rows = [_row("a", _unit(None)), _row("b", _unit(LATE)), _row("c", _unit(LATE), _unit(EARLY, code="502"))]
    assert [row.name for row in sort_rows(rows, Order.DUE)] == ["c", "b", "a"]


def test_how_much_of_what_waits_for_you_is_left_today_is_counted() -> None:
    yours = (Due(Step.MARK, Person.ASSESSOR),)
    rows = [
        _row("a", _unit(TODAY, code=UNIT.code, due=yours)),
        _row("b", _unit(EARLY, code=UNIT.code, due=yours)),
        _row("c", _unit(TODAY, due=(Due(Step.SUBMIT, Person.LEARNER),))),
    ]
    waits = waits_for_you(rows, ASSESSOR, NOON)
    assert waits.in_words(rows) == "2 wait for you, 1 due today: 3 left"
    done = [rows[0], _row("d", _unit(TODAY, code=UNIT.code, due=yours, decided=4))]
    assert waits_for_you(done[1:], ASSESSOR, NOON).in_words(done[1:]) == "1 waits for you, 1 due today"


def test_the_kind_is_of_a_learner() -> None:
    assert _set(UNIT, Portfolio(), EARLY).kind == Kind.DUE_SET
