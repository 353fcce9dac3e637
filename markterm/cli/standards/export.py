"""`markterm standard export`: standards and suites, and what units cover of them, for other systems."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.exported import export_options, write
from markterm.cli.session import Command, Session, pass_session

_FORMS = ("case", "case-1.0")


@click.command("export", cls=Command)
@click.argument("code", metavar="CODE|SUITE")
@click.option("--version", default="", help="The version of a standard; without it the newest that is in force.")
@click.option("--form", type=click.Choice(_FORMS), default=_FORMS[0], show_default=True, help="CASE 1.1, or CASE 1.0.")
@click.option("--mapping", is_flag=True, help="A folder, with each unit that covers something of it too.")
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    code: str,
    version: str,
    form: str,
    to: Path | None,
    *,
    mapping: bool,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write a standard or a suite as a CASE package.

    CASE (Competencies and Academic Standards Exchange, 1EdTech) is how other systems take frameworks. A suite has its
    functional map and its standards in it. With --mapping each unit is a package too, whose criteria are exact matches
    of the statements that they cover fully, and related to those that they cover in part. What came as a package goes
    out as it came, with its identifiers, while its sheet says the same. CASE 1.0 has no place for notes, dates and
    what is to be checked.

    \b
    Examples:
      markterm standard export MTC
      markterm standard export MTC01 --form case-1.0 -o mtc01.json
      markterm standard export MTC --mapping --zip
    """
    from markterm.centre.export.standards import CaseForm  # Only whoever exports needs it.

    centre = session.centre()
    export = centre.standard_exports.of(code, version, CaseForm(form), mapping=mapping)
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)
