"""`markterm export sheet`: completed mark sheets of a learner, as files."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.exported import export_options, page_form, page_format_option, write
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse


@click.command("sheet", cls=Command)
@learner_argument
@click.argument("units", metavar="[UNIT]...", nargs=-1, shell_complete=completion.units)
@click.option(
    "--assignment",
    "assignments",
    multiple=True,
    metavar="CODE",
    help="The combined sheet of this assignment.",
    shell_complete=completion.assignments,
)
@click.option("--verification", is_flag=True, help="The reports of the units' verifications.")
@page_format_option
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    learner: str,
    units: tuple[str, ...],
    assignments: tuple[str, ...],
    form: str | None,
    to: Path | None,
    *,
    verification: bool,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write the completed mark sheets of a learner.

    Those of the UNITs, or of every unit of the learner; with --assignment the combined sheets of assignments, with
    --verification the reports of the units' last verifications. One sheet is one file, several are a folder.

    The centre's own templates, in its folder templates, lay out the pages of a PDF; markterm export --templates writes
    those that are shipped, to begin with.

    \b
    Examples:
      markterm export sheet JON2041 500
      markterm export sheet JON2041 500 501 --format html -o jones
      markterm export sheet NOW1870 --assignment 8580-IA-CERT -o nowak.pdf
      markterm export sheet JON2041 --zip
    """
    if assignments and (units or verification):
        raise WrongUse(
            "Which sheets?", "Units and an assignment were asked for.", "Export those of the assignment by themselves."
        )
    from markterm.centre.export.sheets import SheetKind  # Only whoever exports needs it.

    centre = session.centre()
    registration = centre.learners.find(learner)
    kind = SheetKind.ASSIGNMENT if assignments else SheetKind.VERIFICATION if verification else SheetKind.UNIT
    export = centre.exports.sheets.of_learner(registration, kind, assignments or units, page_form(form, to))
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)
    warn_of_damage(centre.learners.findings(registration))
