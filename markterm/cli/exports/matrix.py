"""`markterm export matrix`: where everybody's criteria stand, as a table."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import filter_given
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.exported import export_options, table_form, table_format_option, write
from markterm.cli.session import Command, Session, pass_session


@click.command("matrix", cls=Command)
@click.argument("filters", metavar="[FILTER]...", nargs=-1, shell_complete=completion.filters)
@click.option("--by", type=click.Choice(["criterion", "unit"]), default="criterion", show_default=True)
@click.option("--unit", default="", metavar="UNIT", help="Only that unit.", shell_complete=completion.units)
@table_format_option
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    filters: tuple[str, ...],
    by: str,
    unit: str,
    form: str | None,
    to: Path | None,
    *,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write the tracking matrix.

    Of every learner, or of those that the FILTERs of markterm status let through. By criterion there is a table for
    each unit: each criterion with a letter (P pass, R refer, signs for the rest), the outcome, days, assessor and
    verifier. By unit there is one of all units, and one of who assessed and verified each. What stands otherwise than
    it was closed is marked, and said in the last column.

    A workbook has a sheet for each table, heads that stay, filters, and a sheet that says of what record it was made;
    as CSV each table is a file, with words for letters, in UTF-8 with the mark that Excel needs, and an apostrophe
    before what a spreadsheet would compute.

    \b
    Examples:
      markterm export matrix
      markterm export matrix site:leeds --by unit --format pdf
      markterm export matrix --unit 501 -o 501.csv
    """
    centre = session.centre()
    rows = everybody(centre)
    for _ in with_bar(centre.matrix.looking(), len(rows), "Reading the records", learners=len(rows)):
        pass
    from markterm.centre.export.matrix import MatrixBy  # Only whoever exports needs it.

    export = centre.matrix.of(MatrixBy(by), table_form(form, to), filter_given(filters), unit)
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)
