"""Which criteria of a unit a task of an assignment carries, in words: `1.1-1.4 2.1* (3.1)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.criterion_number import outcome_of

_IN_A_RANGE = 3
SIGNS = {
    "*": "3.1* is decided in this task; others carry it too",
    ")": "(3.1) is decided in another task",
    "?": "3.1? is carried by several tasks, and none of them decides it",
}
"""What the last sign of such a word means, where it is one of these."""


def carried(assignment: Assignment, unit: Unit | None, task: Task, code: str) -> Iterator[str]:
    """The criteria of the unit of that code that a task carries, three or more that follow one another on the sheet as
    a range; the `unit` is None where the centre has no sheet for it."""
    if code not in task.by_unit:
        return
    places = {criterion.number: place for place, criterion in enumerate(unit.criteria)} if unit is not None else {}
    run: list[str] = []
    for number in dict.fromkeys(task.by_unit[code]):
        word = _word(assignment, task, Cell(code, number))
        follows = run and places.get(run[-1], -2) + 1 == places.get(number) and word == number
        if not (follows and outcome_of(run[-1]) == outcome_of(number)):
            yield from _range(run)
            run = []
        run.append(word)
    yield from _range(run)


def codes_of(assignment: Assignment) -> tuple[str, ...]:
    """The units of an assignment, and those that only a task names."""
    return tuple(dict.fromkeys((*assignment.units, *(cell.unit for cell in assignment.criteria))))


def _word(assignment: Assignment, task: Task, cell: Cell) -> str:
    """A criterion's number, with the sign that says where it is decided."""
    if len(assignment.tasks_carrying(cell)) == 1:
        return cell.criterion
    decides = assignment.deciding_task(cell)
    if decides is None:
        return f"{cell.criterion}?"
    return f"{cell.criterion}*" if decides is task else f"({cell.criterion})"


def _range(run: Sequence[str]) -> Sequence[str]:
    return run if len(run) < _IN_A_RANGE else (f"{run[0]}-{run[-1]}",)
