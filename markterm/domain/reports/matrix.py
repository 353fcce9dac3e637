"""The matrix of the assignments: which task carries which criterion of which unit, and what none does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.reports.around import named_few
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.report import Column, Entry, Report, Row, Shape
from markterm.domain.views.coverage import SIGNS, carried, codes_of
from markterm.domain.words.counted import counted

NAME = "matrix"
AXES = (Axis.TASK, Axis.CRITERION)
_NOTES = ("A criterion that several tasks carry is decided in one of them.", *(f"{each}." for each in SIGNS.values()))


def matrix(assignments: Iterable[Assignment], units: Mapping[str, Unit], asked: Asked) -> Report:
    """The matrix of these assignments beside the sheets of the `units` by code: a row for each task, or for each
    criterion."""
    own = [each for each in assignments if asked.unit in ("", *codes_of(each))]
    columns, rows = _by_criterion(own, units, asked) if Axis.CRITERION in asked.by else _by_task(own, units, asked)
    return Report(NAME, f"Matrix of the assignments {asked.in_words}", columns, rows, _NOTES, tuple(_gaps(own, units)))


def _by_task(
    assignments: Sequence[Assignment], units: Mapping[str, Unit], asked: Asked
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    codes = [asked.unit] if asked.unit else list(dict.fromkeys(code for each in assignments for code in codes_of(each)))
    rows = []
    for each in assignments:
        for task in each.tasks:
            words = {code: " ".join(carried(each, units.get(code), task, code)) for code in codes}
            said = "; ".join(f"{code} {told}" for code, told in words.items() if told) or "nothing"
            name = f"{task.number} {task.title}"
            cells = (each.code, name, *(words[code] or None for code in codes))
            rows.append(Row(cells, partial(_entries, each, task, units, asked.unit), f"{name}: {said}"))
    of_units = (Column(code, code, absent="") for code in codes)
    columns = (Column("assignment", "assignment"), Column("task", "task"), *of_units)
    return columns, tuple(rows)


def _by_criterion(
    assignments: Sequence[Assignment], units: Mapping[str, Unit], asked: Asked
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    rows = []
    for each in assignments:
        for cell in (*each.criteria, *each.uncovered(units)):
            if asked.unit in ("", cell.unit):
                tasks, decides = each.tasks_carrying(cell), each.deciding_task(cell)
                told = ", ".join(str(task.number) for task in tasks) or None
                cells = (each.code, cell.unit, cell.criterion, len(tasks), told, decides.number if decides else None)
                rows.append(Row(cells, said=_wording(cell, units)))
    columns = (
        Column("assignment", "assignment"),
        Column("unit", "unit"),
        Column("criterion", "criterion"),
        Column("tasks", "tasks", Shape.COUNT),
        Column("carried_in", "carried in", absent="no task"),
        Column("decided_in", "decided in", Shape.COUNT, absent="no task"),
    )
    return columns, tuple(rows)


def _entries(assignment: Assignment, task: Task, units: Mapping[str, Unit], unit: str) -> Iterator[Entry]:
    for cell in dict.fromkeys(task.cells):
        if unit in ("", cell.unit):
            decides = assignment.deciding_task(cell)
            where = "decided in no task" if decides is None else f"decided in task {decides.number}"
            yield Entry("", UnitKey(cell.unit, ""), cell.criterion, None, f"{where}: {_wording(cell, units)}", "", "")


def _wording(cell: Cell, units: Mapping[str, Unit]) -> str:
    criterion = units[cell.unit].criterion(cell.criterion) if cell.unit in units else None
    return criterion.text if criterion is not None else ""


def _gaps(assignments: Iterable[Assignment], units: Mapping[str, Unit]) -> Iterator[str]:
    for each in assignments:
        for cells, what in ((each.uncovered(units), "carried by no task"), (each.undecided, "decided in no task")):
            if cells:
                told = named_few([str(cell) for cell in cells])
                yield f"{each.code}: {counted(len(cells), 'criterion', 'criteria')} {what}: {told}."
        if missing := each.without_sheet(units):
            yield f"{each.code}: no mark sheet of {named_few(missing)}."
