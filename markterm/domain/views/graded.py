"""What is to be said of the criteria of a graded sheet that are for a higher grade, beside the outcome."""

from __future__ import annotations

from markterm.domain.assessed.unit import Unit
from markterm.domain.record.outcome import grade
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import CriterionState

_LEFT = (CriterionState.NOT_ACHIEVED, CriterionState.OPEN)


def grade_so_far(unit: Unit, record: UnitRecord) -> str:
    """What a graded unit has reached by now, `merit so far`."""
    by_now = grade(unit, record)
    return f"{by_now.value if by_now is not None else 'no pass'} so far"


def higher_left(unit: Unit, record: UnitRecord) -> str:
    """Which criteria for a higher grade are not achieved and which are open, `M2 not achieved; D1 open`; empty where
    all are achieved, and for a unit that is not graded."""
    by_state: dict[CriterionState, list[str]] = {}
    for each in unit.higher:
        by_state.setdefault(record.criterion(each.number).state, []).append(each.number)
    return "; ".join(f"{', '.join(by_state[state])} {state.value}" for state in _LEFT if state in by_state)
