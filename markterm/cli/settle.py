"""`markterm settle`: a conflict between two decisions, settled by a person."""

from __future__ import annotations

import click

from markterm.cli.arguments import criterion_argument, given_text, learner_argument, unit_argument
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.verbs import tell_recorded
from markterm.domain.event import Result


@click.command("settle", cls=Command)
@learner_argument
@unit_argument
@criterion_argument
@click.argument("result", type=click.Choice([result.value for result in Result]))
@click.option("--reason", required=True, metavar="TEXT", help="Why that decision holds; - reads it from stdin.")
@pass_session
def command(session: Session, learner: str, unit: str, criterion: str, result: str, reason: str) -> None:
    """Settle a conflict between two decisions on one criterion.

    Neither had seen the other. The note of the decision that holds goes on; both decisions stay in the record with the
    reason.

    \b
    Example:
      markterm settle GUE3342 500 1.3 pass --reason "We read session 4 together." --as ben
    """
    text = given_text(reason)
    centre = session.centre()
    registration = centre.find_learner(learner)
    tell_recorded(session, centre, centre.settle(registration, unit, criterion, Result(result), text))
