"""A table as CSV that spreadsheets and programs read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markterm.exports.csv.guarded import guarded
from markterm.exports.csv.lines import csv_lines
from markterm.exports.table.model import Cell, Row, Table, in_words


def write_csv(table: Table, path: Path) -> None:
    """Write the table to `path`, row by row: UTF-8 with a byte order mark, without which Excel takes accents for other
    letters. States stand in words, and texts that a spreadsheet would compute behind an apostrophe (`unguarded`)."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.writelines(csv_lines((guarded(in_words(each.title)) for each in table.columns), _rows(table)))


def _rows(table: Table) -> Iterator[Iterator[str]]:
    return (_cells(row) for row in table.rows())


def _cells(row: Row) -> Iterator[str]:
    return map(_cell, row)


def _cell(cell: Cell) -> str:
    return guarded(in_words(cell)) if isinstance(cell, str) else in_words(cell)
