"""The plain form of a report, and of what lies behind its figures."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from markterm.domain.reports.report import as_number
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.reports.report import Cell, Entry, Report


def report_as_json(report: Report) -> Json:
    """A report as a JSON object: each row by the names of the columns, a share as a number from 0 to 1."""
    names = [each.name for each in report.columns]
    return {
        "report": report.name,
        "title": report.title,
        "rows": [
            {name: _cell(cell) for name, cell in zip(names, row.cells, strict=True)} | {"said": row.said}
            for row in report.rows
        ],
        "notes": list(report.notes),
        "warnings": list(report.warnings),
    }


def entry_as_json(entry: Entry) -> Json:
    """One of the things that a figure counts, as a JSON object."""
    return {
        "learner": entry.learner,
        "unit": str(entry.unit),
        "criterion": entry.criterion,
        "on": iso(entry.on),
        "what": entry.what,
        "by": entry.by,
        "uid": entry.uid,
    }


def _cell(cell: Cell) -> object:
    if isinstance(cell, Fraction):
        return as_number(cell)
    return cell if cell is None or isinstance(cell, str | int) else iso(cell)
