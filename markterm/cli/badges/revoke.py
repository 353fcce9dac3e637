"""`markterm badge revoke`: a badge does not stand any more."""

from __future__ import annotations

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session


@click.command("revoke", cls=Command)
@learner_argument
@click.argument("unit", shell_complete=completion.units)
@click.option("--reason", "why", required=True, metavar="TEXT", help="Why it is revoked.")
@pass_session
def command(session: Session, learner: str, unit: str, why: str) -> None:
    """Revoke the badge of a unit.

    The file that the learner has stays signed, and nobody can take it back: tell whoever relies on it. What the centre
    says of it is that it was revoked, and why.

    \b
    Examples:
      markterm badge revoke JON2041 OWN-1 --reason "The unit was reopened." --as carol
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    tell_recorded(session, centre, centre.badges.revoke(registration, unit, why))
