"""`markterm badge agree`: the learner agrees to a badge."""

from __future__ import annotations

from datetime import datetime

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session


@click.command("agree", cls=Command)
@learner_argument
@click.argument("unit", shell_complete=completion.units)
@click.option("--said-by", required=True, metavar="NAME", help="Who said it: the learner, or who may for them.")
@click.option("--how", required=True, metavar="TEXT", help="How it was given: signed sheet, e-mail, in talk.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of it; today without.")
@pass_session
def command(session: Session, learner: str, unit: str, said_by: str, how: str, on: datetime | None) -> None:
    """Record that a learner agrees to a badge of a unit.

    The badge has their name in it and leaves the centre: nothing is issued without.

    \b
    Examples:
      markterm badge agree JON2041 OWN-1 --said-by "Rosalind Jones" --how "signed sheet" --on 2026-03-02 --as carol
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    day = on.date() if on is not None else None
    tell_recorded(session, centre, centre.badges.agree(registration, unit, said_by, how, day))
