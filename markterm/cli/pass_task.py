"""`markterm pass-task`: every open criterion of a task at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import assignment_argument, learner_argument, task_of
from markterm.cli.asking import at_a_terminal
from markterm.cli.recorded import tell_each_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Criterion
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio


@click.command("pass-task", cls=Command)
@learner_argument
@assignment_argument
@click.argument("task", type=int)
@click.option("--except", "left_out", default="", metavar="CRITERIA", help='Leave these out: "501 1.2, 503 2.1".')
@click.option("--yes", is_flag=True, help="Do not ask first. Without a terminal nothing is asked.")
@pass_session
def command(session: Session, learner: str, assignment: str, task: int, left_out: str, yes: bool) -> None:
    """Pass every open criterion of a task at once.

    Lists them first. Each is a decision of its own; they have one batch in common, so that markterm withdraw --batch
    takes them back together. What is decided already stays as it is, and what is for a higher grade of a graded unit is
    marked one by one.

    \b
    Examples:
      markterm pass-task SOR4415 8580-IA-CERT 3 --as asha
      markterm pass-task SOR4415 8580-IA-CERT 4 --except "501 3.3, 500 2.3" --as asha
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    shown = centre.learners.portfolio(registration)
    named = shown.assignment(assignment)
    of_task = task_of(named, task)
    excepted = _excepted(shown, of_task, left_out)
    waiting = {cell: criterion for cell, criterion in shown.open_in(of_task).items() if cell not in excepted}
    chosen = {cell: criterion for cell, criterion in waiting.items() if criterion.gates}
    for line in _told(named, of_task, chosen):
        click.echo(line, err=True)
    if higher := ", ".join(str(cell) for cell in waiting if cell not in chosen):
        click.echo(one_line(f"For a higher grade, and marked one by one: {higher}."), err=True)
    for brief in centre.briefs.told((named,)):
        if not brief.may_be_issued:
            click.echo(one_line(f"{brief.assignment}: {brief.words}"), err=True)
    if chosen and not yes and at_a_terminal() and not click.confirm("Pass them?", err=True):
        chosen.clear()
        click.echo("Nothing was passed.", err=True)
    passed = centre.marking.pass_at_once(shown, tuple(chosen), named.code, task)
    tell_each_recorded(session, centre, passed, always_list=True)


def _excepted(shown: LearnerPortfolio, task: Task, text: str) -> frozenset[Cell]:
    """The criteria that `501 1.2 1.3, 503 2.1` names. Raises `WrongUse` for one that the task does not carry."""
    carried, named = frozenset(task.cells), set[Cell]()
    for part in filter(str.strip, text.split(",")):
        code, *numbers = part.split()
        cells = {Cell(shown.unit(code).code, number) for number in numbers}
        if not cells or not cells <= carried:
            raise WrongUse(
                "Not in this task",
                f"Task {task.number} carries no criterion {one_line(part)}. Nothing was passed.",
                'Name a unit and its criteria, such as "501 1.2 1.3, 503 2.1".',
            )
        named |= cells
    return frozenset(named)


def _told(assignment: Assignment, task: Task, cells: Mapping[Cell, Criterion]) -> Iterator[str]:
    title = one_line(f"task {task.number} of {assignment.code}, {task.title}")
    if not cells:
        yield f"Nothing is left to pass in {title}."
        return
    yield f"{len(cells)} criteri{'on' if len(cells) == 1 else 'a'} to pass in {title}:"
    for cell, criterion in cells.items():
        other = assignment.decided_elsewhere(cell, task)
        elsewhere = f" (task {other.number} decides it)" if other is not None else ""
        yield f"  {one_line(f'{cell}{elsewhere} {criterion.text}')}"
