"""A table as values: its columns with what they are called, and its rows, made as they are asked for.

A form (XLSX, CSV, HTML, a document) lays it out and words nothing itself. All text is what somebody wrote: a form
cleans and escapes it, and no cell is a formula or a link anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from markterm.domain.words.foreign_text import clean


class Tone(StrEnum):
    """The colour of a sign. A colour alone says nothing anywhere: the sign has a letter, and a word."""

    PASS = "pass"
    REFER = "refer"
    WAITING = "waiting"
    ATTENTION = "attention"


class Sign(NamedTuple):
    """A state in a cell: a letter or two where there is little room, and the word that CSV has for it."""

    letter: str
    word: str
    tone: Tone


Cell: TypeAlias = str | int | date | Sign | None
"""What a cell may be; None is an empty one. A text keeps its line ends."""
Row: TypeAlias = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, and how wide it is, in characters."""

    title: str
    width: int = 12


@dataclass(frozen=True)
class Table:
    """Rows of as many cells as there are columns.

    `name` is what its sheet or file is called, `title` what it is. `rows` gives the rows from the first one on, each
    time that it is called: of ten thousand there is one at a time. The first `frozen` columns say what a row is about:
    they stay in sight, and are repeated where a page has no room for all columns. `notes` are sentences on how it is
    read. Of one that is `sparse` a page shows no column in which nobody has anything, and names those that it leaves
    out (`on_a_page`).
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]
    frozen: int = 0
    notes: tuple[str, ...] = ()
    sparse: bool = False


@dataclass(frozen=True)
class Tables:
    """Tables that leave the centre together.

    `about` is whose they are and of which day, in a line for every page; `facts` are names and what is stated under
    them. `caveats` are whole sentences that nobody may overlook: they stand at the beginning, and where there are pages
    on every one.
    """

    title: str
    tables: tuple[Table, ...]
    about: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()


def on_a_page(table: Table) -> Table:
    """The table as a person reads it, who has little room: see `Table`."""
    rows = tuple(map(tuple, table.rows())) if table.sparse else ()
    if not rows:
        return table
    kept = [
        place
        for place in range(len(table.columns))
        if place < table.frozen or any(row[place] not in (None, "") for row in rows)
    ]
    empty = [column.title for place, column in enumerate(table.columns) if place not in kept]
    if not empty:
        return table
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=lambda: (tuple(row[place] for place in kept) for row in rows),
        notes=(*table.notes, f"Columns in which there is nothing are left out: {', '.join(empty)}."),
    )


def in_words(cell: Cell) -> str:
    """A cell as text, a state by its word: cleaned, with its line ends; days as 2026-01-31."""
    return cell.word if isinstance(cell, Sign) else _as_text(cell)


def in_letters(cell: Cell) -> str:
    """The same, a state by its letter."""
    return cell.letter if isinstance(cell, Sign) else _as_text(cell)


def _as_text(cell: str | int | date | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell).text
    return cell.isoformat() if isinstance(cell, date) else str(cell)
