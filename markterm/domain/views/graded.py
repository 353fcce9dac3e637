"""What is to be said of the criteria of a graded sheet that are for a higher grade, beside the outcome."""

from __future__ import annotations

from markterm.domain.assessed.level import Level
from markterm.domain.assessed.unit import LearningOutcome, Unit
from markterm.domain.record.outcome import aim_grades, grade
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import CriterionState

_LEFT = (CriterionState.NOT_ACHIEVED, CriterionState.OPEN)


def grade_so_far(unit: Unit, record: UnitRecord) -> str:
    """What a graded unit has reached by now, `merit so far`."""
    return f"{_word(grade(unit, record))} so far"


def aims_told(unit: Unit, record: UnitRecord, outcome: LearningOutcome | None = None) -> str:
    """What each learning aim has reached, `A merit, B no pass so far`, of one outcome or of all; empty where there is
    none. Of a unit that is closed it is not so far: nothing more is decided in it."""
    grades = aim_grades(unit, record)
    aims = grades if outcome is None else unit.aims_in(outcome)
    told = ", ".join(f"{aim} {_word(grades[aim])}" for aim in aims)
    return f"{told} so far" if told and record.closing is None else told


def _word(reached: Level | None) -> str:
    return reached.value if reached is not None else "no pass"


def higher_left(unit: Unit, record: UnitRecord) -> str:
    """Which criteria for a higher grade are not achieved and which are open, `M2 not achieved; D1 open`; empty where
    all are achieved, and for a unit that is not graded."""
    by_state: dict[CriterionState, list[str]] = {}
    for each in unit.higher:
        by_state.setdefault(record.criterion(each.number).state, []).append(each.number)
    return "; ".join(f"{', '.join(by_state[state])} {state.value}" for state in _LEFT if state in by_state)
