"""Excel workbooks: each heading of the text is a sheet, the table below it what is on it.

Dates become dates and figures numbers; `=SUM(A1:A9) → 12` is a formula with the value that was last seen.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.text.blocks import Block, BlockKind
from tests.demo_evidence.packed import undated
from tests.demo_evidence.texts import plain

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_FORMULA = re.compile(r"(=.*) → (\S+)")
_WIDEST = 44


def workbook(blocks: Sequence[Block], *, title: str, day: str, comments: Mapping[tuple[str, str], str]) -> bytes:
    """The blocks as a workbook that was written on `day`, with comments by sheet and cell."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"title": title, "author": "Rosalind Jones"})
    strong, dated = book.add_format({"bold": True}), book.add_format({"num_format": "dd mmm yyyy"})
    sheet: Any = None
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            sheet = book.add_worksheet(block.text)
        elif block.kind is BlockKind.TABLE:
            rows = [[plain(cell) for cell in row] for row in block.rows]
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell, dated if number else strong)
            for column in range(len(rows[0])):
                sheet.set_column(
                    column, column, min(max(len(row[column].split(" → ")[-1]) for row in rows) + 2, _WIDEST)
                )
            sheet.freeze_panes(1, 0)
    for (name, cell), words in comments.items():
        book.get_worksheet_by_name(name).write_comment(cell, words, {"author": "Rosalind Jones"})
    book.close()
    return undated(written.getvalue(), day)


def _write(sheet: Any, row: int, column: int, cell: str, style: Any) -> None:
    if _DATE.fullmatch(cell):
        sheet.write_datetime(row, column, datetime.fromisoformat(cell), style)
    elif found := _FORMULA.fullmatch(cell):
        sheet.write_formula(row, column, found[1], None, float(found[2]))
    elif _NUMBER.fullmatch(cell):
        sheet.write_number(row, column, float(cell))
    elif cell:
        sheet.write_string(row, column, cell, None if row else style)
