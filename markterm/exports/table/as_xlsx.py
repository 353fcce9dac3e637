"""Tables as a workbook: a sheet for each, and one that says of what record it was made.

Written row by row: a workbook of a million cells takes the memory of one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.table.model import Cell, Column, Row, Sign, Table, Tables, Tone, in_letters, in_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # it has no types

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST = 32_000
"""UTF-16 units of one cell: Excel takes 32,767, and there is to be room for the word that it goes on."""
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_LONGEST_NAME = 31
_LONGEST_MARGIN = 200
"""Characters above or below a page; Excel takes 255."""
_REFUSED = re.compile(r"[\[\]:*?/\\]")
_A4, _NARROW = 9, {"left": 0.4, "right": 0.4, "top": 0.75, "bottom": 0.6}
_PAGE = 200
"""Characters of a row that are fitted to a page's width: with more nobody could read it."""
_LEAST = 60
"""Characters that each page has room for beside what says who it is about."""
_LINE, _MOST_LINES = 14, 28
"""The height of a line in a cell, and of how many a row is at most: Excel takes no more than 409."""
_NARROWER = 1.15
"""How many letters of a text go where one figure goes, with room for words that do not fit at the end of a line."""
_WIDEST = 70
_COLOURS = {
    Tone.PASS: ("#155C34", "#E8F3EC"),
    Tone.REFER: ("#8F2D12", "#FBECE6"),
    Tone.WAITING: ("#4A5362", "#F3F5F8"),
    Tone.ATTENTION: ("#6B2A7A", "#F5EBF7"),
}


def check_xlsxwriter() -> None:
    """Raises `WrongUse` when what writes workbooks is not installed."""
    if find_spec("xlsxwriter") is None:
        raise WrongUse(
            "A workbook cannot be made here",
            "What writes it (xlsxwriter) is not installed.",
            "Install MarkTerm with its extra: pip install 'markterm[exports]'.",
        )


def write_xlsx(tables: Tables, path: Path, *, anchor: str = "") -> None:
    """Write the tables to `path`, with `anchor` on the sheet “Record”. Raises `WrongUse` when xlsxwriter is not
    installed, `Refused` for a table with more columns than a sheet has, and OSError."""
    check_xlsxwriter()
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # it has no types

    # It is packed in memory: where the disk is full, what packs it could not close the file, and says so on the screen.
    packed = BytesIO()
    said: OSError
    try:
        # What it writes meanwhile names learners: it lies beside, goes with the rest of an export that was killed, and
        # is not left in the folder for everybody's temporary files.
        with (
            TemporaryDirectory(prefix=".", dir=path.parent, ignore_cleanup_errors=True) as folder,
            xlsxwriter.Workbook(packed, {**_OPTIONS, "tmpdir": folder}) as workbook,
        ):
            _Book(workbook, tables, anchor).write()
    except FileCreateError as error:
        # What the system said, such as that the disk is full, is wrapped there in what is no OSError.
        said = error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))
    else:
        path.write_bytes(packed.getbuffer())
        return
    # Without the places in which it was raised: what packs is closed now, while there is something to close it on.
    raise said.with_traceback(None)


