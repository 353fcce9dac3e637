"""`markterm export coverage`: what units cover of a standard, as tables or as a document."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.exported import ending_form, export_options, format_option, write
from markterm.cli.session import Command, Session, pass_session

_FORMS = ("xlsx", "csv", "pdf", "docx", "html", "md")


@click.command("coverage", cls=Command)
@click.argument(
    "names",
    metavar="[QUALIFICATION|UNIT]... STANDARD|SUITE",
    nargs=-1,
    required=True,
    shell_complete=completion.for_coverage,
)
@click.option("--version", default="", help="The version of the standard; without it the newest that is in force.")
@format_option(_FORMS, "xlsx")
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    names: tuple[str, ...],
    version: str,
    form: str | None,
    to: Path | None,
    *,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write which statements of a standard units cover.

    Those of a qualification, or these, or all that are mapped to it.

    As a workbook or CSV: statement by unit, the functional map of a suite, the sums, and what is mapped and does not
    count, each a table. As PDF, Word, HTML or Markdown: the same to be read, the functional map with its coverage as a
    picture, and each statement with the criteria that cover it. It is made from sheets, and nothing of a learner is in
    it.

    \b
    Examples:
      markterm export coverage 8580-CERT MTC
      markterm export coverage 500 501 MTC01 -o coverage.pdf
    """
    *of, target = names
    centre = session.centre()
    export = centre.coverage_exports.of(centre.coverages.of(of, target, version), ending_form(form, to, _FORMS, "xlsx"))
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)
