"""`markterm mark`: a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import criterion_argument, given_text, learner_argument, task_of, unit_argument
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.verbs import tell_each_recorded, tell_recorded
from markterm.domain.decision import Occasion
from markterm.domain.errors import Refused, WrongUse
from markterm.domain.event import Result
from markterm.domain.foreign_text import one_line
from markterm.domain.marking import with_sheet

if TYPE_CHECKING:
    from markterm.learner_portfolio import LearnerPortfolio


@click.command("mark", cls=Command)
@learner_argument
@unit_argument
@criterion_argument
@click.argument("result", required=False, type=click.Choice(Result, case_sensitive=False))
@click.option("--note", default="", metavar="TEXT", help="Feedback on the criterion; - reads it from stdin.")
@click.option("--marks", type=int, metavar="N", help="Instead of RESULT: the marks, where the sheet has them.")
@click.option(
    "--assignment",
    default="",
    metavar="CODE",
    help="The integrated assignment it is decided in.",
    shell_complete=completion.assignments,
)
@click.option("--task", type=int, metavar="N", help="The task of the assignment.")
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str,
    criterion: str,
    result: Result | None,
    note: str,
    marks: int | None,
    assignment: str,
    task: int | None,
) -> None:
    """Mark a criterion pass or refer. A referral needs a note.

    CRITERION may be several with commas between; each is a decision of its own, with the same note. A decision that
    stands is replaced, and stays in the record.

    Where a sheet has marks, --marks converts them: pass from the criterion's own minimum on.

    \b
    Examples:
      markterm mark JON2041 501 1.3 pass --as asha
      markterm mark JON2041 501 3.3 refer --note "One name can be recognised." --as asha
      markterm mark JON2041 503 1.1,1.2 pass --note - --as asha < note.txt
      markterm mark JON2041 501 1.3 pass --assignment 8580-IA-CERT --task 3 --as asha
      markterm mark JON2041 301 2.1 --marks 12 --as asha
    """
    numbers = [number.strip() for number in criterion.split(",") if number.strip()]
    _check_options(result, marks, assignment, task, len(numbers))
    text = given_text(note)
    centre = session.centre()
    registration = centre.find_learner(learner)
    shown = centre.portfolio(registration)
    code = _checked_unit(shown, unit, numbers, criterion)
    if marks is not None:
        tell_recorded(session, centre, centre.mark_by_marks(registration, code, numbers[0], marks, text))
    elif result is not None:
        occasion = _occasion(shown, assignment, task, code, numbers)
        decisions = (centre.mark(registration, code, each, result, text, occasion=occasion) for each in numbers)
        tell_each_recorded(session, centre, decisions, always_list=False)


def _check_options(result: Result | None, marks: int | None, assignment: str, task: int | None, criteria: int) -> None:
    """Raise `WrongUse` or `Refused` when the options do not go together."""
    if marks is not None and (assignment or task is not None):
        raise Refused(
            "An integrated assignment takes no marks",
            "Its units differ in size and level, so their numbers do not add up.",
            "Mark pass or refer in the task; marks belong on the unit's own sheet, without --assignment.",
        )
    if marks is not None and result is not None:
        raise WrongUse(
            "Marks or a result",
            "Marks are converted to pass or refer, so only one of the two can be given.",
            f"Leave out {result.value}, or leave out --marks.",
        )
    if marks is None and result is None:
        raise WrongUse("Pass or refer?", "No result was given.", "End with pass or refer, or give --marks.")
    if marks is not None and criteria > 1:
        raise WrongUse(
            "Marks are for one criterion", f"{criteria} criteria were given.", "Give each criterion its own marks."
        )
    if bool(assignment) != (task is not None):
        missing, given = ("--task", "--assignment") if assignment else ("--assignment", "--task")
        raise WrongUse("In which task?", f"{given} was given without {missing}.", "Give both, or neither.")


def _checked_unit(shown: LearnerPortfolio, unit: str, numbers: list[str], given: str) -> str:
    """The code of the unit. All or none: a slip in the last number must not leave the first ones marked."""
    found = with_sheet(shown.unit(unit))
    unknown = [number for number in numbers if found.criterion(number) is None]
    if unknown or not numbers:
        raise WrongUse(
            "No such criterion",
            f"{found.code} has no criterion {one_line(', '.join(unknown) or given)}. Nothing was marked.",
            f"Its criteria are {', '.join(each.number for each in found.criteria)}.",
        )
    return found.code


def _occasion(
    shown: LearnerPortfolio, assignment: str, number: int | None, code: str, numbers: list[str]
) -> Occasion | None:
    """The task that was named, once it is clear that it carries every one of these criteria of the unit."""
    if number is None:
        return None
    named = shown.assignment(assignment)
    task = task_of(named, number)
    if strange := [each for each in numbers if each not in task.by_unit.get(code, ())]:
        carried = "; ".join(f"{unit} {', '.join(criteria)}" for unit, criteria in task.by_unit.items())
        raise WrongUse(
            "Not in this task",
            f"Task {number} of {named.code} does not carry {code} {', '.join(strange)}. Nothing was marked.",
            f"It carries {one_line(carried) or 'nothing'}. Name the right task, or mark without --assignment.",
        )
    return Occasion(named.code, number)