class _Book:
    """One workbook."""

    def __init__(self, workbook: Workbook, tables: Tables, anchor: str) -> None:
        self._workbook = workbook
        self._tables = tables
        self._anchor = anchor
        self._names: set[str] = {"record", "continued"}
        self._continued: list[tuple[str, str, str]] = []
        base = {"valign": "top", "font_name": "Calibri", "font_size": 10}
        self._text = workbook.add_format({**base, "text_wrap": True})
        self._day = workbook.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self._number = workbook.add_format({**base, "num_format": "0", "align": "left"})
        self._head = workbook.add_format(
            {**base, "bold": True, "text_wrap": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "border": 1}
        )
        self._title = workbook.add_format({**base, "bold": True, "font_size": 14, "font_color": "#1F3A5F"})
        self._warning = workbook.add_format({**base, "bold": True, "text_wrap": True, "font_color": "#8A1C1C"})
        self._name = workbook.add_format({**base, "bold": True})
        self._tones = {
            tone: workbook.add_format(
                {**base, "bold": True, "align": "center", "font_color": ink, "bg_color": tint, "border": 1}
                | {"border_color": "#C3C9D3"}
            )
            for tone, (ink, tint) in _COLOURS.items()
        }

    def write(self) -> None:
        self._workbook.set_properties({"title": one_line(self._tables.title)[:_LONGEST_MARGIN], "author": "MarkTerm"})
        for table in self._tables.tables:
            self._table(table)
        self._record()
        if self._continued:
            self._rest()

    def _table(self, table: Table) -> None:
        if len(table.columns) > _MOST_COLUMNS:
            raise Refused(
                "Too many columns",
                f"{one_line(table.title)} has {len(table.columns):,} columns, and a sheet {_MOST_COLUMNS:,}.",
                "Export it as CSV, or narrow it down.",
            )
        sheet, row = self._sheet(table), 0
        for cells in table.rows():
            row += 1
            if row == _MOST_ROWS:
                self._finish(sheet, table, row - 1)
                sheet, row = self._sheet(table), 1
            if (lines := _lines(cells, table.columns)) > 1:  # Nobody makes room for them when it is opened.
                sheet.set_row(row, _LINE * min(lines, _MOST_LINES) + _LINE / 4)
            for place, cell in enumerate(cells):
                self._put(sheet, row, place, cell, table)
        self._finish(sheet, table, row)

    def _sheet(self, table: Table) -> Worksheet:
        sheet = self._workbook.add_worksheet(self._sheet_name(table.name))
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, _width(column))
        self._paper(sheet, table)
        titles = [column.title for column in table.columns]
        sheet.set_row(0, _LINE * min(_lines(titles, table.columns), _MOST_LINES) + _LINE / 2)
        for place, column in enumerate(table.columns):
            self._check(sheet.write_string(0, place, in_words(column.title) or " ", self._head))
        return sheet

    def _paper(self, sheet: Worksheet, table: Table) -> None:
        sheet.freeze_panes(1, table.frozen)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(**_NARROW)
        sheet.repeat_rows(0)
        if table.frozen:
            sheet.repeat_columns(0, table.frozen - 1)
        sheet.hide_gridlines(0)  # They are printed, too.
        # As many pages wide as it takes to be read, each with who it is about.
        widths = [_width(column) for column in table.columns]
        who = sum(widths[: table.frozen])
        sheet.fit_to_pages(max(1, ceil(sum(widths[table.frozen :]) / max(_PAGE - who, _LEAST))), 0)
        # The blank tells a number that it begins with from the size of the letters.
        above = " · ".join((*self._tables.caveats, table.title))  # Where there is no room, the title is cut.
        sheet.set_header(f"&L&9 {_margin(above)}")
        sheet.set_footer(f"&L&8 {_margin(self._tables.about)}&R&8 Page &P of &N")

    def _finish(self, sheet: Worksheet, table: Table, rows: int) -> None:
        sheet.autofilter(0, 0, max(rows, 1), len(table.columns) - 1)

    def _put(self, sheet: Worksheet, row: int, place: int, cell: Cell, table: Table) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, Sign):
            self._check(sheet.write_string(row, place, in_letters(cell), self._tones[cell.tone]))
        elif isinstance(cell, str):
            text = in_words(cell)
            where = f"{sheet.get_name()}, {_letters(place)}{row + 1}, {in_words(table.columns[place].title)}"
            self._check(sheet.write_string(row, place, self._fitting(text, where), self._text))
        elif isinstance(cell, date):
            # As it was counted before 1900 no sheet knows a day.
            if cell.year < 1900:
                self._check(sheet.write_string(row, place, cell.isoformat(), self._text))
            else:
                self._check(sheet.write_datetime(row, place, cell, self._day))
        else:
            self._check(sheet.write_number(row, place, cell, self._number))

    def _fitting(self, text: str, where: str) -> str:
        """The text, or as much as a cell takes; the rest goes on in the sheet “Continued”, and the cell says so."""
        if len(text) * 2 <= _LONGEST or _units(text) <= _LONGEST:
            return text
        first, *rest = _pieces(text)
        number = len(self._continued) + 2
        self._continued += [(where, f"{place} of {len(rest)}", piece) for place, piece in enumerate(rest, 1)]
        return f"{first} [goes on in the sheet Continued, row {number}]"

    def _record(self) -> None:
        sheet = self._workbook.add_worksheet("Record")
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 100)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        rows = [(self._tables.title, "", self._title)]
        rows += [("", caveat, self._warning) for caveat in self._tables.caveats]
        rows += [(name, text, self._text) for name, text in self._tables.facts]
        notes = dict.fromkeys(note for table in self._tables.tables for note in table.notes)
        rows += [("How it is read", note, self._text) for note in notes]
        if self._anchor:
            rows.append(("Heads of the records", self._anchor, self._text))
        columns = (Column("", 22), Column("", 90))
        for row, (name, text, form) in enumerate(rows):
            sheet.set_row(row, _LINE * min(_lines((name, text), columns), _MOST_LINES) + _LINE / 2)
            if name:
                self._check(sheet.write_string(row, 0, in_words(name), self._name if text else form))
            if text:
                self._check(sheet.write_string(row, 1, self._fitting(in_words(text), f"Record, B{row + 1}"), form))

    def _rest(self) -> None:
        table = Table(
            "Texts that go on",
            "Texts that are longer than a cell",
            (Column("Where it begins", 40), Column("Part", 8), Column("Text", 70)),
            lambda: iter(()),
        )
        sheet = self._workbook.add_worksheet("Continued")
        self._paper(sheet, table)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            self._check(sheet.write_string(0, place, column.title, self._head))
        for row, cells in enumerate(self._continued, 1):
            for place, text in enumerate(cells):
                self._check(sheet.write_string(row, place, text, self._text))

    def _sheet_name(self, name: str) -> str:
        """A name for a sheet that Excel takes, and that no other one has."""
        plain = _REFUSED.sub("-", one_line(name)).strip("' ") or "Table"
        if plain.casefold() == "history":  # Excel keeps that for itself.
            plain = f"{plain}_"
        number = 1
        while True:
            end = f" ({number})" if number > 1 else ""
            own = _cut(plain, _LONGEST_NAME - len(end)).strip("' ") + end
            if own.casefold() not in self._names:
                self._names.add(own.casefold())
                return own
            number += 1

    @staticmethod
    def _check(refused: int) -> None:
        """What xlsxwriter does not write it says in a number alone: nothing is to be missing."""
        if refused:
            raise Refused(
                "A cell could not be written",
                "The workbook did not take a text or a figure. Nothing of it was left behind.",
                "Export it as CSV.",
            )


