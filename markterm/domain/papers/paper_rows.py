"""A paper as rows of cells: a row of a table with its cells, any other line as one cell, without signs of markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_CELL = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE = re.compile(r"[|:\s-]+")
_STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)(.+?)(?<=\S)(?<!\\)\1")
_SLANTED = re.compile(r"(?<![\\\w*])(\*|_)(?=[^\s*_])([^*_]+?)(?<=[^\s*_\\])\1(?![\w*])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{}~])")  # the bar of a table stays
_HEADING = re.compile(r"#{1,6}\s+")
_BULLET = re.compile(r"^(?:[•·▪●○◦‣⁃\uf0b7*]|[-–—](?= ))\s*")
_POINT_WITHIN = re.compile(r"(?<!\s)\s+([•·▪●○◦])\s+")
_BOOKMARK = re.compile(r"\[bookmark: _\w+\]")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": ""})
_SHORTEST = 3


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
    return tuple(row for row in _rows(points_apart(text)) if row.filled)


def unmarked(text: str) -> str:
    """A text as the readers of evidence give it, without what makes its words bold, slanted or a heading."""
    return "\n".join(_plain(line) for line in text.splitlines())


def points_apart(text: str) -> str:
    """The text with each point of a list in a cell on a line of its own, where they were extracted as one line."""
    return "\n".join(
        _POINT_WITHIN.sub(r"<br>\1 ", line) if line.lstrip().startswith("|") else line for line in text.splitlines()
    )


def _rows(text: str) -> Iterator[Row]:
    table, inside = 0, False
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line.startswith("|") or not line.endswith("|") or len(line) < _SHORTEST:
            inside = False
            yield Row(number, (_parts(raw),))
        elif not _RULE.fullmatch(line):
            table, inside = table + (not inside), True
            yield Row(number, tuple(_parts(cell) for cell in _CELL.split(line[1:-1])), table)


def _parts(cell: str) -> tuple[Part, ...]:
    parts = []
    for line in _BREAK.split(cell.replace("\\|", "|")):
        words = _SPACES.sub(" ", _BOOKMARK.sub("", _plain(line).translate(_HYPHENS))).strip()
        bare = _BULLET.sub("", words)
        if bare:
            parts.append(Part(bare, bare != words))
    return tuple(parts)


def _plain(line: str) -> str:
    """A line without the signs of Markdown, and what they were escaped with."""
    bare = _HEADING.sub("", line, count=1) if line.startswith("#") else line
    for marks in (_STRONG, _SLANTED):
        bare = marks.sub(r"\2", bare)
    return _ESCAPED.sub(r"\1", bare)
