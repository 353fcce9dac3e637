"""`markterm standard import`: published documents become sheets of standards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.standard import published_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.centre.published_standards import TakenIn

_TO_CHECK = 1


@click.command("import", cls=Command)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--code", default="", help="The code of a standard that does not say its own.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken in; write nothing.")
@pass_session
def command(session: Session, files: tuple[Path, ...], code: str, *, dry_run: bool) -> int:
    """Make sheets of published standards.

    From FILEs as they are published, text, PDF, Word or HTML: a suite of National Occupational Standards with or
    without its overview and functional map, or a framework of knowledge, skills and behaviours. Each standard becomes
    a sheet in mark_sheets/standards, a suite one in mark_sheets/suites. Count what is printed in the document: what
    the text leaves open is told, and stands in the sheet under "To check" until somebody has looked. Nothing that is
    there is written over. Ends with 1 when there is something to check.

    \b
    Examples:
      markterm standard import suite.pdf --dry-run
      markterm standard import framework.docx --code ST0001
    """
    centre = session.centre()
    taken = [centre.published_standards.read(file, code) for file in files]
    if not dry_run:
        centre.published_standards.keep(taken)
    if session.as_json:
        say_json([_as_json(each) for each in taken])
    else:
        for number, each in enumerate(taken):
            for line in ("", *_lines(each)) if number else _lines(each):
                say(line)
        click.echo("Nothing was written." if dry_run else "Written.", err=True)
    return _TO_CHECK if any(each.published.doubts for each in taken) else 0


def _as_json(taken: TakenIn) -> Json:
    sheets = ((each.code, each.path.name, each.meets.value) for each in taken.sheets)
    return published_as_json(taken.file.name, taken.published, sheets)


def _lines(taken: TakenIn) -> Iterator[str]:
    published = taken.published
    counts = ", ".join(f"{number} {kind.value.lower()}" for kind, number in published.counts.items())
    yield one_line(f"{taken.file.name}: {counted(len(published.standards), 'standard')}, {counts}")
    yield ""
    rows = [
        (
            one_line(standard.code),
            one_line(standard.version),
            " ".join(f"{number} {kind.letter or kind.value}" for kind, number in standard.counts.items()),
            sheet.meets.value,
            one_line(standard.title),
        )
        for standard, sheet in zip(published.standards, taken.sheets, strict=False)
    ]
    yield from columns(rows)
    for suite in published.suites:
        areas, functions = counted(len(suite.areas), "area"), counted(len(suite.functions), "function")
        yield ""
        yield one_line(f"Suite {suite.code} {suite.title}: {areas}, {functions}, {suite.links_of_functions} links")
        for function in suite.functions:
            met = ", ".join(function.standards) or "no standard"
            yield f"  {one_line(f'{function.code} {function.title}: {met}')}"
    if published.doubts:
        yield from ("", "To check in the document:")
        for doubt in published.doubts:
            yield f"  {f'line {doubt.line}: ' if doubt.line else ''}{one_line(doubt.message)}"
    if published.left_out:
        yield from ("", "Left out, as belonging to no statement:")
        for line in published.left_out:
            yield f"  line {line.number}: {one_line(line.text)}"
