"""`markterm export sheet`: completed mark sheets of a learner, as files."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.exported import export_options, write
from markterm.cli.session import Command, Session, pass_session


@click.command("sheet", cls=Command)
@learner_argument
@click.argument("units", metavar="[UNIT]...", nargs=-1, shell_complete=completion.units)
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    learner: str,
    units: tuple[str, ...],
    to: Path | None,
    *,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write the completed mark sheets of a learner's units.

    Those of the UNITs, or of every unit of the learner; of one unit it is one file.

    \b
    Examples:
      markterm export sheet JON2041 500
      markterm export sheet JON2041 500 501 -o jones
      markterm export sheet JON2041 --zip
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    shown = centre.learners.portfolio(registration)
    codes = [shown.unit(each).code for each in units] if units else [unit.code for unit in shown.units]
    export = centre.exports.sheets.of_units([(registration, code) for code in dict.fromkeys(codes)])
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)
    warn_of_damage(centre.learners.findings(registration))
