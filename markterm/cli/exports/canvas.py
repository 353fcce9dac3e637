"""`markterm export canvas`: feedback back into Canvas."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.exported import export_options, write
from markterm.cli.exports.moodle import match_option
from markterm.cli.session import Command, Session, pass_session
from markterm.exports.moodle.matching import said_of


@click.command("canvas", cls=Command)
@click.argument("name", metavar="UNIT|ASSIGNMENT", shell_complete=completion.units_and_assignments)
@click.option(
    "--submissions",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="ZIP",
    required=True,
    help="The submissions that Canvas gave out.",
)
@match_option
@export_options(folder=False)
@pass_session
def command(
    session: Session,
    name: str,
    submissions: Path,
    matches: tuple[str, ...],
    to: Path | None,
    *,
    preview: bool,
    force: bool,
) -> None:
    """Write feedback under the names that Canvas takes.

    A zip to be uploaded again: of everybody to whom it was released the feedback, under the name of a file that they
    handed in and in its form (PDF, Word, HTML or Markdown), as Canvas shows it under that name. Each user is matched by
    the number in the names of the learner's evidence, then by a name that only one learner has.

    \b
    Examples:
      markterm export canvas 500 --submissions submissions.zip
      markterm export canvas 500 --submissions submissions.zip --match 4711=JON2041
    """
    centre = session.centre()
    export = centre.exports.canvas.of(name, submissions, said_of(matches))
    write(session, centre, export, to=to, preview=preview, force=force)
