"""What a matrix shows of a record is where each criterion stands: of any history."""

from __future__ import annotations

from hypothesis import given

from markterm.domain.assessed.assignment import Cell
from markterm.domain.record.event import Event
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.states import CriterionState
from markterm.domain.views.tracking import HELD, MARKS, tracked_units
from tests.domain.test_carrying import NEWER
from tests.domain.test_carrying_any_history import histories
from tests.domain.test_sheet_fit import SHEET, Marking


@given(histories())
def test_every_criterion_has_the_mark_of_its_state(events: list[Event]) -> None:
    own = Marking()
    own.events = events
    beside = own.beside(SHEET, NEWER)
    for unit, tracked in zip(beside.units, tracked_units(beside.units, beside.portfolio), strict=True):
        record = beside.portfolio.unit(unit.key)
        assert tracked.unit == unit.key
        told = dict(zip(tracked.numbers, tracked.states, strict=True))
        assert told == {each.number: MARKS[record.criterion(each.number).state] for each in unit.criteria}


def test_what_waits_for_its_brief_is_held_and_what_is_decided_is_not() -> None:
    held = {Cell(SHEET.code, each.number) for each in SHEET.criteria}
    (tracked,) = tracked_units([SHEET], Portfolio(), held)
    assert set(tracked.states) == {HELD}
    assert set(MARKS) == set(CriterionState)
    assert HELD not in MARKS.values()
