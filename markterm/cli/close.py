"""`markterm close`: a unit's outcome."""

from __future__ import annotations

import click

from markterm.cli.arguments import given_text, learner_argument, unit_argument
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.verbs import tell_recorded


@click.command("close", cls=Command)
@learner_argument
@unit_argument
@click.option("--feedback", default="", metavar="TEXT", help="Summary feedback on the unit; - reads it from stdin.")
@pass_session
def command(session: Session, learner: str, unit: str, feedback: str) -> None:
    """Close a unit with its outcome.

    The outcome is what the criteria come to: pass when every one is passed, a referral otherwise.

    \b
    Example:
      markterm close JON2041 501 --feedback "Sound work; see 3.3." --as asha
    """
    text = given_text(feedback)
    centre = session.centre()
    tell_recorded(session, centre, centre.close(centre.find_learner(learner), unit, text))
