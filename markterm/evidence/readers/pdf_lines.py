"""The letters of a PDF page as lines and tables, in the order of the file."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.pdf_cell import Box, Cell
from markterm.evidence.readers.pdf_table import Table, text_of
from markterm.evidence.readers.symbols import is_symbol_font, shown

UNNAMED = "\ufffd"
"""Stands for a sign that the file gives no letter for."""
BULLET = re.compile(r"[•◦▪■●○–❖➢➤✓✔✗✘☐☑☒][ \t]+")
NUMBER = re.compile(r"\d{1,3}[.)][ \t]")

HYPHEN = 2
"""PDFium puts this where a line ends in a hyphen, and joins the two lines."""
WHITE = frozenset({ord("\r"), ord("\n"), ord(" ")})
_ENDS = frozenset({HYPHEN, ord("\r"), ord("\n")})
# In a PDF it is printed like any other: where words may be parted is no longer said.
_SOFT_HYPHEN = 0xAD
_NO_LETTER = frozenset({*range(0x20), 0xFFFD, 0xFFFE, 0xFFFF}) - {ord("\t"), ord("\r"), ord("\n")}
_PRIVATE = range(0xE000, 0xF900)
_LONGEST_FONT = 100
# Adobe's own places for the pieces of brackets and the marks of trade in Symbol.
_ADOBE = dict(enumerate(map(ord, "│─®©™⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭"), 0xF8E6)) | {
    0xF6D9: ord("©"),
    0xF6DA: ord("®"),
    0xF6DB: ord("™"),
}
# Letters of private use whose font says nothing of itself: these are in nearly every list that was ticked or dotted.
_USUAL = {0xF0B7: "Symbol", 0xF0A7: "Wingdings", 0xF0A8: "Wingdings", 0xF0D8: "Wingdings", 0xF0FC: "Wingdings"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; measures are in points, from the bottom left."""

    text: str
    height: float
    bottom: float
    right: float


@dataclass(slots=True)
class Letters:
    """What the letters of a page look like. A symbol font draws signs in their places."""

    text_page: Any
    """PDFium's, of the page."""
    _room: Any = field(default_factory=lambda: ctypes.create_string_buffer(_LONGEST_FONT))
    _symbol_fonts: dict[bytes, str] = field(default_factory=dict)
    """For each name of a font the name again when that is a symbol font, else nothing."""

    def code(self, place: int, code: int, *, begins: bool) -> int:
        """The sign at a place of the page whose letter is `code`; `begins` is whether it stands after white space."""
        if code in _NO_LETTER:
            return HYPHEN if code == HYPHEN and pdfium.FPDFText_IsHyphen(self.text_page, place) == 1 else ord(UNNAMED)
        if code in _PRIVATE:
            sign = ord(shown(self._symbol_font(place) or _USUAL.get(code, ""), code))
            return _ADOBE.get(sign, ord(UNNAMED) if sign in _PRIVATE else sign)
        # Within a word of plain letters none is a sign: the font of each of them is not asked for. PDFium knows the
        # letters of Symbol, so that those below 100 are none of its own.
        if (begins or code > 0x7E) and code < 0x100:
            font = self._symbol_font(place)
            if font and "symbol" not in font.lower():
                return ord(shown(font, code))
        return ord("-") if code == _SOFT_HYPHEN else code

    def _symbol_font(self, place: int) -> str:
        size = pdfium.FPDFText_GetFontInfo(self.text_page, place, self._room, _LONGEST_FONT, None)
        name: bytes = self._room.raw[: size - 1] if 0 < size <= _LONGEST_FONT else b""
        if name not in self._symbol_fonts:
            said = name.decode("utf-8", "replace")
            self._symbol_fonts[name] = said if is_symbol_font(said) else ""
        return self._symbol_fonts[name]


def lines_and_tables(text_page: Any, grids: Sequence[Table]) -> list[Line | Table]:
    """What is printed on a page, each table where its first character stands."""
    while True:
        parts = list(_in_order(text_page, grids))
        kept = [grid for grid in grids if grid.reads_well]
        if len(kept) == len(grids):
            return parts
        grids = [grid.empty() for grid in kept]


def _in_order(text_page: Any, grids: Sequence[Table]) -> Iterator[Line | Table]:
    """The lines that are not empty, and the tables, in the order of the file."""
    letters = Letters(text_page)
    codes: list[int] = []
    places: list[int] = []
    begun: list[Table] = []
    cell: Cell | None = None
    before = ord("\n")
    count = text_page.count_chars()
    # One beyond the last ends the last line.
    for place in range(count + 1):
        code = pdfium.FPDFText_GetUnicode(text_page, place) if place < count else ord("\n")
        if code not in WHITE:
            code = letters.code(place, code, begins=before in WHITE)
        before = code
        if grids and code not in WHITE and code != HYPHEN:
            box = text_page.get_charbox(place, loose=True)
            grid, found = _cell(box, grids)
            if grid is not None and grid not in begun:
                begun.append(grid)
                yield grid
            if found is not cell:
                if found is None:
                    codes.append(ord(" "))
                    places.append(place)
                else:
                    found.add_white(ord(" "))
            cell = found
            if cell is not None:
                cell.add(code, box)
                continue
        if cell is not None:
            if code == HYPHEN:
                cell.add_white(ord("-"), breaks_word=True)
            else:
                cell.add_white(code)
        elif code not in _ENDS or code == HYPHEN:
            codes.append(ord("-") if code == HYPHEN else code)
            places.append(place)
        if code not in _ENDS:
            continue
        if (line := _line(text_page, codes, places)) is not None:
            yield line
        codes, places = [], []


def _line(text_page: Any, codes: Sequence[int], places: Sequence[int]) -> Line | None:
    text = text_of(codes)
    if not text.strip():
        return None
    lead = len(text) - len(text.lstrip())
    # Bullets and numbers are often of another font, with letters of another height.
    mark = BULLET.match(text, lead) or NUMBER.match(text, lead)
    lead = mark.end() if mark is not None and mark.end() < len(codes) else lead
    _, bottom, _, top = text_page.get_charbox(places[lead], loose=True)
    right = text_page.get_charbox(places[-1], loose=True)[2]
    return Line(text.strip(), round(top - bottom, 1), bottom, right)


def _cell(box: Box, grids: Sequence[Table]) -> tuple[Table | None, Cell | None]:
    """The table and the cell in which a character stands, if it stands in any."""
    left, bottom, right, top = box
    for grid in grids:
        cell = grid.cell((left + right) / 2, (bottom + top) / 2)
        if cell is not None:
            grid.heights[round(top - bottom, 1)] += 1
            return grid, cell
    return None, None
