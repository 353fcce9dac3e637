"""`markterm learner back`: a learner who left comes back."""

from __future__ import annotations

from datetime import datetime

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.learners.leaving import on_option, record
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.leaving import LeftStep


@click.command("back", cls=Command)
@learner_argument
@on_option
@click.option("--reason", "why", default="", metavar="TEXT", help="Why, in a few words.")
@pass_session
def command(session: Session, learner: str, on: datetime | None, why: str) -> None:
    """Record that a learner who left is back.

    \b
    Example:
      markterm learner back JON2041 --on 2026-03-20 --as carol
    """
    record(session, learner, LeftStep.BACK, on, why)
