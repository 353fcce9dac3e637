"""`markterm declare`: the learner's declaration of authenticity."""

from __future__ import annotations

from datetime import datetime

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session


@click.command("declare", cls=Command)
@learner_argument
@click.argument("unit", required=False, default="", shell_complete=completion.units)
@click.option("--form", required=True, metavar="TEXT", help="How it was given: signed sheet, e-mail, e-portfolio.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day it was given: 2026-01-31.")
@click.option("--refuses-use", is_flag=True, help="The learner refuses anonymised use of the work for standardisation.")
@pass_session
def command(session: Session, learner: str, unit: str, form: str, on: datetime | None, refuses_use: bool) -> None:
    """Record a learner's declaration of authenticity.

    Without a unit it covers the first attempts at all of them. Work that is handed in again is declared again: name the
    unit, or say --declared when it is submitted. No unit is closed without a declaration.

    \b
    Examples:
      markterm declare JON2041 --form "signed sheet" --on 2026-03-02 --as asha
      markterm declare JON2041 501 --form e-mail --as asha
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    day = on.date() if on is not None else None
    tell_recorded(session, centre, centre.attempts.declare(registration, form, refuses_use, on=day, unit_code=unit))
