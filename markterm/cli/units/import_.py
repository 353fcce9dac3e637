"""`markterm unit import`: a published mark sheet or unit specification becomes the mark sheet of a unit."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session

_TO_CHECK = 1


@click.command("import", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--code", default="", help="The unit's code with its suite, where the document does not say it.")
@click.option("--title", default="", help="The unit's title, where the document does not say it.")
@click.option("--version", default="", help="The version of the unit, so that an old and a new one are not mixed up.")
@click.option("--new-only", is_flag=True, help="Leave the sheets that are here as they are.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken in; write nothing.")
@pass_session
def command(session: Session, file: Path, code: str, title: str, version: str, *, new_only: bool, dry_run: bool) -> int:
    """Make the mark sheet of a unit from its published paper.

    From FILE as it is published, Word, PDF, Excel, OpenDocument, HTML or text: a mark sheet or a specification with
    outcomes, criteria and, where it has them, descriptors. Criteria that have no numbers of their own get those of
    their place. It becomes a sheet in mark_sheets/units, one for each unit of the document. Hold the counts against
    the document: what could be read in two ways is told, and so is every line between the criteria that belongs to
    none; both stand in the sheet above the outcomes, and markterm check reports them until somebody has looked and
    deletes the line. Nothing that is there is written over. Of a Word document it tells too whether markterm export
    form could fill it. Ends with 1 when there is something to check.

    \b
    Examples:
      markterm unit import 8580-500.docx --dry-run
      markterm unit import unit-3.pdf --code BTEC-3 --version 2016
    """
    from markterm.centre.papers_told import unit_told
    from markterm.centre.taken_in_told import kept_told
    from markterm.centre.unit_papers import UnitParticulars
    from markterm.cli.units.told import unit_as_json

    centre = session.centre()
    taken = centre.unit_papers.read(file, UnitParticulars(code, title, version))
    if not dry_run:
        centre.unit_papers.keep(taken, passing_over=new_only)
    if session.as_json:
        say_json({"file": file.name, "units": [unit_as_json(each) for each in taken]})
    else:
        for number, each in enumerate(taken):
            for line in ("", *unit_told(each)) if number else unit_told(each):
                say(line)
        told = "" if dry_run else kept_told(each.sheet for each in taken if each.sheet is not None)
        click.echo(told or "Nothing was written.", err=True)
    return 0 if all(each.is_clean for each in taken) else _TO_CHECK
