"""A paper as rows of cells: a row of a table with its cells, any other line as one cell, without signs of markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markterm.domain.texts.marked_text import cells_of, lines_in, unmarked, words_in

_PICTURES = re.compile("[\U0001f000-\U0001faff\ufe0f\u200d]+ ?")
"""Emoji, with which some dress up a heading: they are no words of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a cell. `is_item` says that a bullet stood before it."""

    text: str
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line in the text, from 1, its cells with their lines, and the number of its table; 0 for none."""

    line: int
    cells: tuple[tuple[Part, ...], ...]
    table: int = 0

    def text(self, column: int) -> str:
        """The words of a cell, as one line."""
        return " ".join(part.text for part in self.cells[column])

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that have words."""
        return tuple(column for column, cell in enumerate(self.cells) if cell)

    @property
    def words(self) -> str:
        """The words of all its cells."""
        return " | ".join(self.text(column) for column in self.filled)


def rows_of(text: str) -> tuple[Row, ...]:
    """The rows of a text as the readers of evidence give it; those without words are left out."""
    return tuple(row for row in _rows(text) if row.filled)


def _rows(text: str) -> Iterator[Row]:
    table, inside = 0, False
    for number, raw in enumerate(text.splitlines(), 1):
        cells = cells_of(raw)
        if cells is None:
            inside = False
            yield Row(number, (_parts((raw,)),))
        elif cells:
            table, inside = table + (not inside), True
            yield Row(number, tuple(_parts(lines_in(cell)) for cell in cells), table)


def _parts(lines: Iterable[str]) -> tuple[Part, ...]:
    told = (words_in(_PICTURES.sub("", unmarked(line))) for line in lines)
    return tuple(Part(words, is_item) for words, is_item in told if words)
