"""`markterm comment`: a comment on a section of a sheet."""

from __future__ import annotations

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text, learner_argument
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse


@click.command("comment", cls=Command)
@learner_argument
@click.argument("unit", required=False, shell_complete=completion.units)
@click.option("--outcome", type=int, metavar="NUMBER", help="On the learning outcome of that number of the UNIT.")
@click.option(
    "--assignment",
    default="",
    metavar="CODE",
    help="On a task of this assignment.",
    shell_complete=completion.assignments,
)
@click.option("--task", type=int, metavar="NUMBER", help="The task.")
@click.option("--text", required=True, metavar="TEXT", help="The comment; - reads it from stdin. Empty takes it back.")
@pass_session
def command(
    session: Session, learner: str, unit: str | None, outcome: int | None, assignment: str, task: int | None, text: str
) -> None:
    """Comment on a section of a mark sheet.

    On a learning outcome of a UNIT, or on a task of an integrated assignment; it stands on the sheet under what the
    section comes to, and replaces the comment that stood there. The learner is told what criteria and the summary say,
    not this.

    \b
    Examples:
      markterm comment JON2041 500 --outcome 1 --text "Both models set side by side." --as asha
      markterm comment SOR4415 --assignment 8580-IA-CERT --task 2 --text "The talk holds together." --as asha
    """
    of_unit, of_task = unit and outcome is not None, assignment and task is not None
    if bool(of_unit) == bool(of_task) or bool(unit) == bool(assignment):
        raise WrongUse(
            "On which section?",
            "A comment is on one section of a sheet.",
            "Name a UNIT and --outcome, or --assignment and --task.",
        )
    written = given_text(text)
    centre = session.centre()
    registration = centre.learners.find(learner)
    if unit and outcome is not None:
        tell_recorded(session, centre, centre.marking.comment(registration, unit, outcome, written))
    elif task is not None:
        tell_recorded(session, centre, centre.marking.comment_on_task(registration, assignment, task, written))
