"""`markterm open`: the screen."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

import click

from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse

if TYPE_CHECKING:
    from markterm.centre.centre import Centre

_NOT_DRAWN_IN = ("dumb", "unknown")
"""What terminals call themselves that take lines and nothing else, such as the shell of Emacs."""


@click.command("open", cls=Command)
@click.option("--blind", is_flag=True, help="Hide who the learners are, until their units are closed.")
@pass_session
def command(session: Session, blind: bool) -> None:
    """Open the screen: the caseload, and marking.

    With --blind every learner has a label instead of name and registration, on the screen and in the names of files,
    until all their units are closed. What is recorded is recorded under the registration, as ever.

    \b
    Examples:
      markterm open --as asha
      markterm -C ~/centres/northgate open --as asha
      markterm open --as asha --blind
    """
    show_screen(session.centre(asks_who=True), blind=blind)


def show_screen(centre: Centre, *, blind: bool = False, tour: bool | None = False) -> None:
    """Run the screen on the centre until it is left. With `tour` the first visit is shown, with None unless it was
    shown before. Raises `WrongUse` without a terminal."""
    in_browser = os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")
    if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUse(
            "The screen needs a terminal",
            "The input or the output of this command is somewhere else.",
            "Start it in a terminal, or work without the screen: markterm status says who waits, markterm mark LEARNER "
            "UNIT --interactive goes through a unit in lines, and markterm --help lists the rest.",
        )
    if not in_browser and os.environ.get("TERM", "").casefold() in _NOT_DRAWN_IN:
        # A first picture would come, and nothing after it.
        raise WrongUse(
            "The screen needs a terminal that can be drawn in",
            f"This one says that it is {os.environ['TERM']} (TERM).",
            "Start it in another one, or use markterm status, show and mark: markterm --help lists them.",
        )
    # What loads is kept: nothing of it is looked through for garbage before the first picture.
    gc.disable()
    try:
        # The one place where the command line knows the screen, so that no other command waits for it to load.
        from markterm.tui.app import run

        run(centre, blind=blind, tour=tour)
    finally:
        gc.enable()
