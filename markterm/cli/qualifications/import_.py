"""`markterm qualification import`: a published specification becomes sheets of qualifications and of what is asked of
staff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.centre.taken_in_told import doubts_told
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.doubts import doubts_as_json
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.centre.papers import QualificationsTakenIn

_TO_CHECK = 1


@click.command("import", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be taken in; write nothing.")
@pass_session
def command(session: Session, file: Path, *, dry_run: bool) -> int:
    """Make sheets of a published specification.

    From FILE as it is published, text, PDF, Word or HTML: each qualification with its accreditation number, credits and
    units becomes a sheet in mark_sheets/qualifications, and what is asked of staff one in mark_sheets/competence. What
    was not understood is told. The units keep their own mark sheets. Nothing that is there is written over. Ends with 1
    when there is something to check.

    \b
    Examples:
      markterm qualification import specification.docx --dry-run
      markterm qualification import specification.docx
    """
    centre = session.centre()
    taken = centre.papers.qualifications(file)
    if not dry_run:
        centre.papers.keep(taken.sheets)
    if session.as_json:
        say_json(_as_json(taken))
    else:
        for line in _lines(taken):
            say(line)
        click.echo("Nothing was written." if dry_run else "Written.", err=True)
    return _TO_CHECK if taken.doubts else 0


def _lines(taken: QualificationsTakenIn) -> Iterator[str]:
    for qualification, sheet in zip(taken.qualifications, taken.sheets, strict=False):
        yield one_line(f"{qualification.code} {qualification.title} ({sheet.meets.value})")
        credit, years = counted(qualification.credit or 0, "credit"), qualification.years
        yield f"  {one_line(qualification.qan)}, {credit}{f', to be completed in {years} years' if years else ''}"
        yield f"  units {', '.join(map(one_line, qualification.units)) or 'none'}"
        yield from (f"  {one_line(str(rule))}" for rule in qualification.rules)
        yield ""
    rows = [
        (one_line(each.code), str(each.level), str(each.credit), str(each.glh), one_line(each.title))
        for each in taken.units
    ]
    yield f"{counted(len(rows), 'unit')}: code, level, credit, guided learning hours, title"
    yield from (f"  {line}" for line in (columns(rows) if rows else ()))
    if taken.staff is not None:
        tutors, assessors = len(taken.staff.for_tutors), len(taken.staff.for_assessors)
        yield ""
        yield one_line(f"{taken.staff.code}: {tutors} asked of tutors, {assessors} of assessors and verifiers")
    yield from doubts_told(taken.doubts, taken.places)


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
        "sheets": [{"code": each.code, "file": each.path.name, "meets": each.meets.value} for each in taken.sheets],
        "to_check": doubts_as_json(taken.doubts, taken.places.of_line),
    }
