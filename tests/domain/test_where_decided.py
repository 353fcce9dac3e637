"""Where a decision was made: under the task as it was called then, never under another one that has its number now."""

from __future__ import annotations

import pytest

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.record.decision import Occasion
from markterm.domain.record.where_decided import where_decided

CELL = Cell("T-101", "1.1")
TEA, BREAD = Task(1, "Make the tea", cells=(CELL,)), Task(2, "Bake the bread")
OWN = Assignment("T-IA", "Tea", ("T-101",), (TEA, BREAD))
RENUMBERED = Assignment("T-IA", "Tea", ("T-101",), (Task(1, "Buy it"), Task(2, "Make the tea", cells=(CELL,))))
SHORTER = Assignment("T-IA", "Tea", ("T-101",), ())


@pytest.mark.parametrize(
    ("occasion", "assignments", "told"),
    [
        (Occasion(), (OWN,), ""),
        (Occasion("T-IA", 1, title="Make the tea"), (OWN,), "T-IA, task 1"),
        (Occasion("T-IA", 1, title="Make  the tea."), (OWN,), "T-IA, task 1"),
        (Occasion("T-IA", 1, title="Make the tea"), (RENUMBERED,), "T-IA, task 1 then “Make the tea”"),
        (Occasion("T-IA", 1, title="Make the tea"), (SHORTER,), "T-IA, task 1 then “Make the tea”"),
        (Occasion("T-IA", 1, title="Make the tea"), (), "T-IA, task 1 “Make the tea”"),
        (Occasion("T-IA", 1), (OWN,), "T-IA, task 1"),
        (Occasion("T-IA", 1), (RENUMBERED,), "T-IA, task 1 then"),
        (Occasion("T-IA", 1), (), "T-IA, task 1"),
    ],
)
def test_a_task_is_told_as_it_was_recorded(occasion: Occasion, assignments: tuple[Assignment, ...], told: str) -> None:
    assert where_decided(occasion, assignments, CELL) == told
