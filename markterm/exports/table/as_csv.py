"""A table as CSV that spreadsheets and programs read.

There is no head of a page in it: what nobody may overlook stands in a column of its own, in every row, so that it is
still said when rows are sorted, filtered or taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from markterm.exports.csv.guarded import guarded
from markterm.exports.csv.lines import csv_lines
from markterm.exports.table.model import Cell, Column, Row, Table, in_words

_TO_KNOW = Column("To be known")


def write_csv(table: Table, path: Path, caveats: Sequence[str] = ()) -> None:
    """Write the table to `path`, row by row: UTF-8 with a byte order mark, without which Excel takes accents for other
    letters. States stand in words, and texts that a spreadsheet would compute behind an apostrophe (`unguarded`).
    `caveats` are in the last column of each row; of a table without rows in that of the only one."""
    columns = (*table.columns, _TO_KNOW) if caveats else table.columns
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.writelines(csv_lines((guarded(in_words(each.title)) for each in columns), _rows(table, " ".join(caveats))))


def _rows(table: Table, said: str) -> Iterator[Iterator[str]]:
    if not said:
        yield from map(_cells, table.rows())
        return
    rows = iter(table.rows())
    nothing: Row = (None,) * len(table.columns)
    for row in chain([next(rows, nothing)], rows):
        yield _cells((*row, said))


def _cells(row: Row) -> Iterator[str]:
    return map(_cell, row)


def _cell(cell: Cell) -> str:
    return guarded(in_words(cell)) if isinstance(cell, str) else in_words(cell)