def _width(column: Column) -> float:
    return min(max(column.width, 3) + 1.5, _WIDEST)


def _lines(cells: Row, columns: Sequence[Column]) -> int:
    """How many lines its longest text takes in the width of its column, about."""
    return max(
        (
            sum(1 + int(_breadth(line) / max(column.width, 3) / _NARROWER) for line in cell.split("\n"))
            for cell, column in zip(cells, columns, strict=True)
            if isinstance(cell, str) and (_breadth(cell) > column.width or "\n" in cell)
        ),
        default=1,
    )


def _breadth(text: str) -> float:
    """How wide a text is in figures: signs of Chinese, Japanese and Korean are twice as wide, and emoji."""
    return len(text) if text.isascii() else len(text) + sum(east_asian_width(sign) in "WF" for sign in text) * 1.3


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that a cell takes, cut between signs."""
    begin = 0
    while begin < len(text):
        end = begin + _LONGEST // 2  # Each of them may be two units.
        yield text[begin:end]
        begin = end


def _cut(text: str, most: int) -> str:
    """As much of it as has that many UTF-16 units."""
    while _units(text) > most:
        text = text[:-1]
    return text


def _margin(text: str) -> str:
    """A text as it stands above or below a page, where & begins a command."""
    plain = one_line(text)
    most = _LONGEST_MARGIN - plain.count("&")
    return (plain if _units(plain) <= most else f"{_cut(plain, most - 1)}…").replace("&", "&&")


def _letters(place: int) -> str:
    """The name of a column: A, B, … AA."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
