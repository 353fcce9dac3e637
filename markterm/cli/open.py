"""`markterm open`: the screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from markterm.cli.session import Command, Session, pass_session
from markterm.domain.errors import WrongUse

if TYPE_CHECKING:
    from markterm.centre import Centre


@click.command("open", cls=Command)
@pass_session
def command(session: Session) -> None:
    """Open the screen: the caseload, and marking.

    \b
    Examples:
      markterm open --as asha
      markterm -C ~/centres/northgate open --as asha
    """
    show_screen(session.centre())


def show_screen(centre: Centre) -> None:
    """Run the screen on the centre until it is left. Raises `WrongUse` without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUse(
            "The screen needs a terminal",
            "The input or the output of this command is somewhere else.",
            "Start it in a terminal, or use markterm status, show and mark: markterm --help lists them.",
        )
    # The one place where the command line knows the screen, so that no other command waits for it to load.
    from markterm.tui.app import run

    run(centre)
