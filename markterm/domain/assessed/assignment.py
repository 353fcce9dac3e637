"""An integrated assignment: tasks that gather evidence for several units, each of which keeps its own outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from markterm.domain.assessed.unit import Unit
from markterm.domain.words.code import suite_of
from markterm.domain.words.criterion_number import sort_key

MOST_TASKS_UNMARKED = 2
"""A criterion that more tasks carry is decided in no single place, unless one of them says that it is there."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion of one unit, by the unit's code and the criterion's number."""

    unit: str
    criterion: str

    def __str__(self) -> str:
        return f"{self.unit} {self.criterion}"


@dataclass(frozen=True)
class Task:
    """What the learner is asked to do, and the criteria that the work is evidence for.

    `brief` is Markdown for the learner, `evidence` what is handed in. `decides` are those of `cells` that the sheet
    marks as decided in this task, where other tasks carry them too.
    """

    number: int
    title: str
    brief: str = ""
    cells: tuple[Cell, ...] = ()
    evidence: str = ""
    decides: frozenset[Cell] = frozenset()

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[str, ...]]:
        """The numbers of the criteria that the task carries, by unit, both as the sheet orders them."""
        numbers: dict[str, list[str]] = {}
        for cell in self.cells:
            numbers.setdefault(cell.unit, []).append(cell.criterion)
        return MappingProxyType({unit: tuple(carried) for unit, carried in numbers.items()})


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One task's row of the matrix: for each unit of the assignment, in its order, the criteria that it carries."""

    task: Task
    criteria: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Assignment:
    """Units combined in one assignment.

    `units` are their codes. `approved` and `approval` are the day and the reference of the awarding organisation's
    approval, None and empty if there is none. `due` is the day on which it is due for everybody; `mixed_suites` says
    that units of different suites are meant; `sha256` is that of its sheet.
    """

    code: str
    title: str
    units: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    approved: date | None = None
    approval: str = ""
    guidance: str = ""
    mixed_suites: bool = False
    due: date | None = field(default=None, compare=False)
    sha256: str = field(default="", compare=False)

    @property
    def lacks_approval(self) -> str:
        """What its sheet does not say of the awarding organisation's approval, in a clause; empty where it says the
        day and the reference."""
        if self.approved is None and not self.approval:
            return "no approval of the awarding organisation is recorded in its sheet"
        if self.approved is None:
            return "its sheet does not say on which day the awarding organisation approved it"
        return "" if self.approval else "its sheet gives no reference of the awarding organisation's approval"

    @cached_property
    def criteria(self) -> tuple[Cell, ...]:
        """Every criterion that is carried, once each: by the order of `units`, then by number."""
        order = {unit: place for place, unit in enumerate(self.units)}
        return tuple(
            sorted(self._tasks_of, key=lambda cell: (order.get(cell.unit, len(order)), sort_key(cell.criterion)))
        )

    @cached_property
    def numbers(self) -> Mapping[str, frozenset[str]]:
        """The numbers of the criteria that are carried, by unit."""
        numbers: dict[str, set[str]] = {}
        for cell in self._tasks_of:
            numbers.setdefault(cell.unit, set()).add(cell.criterion)
        return MappingProxyType({unit: frozenset(carried) for unit, carried in numbers.items()})

    def task(self, number: int) -> Task | None:
        """The task of that number, or None."""
        return next((task for task in self.tasks if task.number == number), None)

    def tasks_carrying(self, cell: Cell) -> tuple[Task, ...]:
        """The tasks that gather evidence for a criterion, in their order."""
        return self._tasks_of.get(cell, ())

    def deciding_task(self, cell: Cell) -> Task | None:
        """The task in which a criterion is decided; None if there is no single one.

        It is the one task that is marked so; if none is, the last of those that carry it, as long as they are few
        enough to be kept in view (`MOST_TASKS_UNMARKED`).
        """
        tasks = self.tasks_carrying(cell)
        marked = [task for task in tasks if cell in task.decides]
        if marked:
            return marked[0] if len(marked) == 1 else None
        return tasks[-1] if 0 < len(tasks) <= MOST_TASKS_UNMARKED else None

    def decided_elsewhere(self, cell: Cell, task: Task) -> Task | None:
        """The task that decides a criterion, if that is another one than `task`."""
        deciding = self.deciding_task(cell)
        return deciding if deciding is not task else None

    def matrix(self) -> tuple[MatrixRow, ...]:
        """Task by unit: the criteria that each task carries of each unit."""
        return tuple(MatrixRow(task, tuple(task.by_unit.get(unit, ()) for unit in self.units)) for task in self.tasks)

    def uncovered(self, units: Mapping[str, Unit]) -> tuple[Cell, ...]:
        """The criteria of its units that no task carries, in the order of the sheets in `units`, by code."""
        return tuple(
            cell
            for code in self.units
            if code in units
            for criterion in units[code].asked
            if (cell := Cell(code, criterion.number)) not in self._tasks_of
        )

    @property
    def undecided(self) -> tuple[Cell, ...]:
        """The criteria that several tasks carry and none decides."""
        return tuple(cell for cell in self.criteria if self.deciding_task(cell) is None)

    def without_sheet(self, units: Mapping[str, Unit]) -> tuple[str, ...]:
        """Those of its units that are not in `units`, by code."""
        return tuple(code for code in self.units if code not in units)

    @property
    def suites(self) -> tuple[str, ...]:
        """The suites that the units are of, once each."""
        return tuple(dict.fromkeys(suite_of(code) for code in self.units))

    @cached_property
    def _tasks_of(self) -> dict[Cell, tuple[Task, ...]]:
        tasks: dict[Cell, list[Task]] = {}
        for task in self.tasks:
            for cell in dict.fromkeys(task.cells):
                tasks.setdefault(cell, []).append(task)
        return {cell: tuple(carrying) for cell, carrying in tasks.items()}
