"""`markterm learner left`: a learner withdraws from the course."""

from __future__ import annotations

from datetime import datetime

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.learners.leaving import on_option, record, why_option
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.leaving import LeftStep


@click.command("left", cls=Command)
@learner_argument
@on_option
@why_option
@pass_session
def command(session: Session, learner: str, on: datetime | None, why: str) -> None:
    """Record that a learner left the course.

    \b
    Example:
      markterm learner left JON2041 --on 2026-03-02 --why "Moved to another town." --as carol
    """
    record(session, learner, LeftStep.LEFT, on, why)
