"""`markterm declare`: the learner's declaration of authenticity."""

from __future__ import annotations

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.verbs import tell_recorded


@click.command("declare", cls=Command)
@learner_argument
@click.option("--form", required=True, metavar="TEXT", help="How it was given: signed sheet, e-mail, e-portfolio.")
@click.option("--refuses-use", is_flag=True, help="The learner refuses anonymised use of the work for standardisation.")
@pass_session
def command(session: Session, learner: str, form: str, refuses_use: bool) -> None:
    """Record a learner's declaration of authenticity.

    \b
    Example:
      markterm declare JON2041 --form "signed sheet" --as asha
    """
    centre = session.centre()
    tell_recorded(session, centre, centre.attempts.declare(centre.find_learner(learner), form, refuses_use))
