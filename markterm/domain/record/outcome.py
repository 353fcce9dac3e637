"""What a unit comes to from its criteria: its outcome, the grade of a graded one, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markterm.domain.assessed.level import Level, reached
from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import DECIDED, PASSED, CriterionState, UnitState

_FIRST = (
    CriterionState.STALE,
    CriterionState.CONFLICT,
    CriterionState.RESUBMITTED,
    CriterionState.OPEN,
    CriterionState.REFER,
)


_UNSETTLED = frozenset({CriterionState.STALE, CriterionState.CONFLICT})


def outcome(unit: Unit, record: UnitRecord) -> CriterionState:
    """What a unit comes to from its criteria: stale, a conflict, resubmitted or open while one criterion is, refer when
    all are decided and one is referred, pass when every criterion is passed. Without a sheet it comes to nothing.

    A criterion for a higher grade neither refers the unit nor keeps it open; which of two decisions on it holds, and
    what was decided on another wording, is settled all the same, for the grade rests on it."""
    states = set(record.states(unit.gating))
    if unit.higher:
        states |= _UNSETTLED.intersection(record.states(unit.higher))
    for state in _FIRST:
        if state in states:
            return state
    if unit.no_sheet:
        return CriterionState.OPEN
    return CriterionState.PASS if states else CriterionState.OPEN


def grade(unit: Unit, record: UnitRecord) -> Level | None:
    """The grade that a graded unit comes to with what is decided by now; None while pass is not reached, and for a unit
    that is not graded."""
    return _reached(unit.criteria, record) if unit.graded else None


def aim_grades(unit: Unit, record: UnitRecord) -> Mapping[str, Level | None]:
    """The grade of each learning aim of a graded unit, by its letter, with what is decided by now; None while its pass
    is not reached. The unit's own needs every aim."""
    return {aim: _reached(own, record) for aim, own in unit.aims.items()}


def _reached(criteria: Iterable[Criterion], record: UnitRecord) -> Level | None:
    levelled = ((each.level, each.number) for each in criteria if each.level is not None)
    return reached(levelled, lambda number: record.criterion(number).state in PASSED)


def unit_state(unit: Unit, record: UnitRecord) -> UnitState:
    """Where the unit stands: closed with its outcome, or how far the marking is."""
    if record.closing is not None:
        return record.closing.state
    if outcome(unit, record) in DECIDED:
        return UnitState.DECIDED
    started = any(each.live or each.citations for each in record.criteria.values())
    return UnitState.MARKING if started else UnitState.NOT_STARTED


def so_far_word(unit: Unit, record: UnitRecord) -> str:
    """What a unit comes to by now, in a word: the grade of a graded one that is decided, else the state it comes to."""
    reached_by_now = grade(unit, record) if outcome(unit, record) in DECIDED else None
    return reached_by_now.value if reached_by_now is not None else outcome(unit, record).value


def count_open_higher(unit: Unit, record: UnitRecord) -> int:
    """How many of the criteria for a higher grade are not decided."""
    return record.states(unit.higher).count(CriterionState.OPEN)


def count(unit: Unit, record: UnitRecord, *states: CriterionState) -> int:
    """How many criteria of the unit are in one of these states."""
    return sum(map(record.states(unit.criteria).count, states))
