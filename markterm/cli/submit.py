"""`markterm submit`: the evidence of a unit as it was handed in."""

from __future__ import annotations

import click

from markterm.cli.arguments import learner_argument, unit_argument
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.verbs import tell_recorded


@click.command("submit", cls=Command)
@learner_argument
@unit_argument
@click.option("--attempt", type=click.IntRange(min=1), help="The attempt; without it, what the file names say.")
@pass_session
def command(session: Session, learner: str, unit: str, attempt: int | None) -> None:
    """Submit a unit: its evidence as it is now, fixed by hash.

    Files that are added, changed or removed afterwards are shown as such by markterm evidence and on the screen.
    Submitting the same attempt again replaces the submission; the first one stays in the record.

    \b
    Examples:
      markterm submit JON2041 501 --as asha
      markterm submit JON2041 501 --attempt 2 --as asha
    """
    centre = session.centre()
    registration = centre.find_learner(learner)
    tell_recorded(session, centre, centre.attempts.submit(registration, unit, attempt))
