"""The forms in which tables can be written, and writing them with the heads of what they were made from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from markterm.exports.anchor import in_a_word
from markterm.exports.export import Export, LeftOut, Made, Piece
from markterm.exports.file_names import FileNames, file_name
from markterm.exports.table.model import Table, Tables
from markterm.records.kept_heads import Heads


class TableForm(StrEnum):
    """A form of tables, by the ending of its files."""

    XLSX = "xlsx"
    CSV = "csv"
    HTML = "html"
    PDF = "pdf"

    @classmethod
    def usual(cls) -> TableForm:
        """That which is written where nobody asks for one: a workbook, or CSV where what writes those is not
        installed."""
        return cls.XLSX if find_spec("xlsxwriter") is not None else cls.CSV

    @property
    def ending(self) -> str:
        """What the name of such a file ends in."""
        return f".{self.value}"


def table_export(
    tables: Tables,
    form: TableForm,
    name: str,
    heads: Heads,
    *,
    now: Callable[[], datetime],
    templates: Path | None = None,
    left_out: tuple[LeftOut, ...] = (),
) -> Export:
    """The tables as an export called `name`: one file, but for CSV, of which each table is one.

    Raises `WrongUse` when what writes a workbook is not installed.
    """
    if form is TableForm.XLSX:
        from markterm.exports.table.as_xlsx import check_xlsxwriter

        check_xlsxwriter()
    if form is TableForm.CSV:
        names = FileNames()
        pieces = [
            _csv(names.take(_called(name, table), form.ending), table, tables.caveats, heads) for table in tables.tables
        ]
        if len(pieces) > 1:
            return Export(tables.title, file_name(name), pieces, left_out, tables.caveats)
        (piece,) = pieces
        return Export(tables.title, str(piece.path), pieces, left_out, tables.caveats, one_file=True)

    def write(path: Path) -> Made:
        return _written(tables, form, path, heads, at=now(), templates=templates)

    path = file_name(name, form.ending)
    piece = Piece(PurePosixPath(path), ", ".join(table.title for table in tables.tables), write)
    return Export(tables.title, path, [piece], left_out, tables.caveats, one_file=True)


def _called(name: str, table: Table) -> str:
    """What the file of one table is called: what the name says already is not said again."""
    return name if table.name.casefold() in name.casefold().split() else f"{name} {table.name}"


def _csv(path: PurePosixPath, table: Table, caveats: tuple[str, ...], heads: Heads) -> Piece:
    def write(to: Path) -> Made:
        from markterm.exports.table.as_csv import write_csv

        write_csv(table, to, caveats)
        return Made(heads)

    return Piece(path, table.title, write)


def _written(
    tables: Tables, form: TableForm, path: Path, heads: Heads, *, at: datetime, templates: Path | None
) -> Made:
    anchor = in_a_word(heads)
    match form:
        case TableForm.XLSX:
            from markterm.exports.table.as_xlsx import write_xlsx

            write_xlsx(tables, path, anchor=anchor)
        case TableForm.HTML:
            from markterm.exports.table.as_html import write_html

            write_html(tables, path, anchor=anchor)
        case _:
            from markterm.exports.page_form import PageForm, write_page
            from markterm.exports.table.as_document import as_document

            return write_page(as_document(tables), PageForm.PDF, path, heads, at=at, templates=templates)
    return Made(heads, carries_heads=bool(anchor))
