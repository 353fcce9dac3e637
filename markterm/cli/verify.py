"""`markterm verify`: a verifier's answer to a unit's outcome."""

from __future__ import annotations

import click

from markterm.cli.arguments import given_text, learner_argument, unit_argument
from markterm.cli.caveats import warn_of_changed_evidence
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line


@click.command("verify", cls=Command)
@learner_argument
@unit_argument
@click.option("--agree/--disagree", "agrees", default=None, help="The verifier's answer.")
@click.option("--reason", default="", metavar="TEXT", help="Why; a disagreement needs it. - reads it from stdin.")
@pass_session
def command(session: Session, learner: str, unit: str, agrees: bool | None, reason: str) -> None:
    """Agree to the outcome of a closed unit, or not.

    The answer is to this closing: a unit that is reopened and closed again is verified again. Nobody verifies a unit in
    which they decided a criterion or that they closed.

    \b
    Examples:
      markterm verify JON2041 501 --agree --as ines
      markterm verify JON2041 501 --disagree --reason "2.1: nine hours are shown" --as ines
    """
    if agrees is None:
        raise WrongUse("Which answer?", f"Nothing was said of {one_line(unit)}.", "Give --agree or --disagree.")
    centre = session.centre()
    registration = centre.learners.find(learner)
    warn_of_changed_evidence(centre, registration, [centre.learners.portfolio(registration).unit(unit).code])
    tell_recorded(session, centre, centre.verification.verify(registration, unit, agrees, given_text(reason)))
