"""A report as CSV (RFC 4180): figures as programs read them, and no cell that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.values import iso

if TYPE_CHECKING:
    from markterm.domain.reports.report import Cell, Entry, Report

_COMPUTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With what a cell begins that a spreadsheet takes for a formula."""


def report_as_csv(report: Report) -> str:
    """The rows of a report under the names of its columns, each line ending in CR and LF."""
    return _table([each.name for each in report.columns], (map(_cell, row.cells) for row in report.rows))


def entries_as_csv(entries: Iterable[Entry]) -> str:
    """What lies behind the figures of a report, a line for each."""
    names = ("learner", "unit", "criterion", "on", "what", "by", "uid")
    return _table(
        names, (map(_cell, (each.learner, str(each.unit), each.criterion, each.on, *each[4:])) for each in entries)
    )


def _table(names: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(rows)
    return written.getvalue()


def _cell(cell: Cell) -> str:
    """A cell: texts of others on one line and never as a formula, numbers with a point, nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = one_line(cell)
        return f"'{text}" if text.startswith(_COMPUTED) else text
    if isinstance(cell, Fraction):
        return f"{float(cell):.6g}"
    return str(cell) if isinstance(cell, int) else iso(cell) or ""
