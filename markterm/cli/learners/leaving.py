"""What is the same of leaving, transferring and coming back."""

from __future__ import annotations

from datetime import datetime
from inspect import cleandoc

import click

from markterm.cli.arguments import given_text, learner_argument
from markterm.cli.asking import NobodyAnswers, asked_line, at_a_terminal
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.leaving import LeftStep
from markterm.domain.words.errors import Refused

on_option = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of it; today without."
)


def command_for(name: str, step: LeftStep, told: str) -> click.Command:
    """The command of that name, which records that a learner left in that way; `told` is its help."""

    @click.command(name, cls=Command, help=cleandoc(told))
    @learner_argument
    @on_option
    @click.option("--reason", "why", default="", metavar="TEXT", help="Why, in a few words. - reads it from stdin.")
    @pass_session
    def command(session: Session, learner: str, on: datetime | None, why: str) -> None:
        record(session, learner, step, on, why)

    return command


def record(session: Session, learner: str, step: LeftStep, on: datetime | None, why: str) -> None:
    """Record it, and say so; asks for the reason at a terminal. Raises `Refused` without one."""
    centre = session.centre()
    registration = centre.learners.find(learner)
    text = given_text(why)
    if step is not LeftStep.BACK and not text.strip():
        text = _asked()
    recorded = centre.registrations.leave(registration, step, on.date() if on is not None else None, text)
    tell_recorded(session, centre, recorded)


def _asked() -> str:
    if at_a_terminal():
        try:
            return asked_line("Why?")
        except NobodyAnswers:
            pass
    raise Refused("Why?", "Leaving has a reason, and none was given. Nothing was recorded.", "Give it with --reason.")
