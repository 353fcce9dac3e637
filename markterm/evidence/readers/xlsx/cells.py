"""The cells of a sheet, row by row, as they were shown."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from string import digits
from typing import Any

from markterm.evidence.readers import number_format
from markterm.evidence.readers.office import RELATIONS, OfficeFile, is_on, number
from markterm.evidence.readers.tick_box import tick_box
from markterm.evidence.readers.xlsx import texts
from markterm.evidence.readers.xlsx.rules import RULES, Rules
from markterm.evidence.readers.xlsx.styles import PLAIN, Style
from markterm.evidence.readers.xlsx.texts import MAIN, STRUCK, UNSTRUCK

_CELL, _VALUE, _FORMULA, _INLINE = (MAIN + name for name in ("c", "v", "f", "is"))
LAST_COLUMN = 16_384
_MOST_LINKED = 20
"""Rows and columns of a link's range that are looked through for words."""
_BETWEEN = 3
"""Letters between two cells of a row."""
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_HYPERLINK = re.compile(r'^\s*(?:_xlfn\.)?HYPERLINK\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)
_ZERO = re.compile(r"[-+]?0*\.?0*(?:[eE].*)?")
_CODES = re.compile(r'&(?:(&)|"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|([LCR])|.)', re.DOTALL)
"""Of headers and footers: a part, a font, a colour, a size, the page."""


@dataclass(slots=True)
class Book:
    """What the cells of all sheets share."""

    strings: Sequence[texts.Text] = ()
    styles: Sequence[Style] = ()
    from_1904: bool = False
    pictures: Mapping[int, str] = field(default_factory=dict)
    """What pictures in cells are said to show, by the number that cells have for them."""
    rule_formats: Container[int] = ()
    """The looks of rules (conditional formats) that change what a cell says."""


@dataclass(slots=True)
class Cells:
    """What is in a sheet. Rows and columns count from 1, and only those with something in them are here."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    """Where cells lead, by their row and column: an address, or `#` and a place in the workbook."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    ends: list[tuple[str, str]] = field(default_factory=list)
    """What is printed above (`header`) and below (`footer`) each page."""
    controls: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Relation and name of form controls by the number of their shape."""
    merged: list[str] = field(default_factory=list)
    """The ranges of cells that were made one, as `A1:B2`."""
    objects: dict[str, str] = field(default_factory=dict)
    """Kinds of embedded objects by their relation, as `Word.Document.12`."""
    without_value: int = 0
    """Formulas that nobody has calculated."""
    lost: int = 0
    """Cells whose text is not in the file."""
    unshown: int = 0
    """Cells whose format shows nothing."""
    size: int = 0
    """Letters that the rows take as a table, about."""
    first_left_out: int | None = None
    """The first row that there was no room for."""
    rules: Rules = field(default_factory=Rules)
    is_known: bool = False
    """Whether the part is a sheet at all."""

    @property
    def columns(self) -> list[int]:
        """Those with something in them."""
        return sorted({column for row in self.rows.values() for column in row})

    def shown(self, row: int, column: int) -> str:
        """What a cell says."""
        return texts.unmarked(self.rows.get(row, {}).get(column, ""))


def read_cells(office: OfficeFile, part: str, book: Book, most_rows: int, room: int) -> Cells:
    """The sheet that is the part of that name: so many rows, and so many letters, and no more."""
    cells = Cells()
    formulas: dict[str, str] = {}
    columns: set[int] = set()
    place = 0
    names = (
        "sheetData row col sheetFormatPr mergeCell hyperlink headerFooter control oleObject".split()  # noqa: SIM905  # reads better
    )
    hides_rows = False
    for element in office.each(part, [*(MAIN + name for name in names), *RULES]):
        name = element.tag.removeprefix(MAIN)
        if element.tag in RULES:
            cells.rules.take(element, book.rule_formats)
        elif name == "row":
            place = number(element.get("r"), place + 1)
            if cells.first_left_out is not None:
                continue
            filled = dict(_row(element, place, book, cells, formulas))
            columns.update(filled)
            size = sum(map(len, filled.values())) + _BETWEEN * len(columns)
            if filled and (len(cells.rows) >= most_rows or cells.size + size > room):
                cells.first_left_out = place
            elif filled:
                cells.size += size
                cells.rows.setdefault(place, {}).update(filled)
                if is_on(element.get("hidden"), hides_rows):
                    cells.hidden_rows.add(place)
        elif name == "sheetData":
            cells.is_known = True
        elif name == "col" and is_on(element.get("hidden")):
            cells.hidden_columns.append(range(number(element.get("min")), number(element.get("max")) + 1))
        elif name == "sheetFormatPr":
            hides_rows = is_on(element.get("zeroHeight"))
        elif name == "mergeCell":
            cells.merged.append(element.get("ref") or "")
        elif name == "hyperlink":
            _link(office, part, element, cells)
        elif name == "headerFooter":
            cells.ends.extend(each for each in _ends(element) if each not in cells.ends)
        elif name == "control":
            cells.controls[element.get("shapeId") or ""] = (
                element.get(f"{RELATIONS}id") or "",
                element.get("name") or "",
            )
        elif name == "oleObject":
            cells.objects[element.get(f"{RELATIONS}id") or ""] = element.get("progId") or ""
    return cells


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of the first cell of a reference as `B2` or `$B$2:C9`."""
    found = _REFERENCE.match(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return (int(found[2]), column) if 0 < column <= LAST_COLUMN else None


@cache
def _column_of(letters: str) -> int:
    """The column of these letters; nought for none. A sheet has as many rows as it likes, and few columns."""
    at = place_of(f"{letters}1")
    return at[1] if at is not None else 0


def _row(row: Any, place: int, book: Book, cells: Cells, formulas: dict[str, str]) -> Iterator[tuple[int, str]]:
    column = 0
    for element in row:
        reference = element.get("r")
        column = (_column_of(reference.rstrip(digits)) if reference else 0) or column + 1
        if len(element) == 0 or element.tag != _CELL:
            continue
        look = element.get("s")
        style = number(look, -1) if look else -1
        text = _cell(element, book, book.styles[style] if 0 <= style < len(book.styles) else PLAIN, cells, formulas)
        if text and not text.isspace():
            yield column, text
            formula = element.findtext(_FORMULA) if len(element) > 1 else None
            if formula and (link := _HYPERLINK.match(formula)):
                cells.links[place, column] = link[1].replace('""', '"')


def _cell(element: Any, book: Book, style: Style, cells: Cells, formulas: dict[str, str]) -> str:
    value = formula = inline = None
    for child in element:
        tag = child.tag
        if tag == _VALUE:
            value = child.text or ""
        elif tag == _FORMULA:
            formula = child
        elif tag == _INLINE:
            inline = child
    kind = element.get("t") or "n"
    if kind == "inlineStr":
        return "" if inline is None else _text(texts.rich_text(inline), style, cells)
    if formula is not None and formula.text and formula.get("si"):
        formulas.setdefault(formula.get("si"), formula.text)
    if value is None or (not value and kind != "str"):
        return _uncalculated(formula, cells, formulas)
    if kind == "s":
        index = number(value, -1)
        if 0 <= index < len(book.strings):
            return _text(book.strings[index], style, cells)
        cells.lost += 1
        return ""
    if kind == "b":
        if style.is_box:
            return tick_box(is_on(value))
        return "TRUE" if is_on(value) else "FALSE"
    if kind == "e":
        words = book.pictures.get(number(element.get("vm"), -1))
        return value if words is None else f"[image: {words or 'no description'}]"
    if kind == "str":
        return _text((texts.Run(texts.decoded(value)),), style, cells)
    if kind == "d" and style.code == number_format.GENERAL:
        return value
    figure = _iso(value) if kind == "d" else value
    try:
        number_shown = float(figure)
    except ValueError:
        return value
    text = number_format.shown(number_shown, style.code, from_1904=book.from_1904 and kind != "d")
    if not text.strip():
        if not _ZERO.fullmatch(figure):  # a nought that is not shown is what people ask for
            cells.unshown += 1
        text = "" if _ZERO.fullmatch(figure) else number_format.general(number_shown)
    return f"{STRUCK}{text}{UNSTRUCK}" if style.is_struck and text else text


def _text(text: texts.Text, style: Style, cells: Cells) -> str:
    shown = texts.shown(text, style.font, all_struck=style.is_struck)
    if style.code == number_format.GENERAL:
        return shown
    formatted = number_format.shown_text(shown, style.code)
    if shown.strip() and not formatted.strip():
        cells.unshown += 1
        return shown
    return formatted


def _uncalculated(formula: Any | None, cells: Cells, formulas: Mapping[str, str]) -> str:
    if formula is None:
        return ""
    text = formula.text or formulas.get(formula.get("si") or "", "")
    cells.without_value += bool(text)
    return f"={text}" if text else ""


def _iso(value: str) -> str:
    """A date, a time or both as ISO 8601 has them, as a number of the system of 1900; what is none, as it is."""
    try:
        if ":" in value and "-" not in value:
            at = datetime.combine(date(1899, 12, 30), time.fromisoformat(value.removeprefix("T")))
        else:
            at = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return value
    return repr((at - datetime(1899, 12, 30)).total_seconds() / 86_400)


def _link(office: OfficeFile, part: str, element: Any, cells: Cells) -> None:
    """Put the link to the first cell of its range that says something, or make its first one say where it leads."""
    begin, end = (place_of(each) for each in (element.get("ref") or "").partition(":")[::2])
    relation = office.target(part, element.get(f"{RELATIONS}id"))
    inside = element.get("location") or ""
    address = f"{relation.target if relation else ''}{'#' if inside else ''}{inside}"
    if begin is None or not address:
        return
    end = end or begin
    rows = range(begin[0], min(end[0], begin[0] + _MOST_LINKED) + 1)
    columns = range(begin[1], min(end[1], begin[1] + _MOST_LINKED) + 1)
    filled = ((row, column) for row in rows for column in columns if cells.rows.get(row, {}).get(column))
    at = next(filled, None)
    if at is None and (cells.first_left_out is None or begin[0] < cells.first_left_out):
        at = begin
        cells.rows.setdefault(begin[0], {})[begin[1]] = element.get("display") or address
    if at is not None:
        cells.links[at] = address


def _ends(element: Any) -> Iterator[tuple[str, str]]:
    for child in element:
        kind = "header" if child.tag.endswith("Header") else "footer"
        words = _printed(child.text or "")
        if words:
            yield kind, words


def _printed(code: str) -> str:
    """The words of a header or footer without its codes, its parts with a dot between them."""
    marked = _CODES.sub(lambda found: "&" if found[1] else "\0" if found[2] else "", code)
    return " · ".join(filter(None, (" ".join(piece.split()) for piece in marked.split("\0"))))
