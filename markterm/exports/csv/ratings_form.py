"""A form for a self-assessment, as CSV or as a table in Markdown, and what somebody wrote into one.

Foreign text, read leniently: the columns are found by their headings, in any order, and others are passed over. What is
left empty is not rated.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import clean, one_line
from markterm.exports.csv.guarded import guarded, unguarded

LIMIT_BYTES = 1_000_000
_COLUMNS = ("Statement", "What it says", "Rating", "Example")
_SEPARATORS = (",", ";", "\t")
"""Which one a spreadsheet writes depends on its language."""
_NEEDED = ("statement", "rating")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")


class FormKind(StrEnum):
    """How a form is written."""

    CSV = "csv"
    MARKDOWN = "md"


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form: the statement by its full name, what it says, and what stands in the row already."""

    statement: str
    text: str
    rating: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A rating that somebody wrote, in that line of the file."""

    line: int
    statement: str
    rating: str
    example: str


def form_of(rows: Iterable[FormRow], kind: FormKind, scale: str) -> str:
    """The form of these rows; in Markdown it says the `scale`, in CSV the heading of its column does."""
    cells = [(each.statement, each.text, each.rating, each.example) for each in rows]
    if kind is FormKind.CSV:
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\r\n")
        statement, text, rating, example = _COLUMNS
        writer.writerow((statement, text, f"{rating} ({scale})", example))
        writer.writerows([guarded(one_line(cell)) for cell in row] for row in cells)
        return written.getvalue()
    lines = [f"The scale: {one_line(scale)}.", "", _row(_COLUMNS), _row(["---"] * len(_COLUMNS)), *map(_row, cells)]
    return "\n".join(lines) + "\n"


def filled_in(data: bytes, name: str) -> tuple[Filled, ...]:
    """What was written into a form whose file is called `name`. Raises `WrongUse` when it is no form, or is too large
    or no UTF-8."""
    if len(data) > LIMIT_BYTES:
        raise _no_form(name, f"It is larger than {LIMIT_BYTES:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_form(name, f"Byte {error.start + 1} is no UTF-8.") from None
    for lines in _readings(text):
        place = next((place for place, (_, row) in enumerate(lines) if _heads(row)), None)
        if place is not None:
            return tuple(_filled(lines[place + 1 :], _positions(lines[place][1])))
    raise _no_form(name, "It has no row with the headings Statement and Rating.")


def _filled(lines: Iterable[tuple[int, Sequence[str]]], columns: dict[str, int]) -> Iterator[Filled]:
    for number, row in lines:

        def cell(heading: str, row: Sequence[str] = row) -> str:
            place = columns.get(heading, len(row))
            return clean(row[place]).text.strip() if place < len(row) else ""

        if cell("rating"):
            yield Filled(number, one_line(cell("statement")), one_line(cell("rating")), cell("example"))


def _heads(row: Sequence[str]) -> bool:
    return set(_NEEDED) <= _positions(row).keys()


def _positions(row: Sequence[str]) -> dict[str, int]:
    known = {each.casefold() for each in _COLUMNS}
    named = [(re.split(r"[(:]", cell, maxsplit=1)[0].strip().casefold(), place) for place, cell in enumerate(row)]
    # The first column of a name is meant: a later one is somebody's own.
    return {name: place for name, place in reversed(named) if name in known}


def _readings(text: str) -> Iterator[list[tuple[int, Sequence[str]]]]:
    """The rows of it, by each way in which it may be written."""
    for separator in _SEPARATORS:
        with suppress(csv.Error):
            yield list(_of_csv(text, separator))
    yield list(_of_markdown(text))


def _of_markdown(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        inner = line.strip()
        if not inner.startswith("|"):
            continue
        cells = [cell.strip().replace(r"\|", "|").replace(r"\\", "\\") for cell in _BAR.split(inner[1:])]
        if inner.endswith("|") and not inner.endswith(r"\|"):
            cells.pop()
        if not all(_RULE.fullmatch(cell) for cell in cells):
            yield number, cells


def _of_csv(text: str, separator: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for row in reader:
        yield reader.line_num, [unguarded(cell) for cell in row]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(one_line(cell).replace("\\", r"\\").replace("|", r"\|") for cell in cells) + " |"


def _no_form(name: str, why: str) -> WrongUse:
    return WrongUse(
        "That is no form of a self-assessment",
        f"{one_line(name)} cannot be read as one. {why} Nothing was recorded.",
        "Write one with the form that MarkTerm gives, as CSV or Markdown in UTF-8.",
    )
