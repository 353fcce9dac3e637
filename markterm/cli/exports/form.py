"""`markterm export form`: the awarding organisation's own form of a unit, filled in for a learner."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.arguments import learner_argument, unit_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.exported import ending_form, export_options, format_option, write
from markterm.cli.session import Command, Session, pass_session

_WORD, _PDF = _FORMS = ("docx", "pdf")


@click.command("form", cls=Command)
@learner_argument
@unit_argument
@click.option(
    "--form",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help="The form, a Word document (.docx).",
)
@format_option(_FORMS, _WORD)
@export_options(folder=False)
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str,
    file: Path,
    form: str | None,
    to: Path | None,
    *,
    preview: bool,
    force: bool,
) -> None:
    """Fill the awarding organisation's own form.

    The form of a UNIT that the centre has as a Word document: each decision and note goes into its own cell, names and
    dates into theirs; all else stays as it is, and signatures are left to people. What the form has no place for is
    told. markterm form check shows where it would go, and how the rest is settled. A PDF needs LibreOffice.

    \b
    Examples:
      markterm export form JON2041 500 --form 8580-500.docx
      markterm export form JON2041 500 --form 8580-500.docx --format pdf
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    as_pdf = ending_form(form, to, _FORMS, _WORD) == _PDF
    export = centre.exports.forms.of_unit(registration, unit, file, as_pdf=as_pdf)
    write(session, centre, export, to=to, preview=preview, force=force)
    warn_of_damage(centre.learners.findings(registration))
