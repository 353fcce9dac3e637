"""`markterm learner transferred`: a learner goes on elsewhere."""

from __future__ import annotations

from datetime import datetime

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.learners.leaving import on_option, record, why_option
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.leaving import LeftStep


@click.command("transferred", cls=Command)
@learner_argument
@on_option
@why_option
@pass_session
def command(session: Session, learner: str, on: datetime | None, why: str) -> None:
    """Record that a learner transferred to another centre or course.

    \b
    Example:
      markterm learner transferred JON2041 --on 2026-03-02 --why "To Northgate College." --as carol
    """
    record(session, learner, LeftStep.TRANSFERRED, on, why)
