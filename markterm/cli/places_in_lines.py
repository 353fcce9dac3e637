"""Through which criteria marking by lines goes: those of a unit, of all units, or of the tasks of an assignment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from markterm.cli.arguments import task_of
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.record.decision import Occasion
from markterm.domain.rules.act import assessor, in_role
from markterm.domain.words.code import is_code
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.learner_portfolio import LearnerPortfolio


class Place(NamedTuple):
    """A criterion of a unit, and the task in which it is decided where that is by task."""

    unit: Unit
    criterion: Criterion
    assignment: Assignment | None = None
    task: Task | None = None

    @property
    def name(self) -> str:
        """The code of the unit and the number of the criterion."""
        return one_line(f"{self.unit.code} {self.criterion.number}")

    @property
    def occasion(self) -> Occasion | None:
        """The task in which it is decided; None for one that is decided in its unit."""
        if self.assignment is None or self.task is None:
            return None
        return Occasion(self.assignment.code, self.task.number)

    def is_meant(self, typed: str) -> bool:
        """Whether somebody who types that goes there: the number, with the unit or a task before it or without."""
        of, _, number = typed.rpartition(" ")
        return number == self.criterion.number and (not of.strip() or is_code(of.strip(), self.unit.code.casefold()))


def places_to_mark(
    centre: Centre, shown: LearnerPortfolio, unit: str | None, assignment: str, task: int | None
) -> tuple[Place, ...]:
    """The criteria that whoever acts goes through, in their order.

    Raises `Refused` when they may mark none of them, and `WrongUse` when there is no such unit, assignment or task.
    """
    act = centre.recorder.act(shown.learner.registration)
    if unit is not None:
        named = shown.unit(unit)
        assessor(act, named)
        units: tuple[Unit, ...] = (named,)
    else:
        member = in_role(act, Role.ASSESSOR, "Only an assessor marks", "Ask an assessor")
        units = tuple(
            each for each in shown.units if member.approved_for(each.code) or member.in_training_for(each.code)
        )
        if not units:
            raise Refused(
                "No unit of yours",
                f"{member.name} ({member.id}) may mark none of the units of {shown.learner.registration}.",
                "Ask an assessor who is approved for them.",
            )
    if not assignment:
        return tuple(Place(each, criterion) for each in units for criterion in each.criteria)
    of = shown.assignment(assignment)
    tasks = of.tasks if task is None else (task_of(of, task),)
    places = tuple(_by_task(units, of, tasks))
    if not places:
        raise Refused(
            "Nothing to mark in it",
            f"{of.code} carries no criterion of {', '.join(each.code for each in units)} there.",
            "Name another task, or leave it out.",
        )
    return places


def _by_task(units: Sequence[Unit], assignment: Assignment, tasks: Sequence[Task]) -> Iterator[Place]:
    """Task by task the criteria that it carries, as the screen lists them."""
    found = {Cell(unit.code, criterion.number): (unit, criterion) for unit in units for criterion in unit.criteria}
    for task in tasks:
        for cell in dict.fromkeys(task.cells):
            if cell in found:
                yield Place(*found[cell], assignment, task)
