"""`markterm qualification import`: a published specification becomes sheets of qualifications and of what is asked of
staff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.centre.papers_told import listed_units_told, qualifications_told, staff_told
from markterm.centre.taken_in_told import kept_told
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.exports.plain.doubts import doubts_as_json
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.centre.papers import QualificationsTakenIn

_TO_CHECK = 1


@click.command("import", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--new-only", is_flag=True, help="Leave the sheets that are here as they are.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken in; write nothing.")
@pass_session
def command(session: Session, file: Path, *, new_only: bool, dry_run: bool) -> int:
    """Make sheets of a published specification.

    From FILE as it is published, text, PDF, Word or HTML: each qualification with its accreditation number, credits and
    units becomes a sheet in mark_sheets/qualifications, and what is asked of staff one in mark_sheets/competence. What
    was not understood is told. The units keep their own mark sheets. Nothing that is there is written over: where a
    sheet that is there says otherwise, nothing is written, or with --new-only the others. Ends with 1 when there is
    something to check.

    \b
    Examples:
      markterm qualification import specification.docx --dry-run
      markterm qualification import specification.docx
    """
    centre = session.centre()
    taken = centre.papers.qualifications(file)
    if not dry_run:
        centre.papers.keep(taken.sheets, passing_over=new_only)
    if session.as_json:
        say_json(_as_json(taken))
    else:
        for line in _lines(taken):
            say(line)
        told = "" if dry_run else kept_told(taken.sheets)
        click.echo(told or "Nothing was written.", err=True)
    return _TO_CHECK if taken.doubts else 0


def _lines(taken: QualificationsTakenIn) -> Iterator[str]:
    yield from qualifications_told(taken)
    rows = listed_units_told(taken)
    yield from (f"  {line}" for line in (columns(rows) if rows else ()))
    yield from staff_told(taken)


def _as_json(taken: QualificationsTakenIn) -> Json:
    return {
        "file": taken.file.name,
        "qualifications": [
            {
                "code": each.code,
                "title": each.title,
                "qan": each.qan or None,
                "credit": each.credit,
                "years": each.years,
                "starts": iso(each.starts),
                "units": list(each.units),
                "rules": [str(rule) for rule in each.rules],
                "progression": list(each.progression),
            }
            for each in taken.qualifications
        ],
        "units": [
            {"code": each.code, "title": each.title, "level": each.level, "credit": each.credit, "glh": each.glh}
            for each in taken.units
        ],
        "staff": None
        if taken.staff is None
        else {"tutors": len(taken.staff.for_tutors), "assessors": len(taken.staff.for_assessors)},
        "sheets": [
            {"code": each.code, "file": each.path.name, "meets": each.meets.value, "differs": list(each.differs)}
            for each in taken.sheets
        ],
        "to_check": doubts_as_json(taken.doubts, taken.places.of_line),
    }
