"""`markterm form check`: what a form asks for, where, and what of the unit has no place in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from markterm.cli.arguments import unit_argument
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.foreign_text import one_line
from markterm.exports.form.form import Form
from markterm.exports.form.in_words import label_in_words, what_in_words
from markterm.exports.plain.form import form_as_json

_NOT_COMPLETE = 1


@click.command("check", cls=Command)
@click.argument("form", metavar="FILE", type=click.Path(path_type=Path))
@unit_argument
@pass_session
def command(session: Session, form: Path, unit: str) -> int:
    """Show what a form asks for, and where.

    FILE is a Word document, the form of a UNIT. Lists each place that would be filled and with what, what of the unit
    has no place, and what of the form stays empty, with why. Nothing is written. Ends with 1 when a criterion has no
    place for its decision, or the mapping has a fault.

    What the form's own words leave open a small file beside it settles, 8580-500.map.toml beside 8580-500.docx:

    \b
      [words]                            # how this form says it
      pass = "P"
      referral = "R"
      tick = "X"
      [labels]                           # a label of the form, and what it is
      "ENR No." = "registration"
      "Course leader" = "leave"          # is not filled
      [tables]                           # where a unit's criteria stand
      "8580-500" = [2, 3]
      [[cell]]                           # one cell, by its place
      what = "feedback"
      criterion = "1.1"
      table = 2
      row = 3
      column = 4

    \b
    Examples:
      markterm form check 8580-500.docx 500
      markterm form check 8580-500.docx 500 --json
    """
    read = session.centre().exports.forms.read(form, unit)
    if session.as_json:
        say_json(form_as_json(read))
    else:
        for line in _lines(read):
            say(line)
    return 0 if read.is_complete else _NOT_COMPLETE


def _lines(form: Form) -> Iterator[str]:
    reading = form.reading
    yield one_line(f"{form.file.path.name}, read as the form of {form.unit.code} {form.unit.title}")
    rows = [
        (
            what_in_words(each),
            each.where,
            label_in_words(each.label),
        )
        for each in sorted(reading.found, key=lambda each: bool(each.criterion))
    ]
    yield from ("", "Would be filled:") if rows else ("", "Nothing in it would be filled.")
    yield from (f"  {line}" for line in (columns(rows) if rows else ()))
    if without := form.without_place():
        yield from ("", "Has no place in the form:")
        yield from (f"  {one_line(each)}" for each in without)
    if reading.left:
        yield from ("", "Stays empty:")
        empty = [(each.where, label_in_words(each.label), one_line(each.why)) for each in reading.left]
        yield from (f"  {line}" for line in columns(empty))
    for heading, told in (("Faults of the mapping:", reading.problems), ("To be known:", form.notes)):
        if told:
            yield from ("", heading)
            yield from (f"  {one_line(each)}" for each in told)
