"""A report as CSV (RFC 4180): figures as programs read them, and no cell that a spreadsheet would compute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from markterm.domain.reports.report import as_number
from markterm.domain.words.foreign_text import one_line
from markterm.exports.csv.guarded import guarded
from markterm.exports.csv.lines import csv_lines
from markterm.exports.plain.values import iso

if TYPE_CHECKING:
    from markterm.domain.reports.report import Cell, Entry, Report


def report_as_csv(report: Report) -> Iterator[str]:
    """The lines of a report under the names of its columns, each ending in CR and LF."""
    return cells_as_csv([each.name for each in report.columns], (row.cells for row in report.rows))


def entries_as_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """What lies behind the figures of a report, a line for each; made as they are asked for, of a million too."""
    names = ("learner", "unit", "criterion", "on", "what", "by", "uid")
    return cells_as_csv(names, ((each.learner, str(each.unit), *each[2:]) for each in entries))


def cells_as_csv(names: Sequence[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """The lines of these rows under these names, each ending in CR and LF."""
    return csv_lines(names, (map(_cell, row) for row in rows))


def _cell(cell: Cell) -> str:
    """A cell: texts of others on one line and never as a formula, numbers with a point, nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(one_line(cell))
    if isinstance(cell, Fraction):
        return f"{as_number(cell):.6g}"
    return str(cell) if isinstance(cell, int) else iso(cell) or ""
