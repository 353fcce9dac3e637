"""`markterm reopen`: a closed unit is decided again."""

from __future__ import annotations

import click

from markterm.cli.arguments import given_text, learner_argument, unit_argument
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session


@click.command("reopen", cls=Command)
@learner_argument
@unit_argument
@click.option("--reason", required=True, metavar="TEXT", help="Why it is decided again; - reads it from stdin.")
@pass_session
def command(session: Session, learner: str, unit: str, reason: str) -> None:
    """Reopen a closed unit, to mark it again.

    \b
    Example:
      markterm reopen JON2041 501 --reason "appeal upheld" --as asha
    """
    text = given_text(reason)
    centre = session.centre()
    tell_recorded(session, centre, centre.closings.reopen(centre.learners.find(learner), unit, text))
