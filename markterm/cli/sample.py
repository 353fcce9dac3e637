"""`markterm sample`: a unit is picked for verification."""

from __future__ import annotations

import click

from markterm.cli.arguments import learner_argument, unit_argument
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session


@click.command("sample", cls=Command)
@learner_argument
@unit_argument
@click.option("--why", required=True, metavar="TEXT", help="Why it is in the sample.")
@pass_session
def command(session: Session, learner: str, unit: str, why: str) -> None:
    """Pick the present attempt at a unit for verification.

    Where the centre's policy says so, the feedback on it waits until a verifier agrees to its outcome. A resubmission
    is verified without having been picked.

    \b
    Example:
      markterm sample JON2041 501 --why "first decisions of a new assessor" --as ines
    """
    centre = session.centre()
    tell_recorded(session, centre, centre.verification.sample(centre.learners.find(learner), unit, why))
