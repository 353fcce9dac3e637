"""`markterm withdraw`: takes back a decision."""

from __future__ import annotations

import click

from markterm.cli.arguments import criterion_argument, given_text, learner_argument, unit_argument
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.verbs import tell_recorded


@click.command("withdraw", cls=Command)
@learner_argument
@unit_argument
@criterion_argument
@click.option("--reason", required=True, metavar="TEXT", help="Why, one word is enough; - reads it from stdin.")
@pass_session
def command(session: Session, learner: str, unit: str, criterion: str, reason: str) -> None:
    """Withdraw the last decision on a criterion.

    What stood before it stands again, and both stay in the record.

    \b
    Example:
      markterm withdraw JON2041 501 1.3 --reason "wrong learner" --as asha
    """
    text = given_text(reason)
    centre = session.centre()
    tell_recorded(session, centre, centre.withdraw(centre.find_learner(learner), unit, criterion, text))
