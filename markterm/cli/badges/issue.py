"""`markterm badge issue`: a badge is issued, recorded, and written."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.exported import export_options, write
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import Unreadable


@click.command("issue", cls=Command)
@learner_argument
@click.argument("unit", shell_complete=completion.units)
@export_options(folder=False)
@pass_session
def command(session: Session, learner: str, unit: str, to: Path | None, *, preview: bool, force: bool) -> None:
    """Issue the badge of a unit, and write it.

    It is recorded before it is written. One that was issued and stands is written again as it is. With --preview
    nothing is issued: only one that was is shown.

    \b
    Examples:
      markterm badge issue JON2041 OWN-1 --as carol
      markterm badge issue JON2041 OWN-1 -o rosalind.json --as carol
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    badge = centre.badges.standing(registration, unit)
    if badge is None and not preview:
        centre.badges.issue(registration, unit)
        badge = centre.badges.standing(registration, unit)
    if badge is None:
        raise Unreadable("No badge", f"{registration} has no badge of {unit} yet.", "Issue it without --preview.")
    write(session, centre, centre.badges.export(registration, badge), to=to, preview=preview, force=force)
