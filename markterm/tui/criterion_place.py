"""Where a criterion stands among a learner's units: what a cursor is on."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.domain.assessed.assignment import Task
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit


@dataclass(frozen=True, slots=True)
class CriterionPlace:
    """A criterion and the unit and outcome it belongs to; `task` is the one it is seen in, when marking by task."""

    unit: Unit
    outcome: LearningOutcome
    criterion: Criterion
    task: Task | None = None
