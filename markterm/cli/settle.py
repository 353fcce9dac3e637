"""`markterm settle`: a conflict between two decisions, settled by a person."""

from __future__ import annotations

import click

from markterm.cli.arguments import criterion_argument, given_text, learner_argument, unit_argument
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.event import Result

_NEITHER = "neither"


@click.command("settle", cls=Command)
@learner_argument
@unit_argument
@criterion_argument
@click.argument("result", type=click.Choice([*(result.value for result in Result), _NEITHER]))
@click.option("--reason", required=True, metavar="TEXT", help="Why that decision holds; - reads it from stdin.")
@click.option("--note", default="", metavar="TEXT", help="What the learner is told, where no note that stands says it.")
@pass_session
def command(session: Session, learner: str, unit: str, criterion: str, result: str, reason: str, note: str) -> None:
    """Settle a conflict between two decisions on one criterion.

    Neither had seen the other. The note of the decision that holds goes on, as the words of whoever wrote it; both
    decisions stay in the record with the reason, which is no feedback: the learner does not read it. With neither, both
    are withdrawn. Of a criterion for a higher grade pass says that it is achieved, and refer that it is not, for which
    no note is needed.

    \b
    Examples:
      markterm settle GUE3342 500 1.3 pass --reason "We read session 4 together." --as ben
      markterm settle GUE3342 500 1.3 neither --reason "Meant for another learner." --as ben
    """
    text = given_text(reason)
    centre = session.centre()
    registration = centre.learners.find(learner)
    if result == _NEITHER:
        tell_recorded(session, centre, centre.marking.settle_as_neither(registration, unit, criterion, text))
    else:
        settled = centre.marking.settle(registration, unit, criterion, Result(result), text, note=given_text(note))
        tell_recorded(session, centre, settled)
