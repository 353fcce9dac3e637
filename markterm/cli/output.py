"""Data on stdout: text that people read, cleaned and in columns, or JSON that programs read."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice

import click

from markterm.domain.words.foreign_text import clean
from markterm.domain.words.local_time import local
from markterm.exports.plain.values import Plain

_FIRST_OF_OTHER_WIDTH = "\u0300"
"""Every character before this one takes one cell."""

_AT_ONCE = 250

_LONG = 60
"""A cell that is longer than this, and than twice what is usual in its column, makes the column no wider."""


def say(text: str = "") -> None:
    """Print one or more lines of text for people; nothing in it is obeyed by the terminal."""
    click.echo(clean(text).text)


def say_each(texts: Iterable[str]) -> None:
    """Print each of these as `say` does, many at a time: a hundred thousand lines are not handed over one by one."""
    left = iter(texts)
    while some := list(islice(left, _AT_ONCE)):
        click.echo("\n".join(clean(text).text for text in some))


def say_json(value: Plain) -> None:
    """Print a value as JSON: ASCII, exact, one value for the whole command."""
    click.echo(as_json_text(value))


def say_json_list(texts: Iterable[str]) -> None:
    """Print as one list the values of which these are the texts, as `say_json` would the values: where they are many,
    their texts take less room than they."""
    left, before = iter(texts), "[\n  "
    while some := list(islice(left, _AT_ONCE)):
        click.echo(before + ",\n  ".join(text.replace("\n", "\n  ") for text in some), nl=False)
        before = ",\n  "
    click.echo("\n]" if before.startswith(",") else "[]")


def as_json_text(value: Plain) -> str:
    """`value` as indented JSON in ASCII, so that any terminal and any text survive it."""
    return json.dumps(value, ensure_ascii=True, indent=2)


def moment(at: datetime) -> str:
    """Day and minute, as local time."""
    return local(at).isoformat(" ", "minutes")[:16]


def indented(text: str, by: int) -> str:
    """`text` with every line moved to the right."""
    return "\n".join(" " * by + line if line else "" for line in clean(text).text.split("\n"))


def reads_in_lines() -> bool:
    """Whether somebody has every table in lines and nothing drawn, as a screen reader reads it: `MARKTERM_LINES=1`."""
    return os.environ.get("MARKTERM_LINES", "").strip() not in ("", "0")


def draws() -> bool:
    """Whether what is printed is looked at: bars and plots are drawn then."""
    return sys.stdout.isatty() and not reads_in_lines()


def runs_bars() -> bool:
    """Whether a bar may run on stderr."""
    return sys.stderr.isatty() and not reads_in_lines()


def columns(rows: Sequence[Sequence[str]], *, headed: bool = False) -> list[str]:
    """The rows as lines, each cell as wide as the widest of its column; texts are on one line already. The first of
    them are the headings if it is `headed`.

    One that is far longer than the others runs over in its own line: a name of 300 signs would move everybody's.
    Where somebody reads in lines, each cell has one of its own behind its heading, and the headings none.
    """
    if reads_in_lines():
        if not headed:
            return [", ".join(filter(None, map(str.strip, row))) for row in rows]
        return ["", *(_one_a_line(rows[0], row) for row in rows[1:])]
    filled = map(_filled, zip(*rows, strict=True))
    return ["  ".join(row).rstrip() for row in zip(*filled, strict=True)]


def _one_a_line(headings: Sequence[str], row: Sequence[str]) -> str:
    told = [(heading.strip(), cell.strip()) for heading, cell in zip(headings, row, strict=True) if cell.strip()]
    lines = (f"{heading}: {cell}" if heading else cell for heading, cell in told)
    return "\n  ".join(lines)


def _filled(column: Iterable[str]) -> list[str]:
    """The cells of a column, each with spaces up to the width of the widest that is not far longer than most."""
    cells = [(cell, len(cell) if cell.isascii() else _width(cell)) for cell in column]
    widths = sorted(width for _, width in cells)
    usual = max(_LONG, 2 * widths[len(widths) // 2])
    widest = widths[-1] if widths[-1] <= usual else max((width for width in widths if width <= usual), default=0)
    return [cell + " " * (widest - width) for cell, width in cells]


def _width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    # A caseload of many thousand lines is measured while somebody waits; few other characters are in it, but often.
    return len(text) if max(text) < _FIRST_OF_OTHER_WIDTH else sum(map(_width_of_one, text))


@lru_cache(maxsize=4096)
def _width_of_one(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def made_visible(count: int) -> str:
    """How many characters of a text stand as visible signs, because a terminal would obey them or nobody see them."""
    return f"{count:,} unsafe character{'s' * (count != 1)} shown as sign{'s' * (count != 1)}."
