"""The letters of a PDF page as lines and tables, in the order of the file."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.pdf.boxes import Box
from markterm.evidence.readers.pdf.cell import Cell
from markterm.evidence.readers.pdf.table import Table, text_of
from markterm.evidence.readers.pdf.turn import UPRIGHT, Turn
from markterm.evidence.readers.symbols import is_symbol_font, shown

UNNAMED = "\ufffd"
"""Stands for a sign that the file gives no letter for."""
BULLET = re.compile(r"[•◦▪■●○–❖➢➤✓✔✗✘☐☑☒][ \t]+")
NUMBER = re.compile(r"\d{1,3}[.)][ \t]")

HYPHEN = 2
"""PDFium puts this where a line ends in a hyphen, and joins the two lines."""
WHITE = frozenset({ord("\r"), ord("\n"), ord(" ")})
# In a PDF it is printed like any other: where words may be parted is no longer said.
_SOFT_HYPHEN = 0xAD
_NO_LETTER = frozenset({*range(0x20), 0xFFFD, 0xFFFE, 0xFFFF}) - {ord("\t"), ord("\r"), ord("\n")}
_PRIVATE = range(0xE000, 0xF900)
# A line of letters in words that are so short on average may be one whose letters are set apart.
_SET_APART = re.compile(r"(?:[A-Za-z]+[,;.:]? ){4,}[A-Za-z]+[.:]?\s*")
_SHORT_WORDS = 3.6
_ONE_HEIGHT = 0.2
"""Of the height of the letters: what is moved by less stands at one height."""
_THIN = 0.2
"""Of the height of the letters: no space between words is as narrow."""
_LAST = 0x10FFFF
_LOWEST_CUT = 0x800
# A word of several plain letters is no row of signs: what begins a line or a row of one letter, or stands alone or with
# one other, is looked at, and what is not plain.
_NOT_PLAIN = re.compile(
    r"(?:^|(?<=[\r\n]))[^ \r\n]|(?<= )([^ \r\n])(?=[ \r\n]|[^ \r\n][ \r\n]|\1|[^ \r\n]?\Z)|[^ -~\r\n\t]"
)
_LINE = re.compile(r"[^\r\n\x02]*\x02|[^\r\n\x02]+")
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
    """A line of a page; measures are in points, from the bottom left when its words run from left to right."""

    text: str
    height: float
    left: float
    bottom: float
    right: float
    places: Sequence[int] = ()
    """Of its characters, in the page."""
    links: tuple[tuple[int, int, str], ...] = ()
    """From which of its characters to which one leads to what address."""

    def is_left_of(self, other: Line) -> bool:
        """Whether `other` goes on at the same height, in letters of like size."""
        return (
            abs(self.bottom - other.bottom) <= _ONE_HEIGHT * self.height
            and abs(self.height - other.height) <= _ONE_HEIGHT * self.height
            and other.left >= self.right
        )


def codes_of(text_page: Any) -> list[int]:
    """The characters of a page as they look, by number, each at its place. A symbol font draws signs in the places of
    letters; what has no letter is UNNAMED."""
    count = text_page.count_chars()
    room = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, room) if count else 1
    # It leaves out what has no letter, and writes some letters as two: then each place is asked for.
    is_whole = written == count + 1
    codes = list(room[:count]) if is_whole else [pdfium.FPDFText_GetUnicode(text_page, n) for n in range(count)]
    looks = _Looks(text_page)
    text = "".join(map(chr, codes)) if is_whole else "".join(chr(code) if code <= _LAST else UNNAMED for code in codes)
    seen = 0
    for found in _NOT_PLAIN.finditer(text):
        if (place := found.start()) < seen:
            continue
        codes[place] = looks.code(place, codes[place])
        # Signs often stand in rows, as for how much of something there is.
        seen = place + 1
        while seen < count and codes[seen] not in WHITE and looks.is_sign(seen):
            codes[seen] = looks.code(seen, codes[seen])
            seen += 1
    return codes


@dataclass(slots=True)
class _Looks:
    """What letters of a page look like that may be others than they say."""

    text_page: Any
    last: int = -2
    """The place that was found to be a sign last."""
    _room: Any = field(default_factory=lambda: ctypes.create_string_buffer(_LONGEST_FONT))
    _symbol_fonts: dict[bytes, str] = field(default_factory=dict)
    """For each name of a font the name again when that is a symbol font, else nothing."""

    def code(self, place: int, code: int) -> int:
        """The sign at a place whose letter is `code`."""
        if code in _NO_LETTER or code > _LAST:
            # A hyphen at the end of a line comes as more than one number.
            if pdfium.FPDFText_IsHyphen(self.text_page, place) == 1:
                return HYPHEN
            return _of_bytes(pdfium.FPDFText_GetUnicode(self.text_page, place))
        if code in _PRIVATE:
            sign = ord(shown(self._symbol_font(place) or _USUAL.get(code, ""), code))
            return _ADOBE.get(sign, ord(UNNAMED) if sign in _PRIVATE else sign)
        if code < 0x100 and (font := self._sign_font(place)):
            self.last = place
            return ord(shown(font, code))
        # All letters at once come in 16 bits each, which cuts what is no letter's number.
        if code >= _LOWEST_CUT and (whole := pdfium.FPDFText_GetUnicode(self.text_page, place)) > _LAST:
            return _of_bytes(whole)
        return ord("-") if code == _SOFT_HYPHEN else code

    def is_sign(self, place: int) -> bool:
        """Whether it is a sign that stands next to the one that was looked at last."""
        return self.last == place - 1 and bool(self._sign_font(place))

    def _sign_font(self, place: int) -> str:
        """As `_symbol_font`; but PDFium knows the letters of Symbol, so that those below 100 are none of its own."""
        font = self._symbol_font(place)
        return "" if "symbol" in font.lower() else font

    def _symbol_font(self, place: int) -> str:
        size = pdfium.FPDFText_GetFontInfo(self.text_page, place, self._room, _LONGEST_FONT, None)
        name: bytes = self._room.raw[: size - 1] if 0 < size <= _LONGEST_FONT else b""
        if name not in self._symbol_fonts:
            said = name.decode("utf-8", "replace")
            self._symbol_fonts[name] = said if is_symbol_font(said) else ""
        return self._symbol_fonts[name]


def _of_bytes(code: int) -> int:
    """Some programs give the bytes of a letter for its number."""
    if code <= _LAST:
        return ord(UNNAMED)
    try:
        return ord(code.to_bytes(4, "big").lstrip(b"\0").decode())
    except (UnicodeDecodeError, TypeError, OverflowError):
        return ord(UNNAMED)


def lines_and_tables(text_page: Any, grids: Sequence[Table], turn: Turn = UPRIGHT) -> list[Line | Table]:
    """What is printed on a page that is turned so, each table where its first character stands."""
    reading = _Reading(text_page, codes_of(text_page), turn)
    while True:
        parts = list(_joined(reading.in_order(grids)))
        kept = [grid for grid in grids if grid.reads_well]
        if len(kept) == len(grids):
            return parts
        grids = [grid.empty() for grid in kept]


def _joined(parts: Iterable[Line | Table]) -> Iterator[Line | Table]:
    """Lines that follow each other at one height as one: PDFium parts them where a gap is wide, as between the columns
    of a table without ruled lines."""
    last: Line | None = None
    for part in parts:
        if isinstance(part, Line) and last is not None and last.is_left_of(part):
            # What stands close belongs to the word before, as after a raised number.
            is_close = part.left - last.right < _THIN * last.height
            text = last.text + ("" if is_close else " ") + part.text
            places = (*last.places, *([] if is_close else last.places[-1:]), *part.places)
            last = replace(last, text=text, right=part.right, places=places)
            continue
        if last is not None:
            yield last
        last = part if isinstance(part, Line) else None
        if last is None:
            yield part
    if last is not None:
        yield last


@dataclass(slots=True)
class _Reading:
    """A page while its letters are put in order."""

    text_page: Any
    codes: Sequence[int]
    turn: Turn
    _bounds: Any = field(default_factory=pdfium.FS_RECTF)

    def in_order(self, grids: Sequence[Table]) -> Iterator[Line | Table]:
        """The lines that are not empty, and the tables, in the order of the file."""
        begun: list[Table] = []
        for found in _LINE.finditer("".join(map(chr, self.codes))):
            start, end = found.span()
            if grids and self._may_be_in(grids, start, end):
                yield from self._through(grids, begun, start, end)
            else:
                yield from self._line(self.codes[start:end], range(start, end))

    def _may_be_in(self, grids: Sequence[Table], start: int, end: int) -> bool:
        """Whether a line can have letters in a table: not when it begins and ends above all of them, or below."""
        boxes = [self._box(place) for place in (start, end - 1)]
        return not all(
            all(box[1] > grid.levels[-1] for box in boxes) or all(box[3] < grid.levels[0] for box in boxes)
            for grid in grids
        )

    def _through(self, grids: Sequence[Table], begun: list[Table], start: int, end: int) -> Iterator[Line | Table]:
        """A line, some of whose letters may stand in cells; `begun` are the tables that were there before."""
        codes: list[int] = []
        places: list[int] = []
        cell: Cell | None = None
        for place in range(start, end):
            code = self.codes[place]
            if code not in WHITE and code != HYPHEN:
                box = self._box(place)
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
            if cell is None:
                codes.append(code)
                places.append(place)
            elif code == HYPHEN:
                cell.add_white(ord("-"), breaks_word=True)
            else:
                cell.add_white(code)
        yield from self._line(codes, places)

    def _line(self, codes: Sequence[int], places: Sequence[int]) -> Iterator[Line]:
        text = text_of(codes)
        if not text.strip():
            return
        if _SET_APART.fullmatch(text) and len(text) < _SHORT_WORDS * text.count(" "):
            codes, places = self._without_thin_spaces(codes, places)
            text = text_of(codes)
        if codes[-1] == HYPHEN:
            text = f"{text[:-1]}-"
        lead = len(text) - len(text.lstrip())
        # Bullets and numbers are often of another font, with letters of another height.
        mark = BULLET.match(text, lead) or NUMBER.match(text, lead)
        lead = mark.end() if mark is not None and mark.end() < len(codes) else lead
        _, bottom, _, top = self._box(places[lead])
        begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
        left, right = self._box(places[begin])[0], self._box(places[-1])[2]
        yield Line(text.strip(), round(top - bottom, 1), left, bottom, right, places[begin:end])

    def _without_thin_spaces(self, codes: Sequence[int], places: Sequence[int]) -> tuple[list[int], list[int]]:
        """The line without the spaces that PDFium finds between letters that were only set apart."""
        kept = []
        for number, code in enumerate(codes):
            if code == ord(" ") and 0 < number < len(codes) - 1:
                before, after = self._box(places[number - 1]), self._box(places[number + 1])
                is_thin = 0 <= after[0] - before[2] < _THIN * (before[3] - before[1])
                if is_thin and pdfium.FPDFText_IsGenerated(self.text_page, places[number]) == 1:
                    continue
            kept.append(number)
        return [codes[number] for number in kept], [places[number] for number in kept]

    def _box(self, place: int) -> Box:
        return box_of(self.text_page, place, self.turn, self._bounds)


def box_of(text_page: Any, place: int, turn: Turn, room: Any = None) -> Box:
    """Where a character of a page that is turned so stands; `room` is for the answer, which is then not made anew."""
    bounds = room or pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, place, bounds)
    return turn.box((bounds.left, bounds.bottom, bounds.right, bounds.top))


def _cell(box: Box, grids: Sequence[Table]) -> tuple[Table | None, Cell | None]:
    """The table and the cell in which a character stands, if it stands in any."""
    left, bottom, right, top = box
    for grid in grids:
        cell = grid.cell((left + right) / 2, (bottom + top) / 2)
        if cell is not None:
            grid.heights[round(top - bottom, 1)] += 1
            return grid, cell
    return None, None
