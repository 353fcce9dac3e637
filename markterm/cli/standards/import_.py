"""`markterm standard import`: published documents become sheets of standards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.centre.taken_in_told import head_told, kept_told, rest_told, standards_told
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.exports.plain.standard import published_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.centre.published_standards import TakenIn

_TO_CHECK = 1


@click.command("import", cls=Command)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--code", default="", help="The code of a standard that does not say its own.")
@click.option("--version", default="", help="The version of what does not say its own.")
@click.option("--welsh", is_flag=True, help="Of a document in English and Welsh, take the Welsh.")
@click.option("--new-only", is_flag=True, help="Leave the sheets that are here as they are.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken in; write nothing.")
@pass_session
def command(
    session: Session, files: tuple[Path, ...], code: str, version: str, *, welsh: bool, new_only: bool, dry_run: bool
) -> int:
    """Make sheets of published standards.

    From FILEs as they are published, text, PDF, Word or HTML: a suite of National Occupational Standards with or
    without its overview and functional map, or a framework of knowledge, skills and behaviours; or as a CASE package
    (1EdTech, 1.0 or 1.1), which is told by what is in the file. No address that a file names is fetched. Each standard
    becomes a sheet in mark_sheets/standards, a suite one in mark_sheets/suites. Count what is printed in the document:
    what the text leaves open is told, and stands in the sheet under "To check" until somebody has looked. Nothing that
    is there is written over: a standard that is there and says the same is passed over, one that says something else is
    refused, with what differs; a new version gets a sheet of its own. Ends with 1 when there is something to check.

    \b
    Examples:
      markterm standard import suite.pdf --dry-run
      markterm standard import framework.docx --code ST0001 --version 1.1
      markterm standard import whole-suite.docx --new-only
      markterm standard import package.json --dry-run
    """
    centre = session.centre()
    taken = [centre.published_standards.read(file, code, version, welsh=welsh) for file in files]
    if not dry_run:
        centre.published_standards.keep(taken, passing_over=new_only)
    if session.as_json:
        say_json([_as_json(each) for each in taken])
    else:
        for number, each in enumerate(taken):
            for line in ("", *_lines(each)) if number else _lines(each):
                say(line)
        told = "" if dry_run else kept_told(sheet for each in taken for sheet in each.sheets)
        click.echo(told or "Nothing was written.", err=True)
    return _TO_CHECK if any(each.published.doubts for each in taken) else 0


def _as_json(taken: TakenIn) -> Json:
    sheets = ((each.code, each.path.name, each.meets.value, each.differs) for each in taken.sheets)
    return published_as_json(taken.file.name, taken.published, sheets, taken.places.of_line)


def _lines(taken: TakenIn) -> Iterator[str]:
    yield head_told(taken)
    yield ""
    rows = standards_told(taken)
    yield from (columns(rows) if rows else ())
    yield from rest_told(taken)
