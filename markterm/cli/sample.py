"""`markterm sample`: a unit is sampled for verification."""

from __future__ import annotations

import click

from markterm.cli import completion
from markterm.cli.arguments import day_given, learner_argument, unit_argument
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.verifying import INTERIM, SUMMATIVE
from markterm.domain.words.errors import WrongUse


@click.command("sample", cls=Command)
@learner_argument
@unit_argument
@click.option("--reason", "why", required=True, metavar="TEXT", help="Why it is in the sample, or is no more.")
@click.option("--interim", is_flag=True, help="To be looked at while it is marked, not once it is closed.")
@click.option(
    "--verifier", default="", metavar="MEMBER", shell_complete=completion.members, help="Who is to verify it."
)
@click.option("--due", default="", metavar="DAY", help="Until when, as 2026-01-31.")
@click.option("--take-back", is_flag=True, help="It is sampled no more: nobody has looked at it yet.")
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str,
    why: str,
    *,
    interim: bool,
    verifier: str,
    due: str,
    take_back: bool,
) -> None:
    """Sample the present attempt at a unit for verification.

    Where the centre's policy says so, the feedback on it waits until a verifier agrees to its outcome. A resubmission
    is verified without having been sampled; an interim sample holds nothing. A unit that is sampled already is given to
    another verifier, or gets another day, by sampling it again. As long as nobody has looked at it, it is taken back
    with a reason, too.

    \b
    Examples:
      markterm sample JON2041 501 --reason "first decisions of a new assessor" --as ines
      markterm sample JON2041 503 --interim --reason "high risk" --verifier ines --due 2026-04-01 --as ines
      markterm sample JON2041 503 --take-back --reason "she left the course" --as ines
    """
    until = day_given(due)
    if take_back and (interim or verifier or due):
        raise WrongUse(
            "Sampled, or not?", "--take-back says that it is sampled no more.", "Give it with --reason alone."
        )
    centre = session.centre()
    registration = centre.learners.find(learner)
    if take_back:
        tell_recorded(session, centre, centre.verification.take_back(registration, unit, why))
        return
    stage = INTERIM if interim else SUMMATIVE
    recorded = centre.verification.sample(registration, unit, why, stage=stage, verifier=verifier, due=until)
    tell_recorded(session, centre, recorded)
