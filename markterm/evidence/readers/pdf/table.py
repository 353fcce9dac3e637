"""Tables of a PDF page, known by their ruled lines: nothing in the file says that they are tables.

Lines that cross make a grid. Where a line between two cells is missing they are one, whose words stand in the first.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.pdf.cell import WHOLE, Cell, CellLine, row_bounds
from markterm.evidence.readers.pdf.turn import Turn

MOST_STROKES = 20_000
_MOST_RULES = 400
_MOST_CELLS = 2_000
"""Of one page. What has more is a drawing."""
_MOST_LINES = 1_000
"""Of words, in all cells of a table."""
_CLOSE = 4.0
"""Points. Lines nearer than this are one, for a line is often drawn as a narrow box, and no words stand between."""
_SHORTEST = 4.0
_LONGEST_CELL = 1_000
"""Characters. What has longer cells is a page laid out in boxes, whose paragraphs are worth more than its boxes."""

Place = tuple[int, int]
"""Row and column, from 0."""


class Rule(NamedTuple):
    """A line on the page: where it stands, and from where to where it goes along the other axis."""

    at: float
    begin: float
    end: float


@dataclass(eq=False)
class Table:
    """A grid and the characters in it. Measures are in points, from the bottom left of the page. Its rows are not asked
    for before all characters are there."""

    columns: Sequence[float]
    """The places of its upright lines, from the left."""
    levels: Sequence[float]
    """The places of its level lines, from the bottom."""
    joined: dict[Place, Place]
    """The first cell of those that are one, for each of them."""
    heights: Counter[float] = field(default_factory=Counter)
    """How many of its characters are of which height."""
    _cells: dict[Place, Cell] = field(default_factory=dict)

    @property
    def area(self) -> float:
        """Of the page that it takes, in square points."""
        return (self.columns[-1] - self.columns[0]) * (self.levels[-1] - self.levels[0])

    @cached_property
    def rows(self) -> list[list[str]]:
        """The texts of its cells from the top; rows without any words are left out."""
        ruled: dict[int, dict[int, Cell]] = defaultdict(dict)
        for (row, column), cell in self._cells.items():
            if cell.lines:
                ruled[row][column] = cell
        bounds = {row: row_bounds(list(ruled[row].values())) for row in sorted(ruled)}
        # Two lines in the cells of a table with lines between its rows are a name in two lines, or a head.
        is_ruled = len(bounds) > 2 and all(len(found) < 3 for found in bounds.values())
        rows = []
        for place, (row, found) in enumerate(bounds.items()):
            is_whole = is_ruled or (place == 0 and len(bounds) > 1 and len(found) < 3)
            for top, bottom in [WHOLE] if is_whole else found:
                texts = [""] * (len(self.columns) - 1)
                for column, cell in ruled[row].items():
                    texts[column] = " ".join(text_of(cell.codes_between(top, bottom)).split())
                rows.append(texts)
        return [row for row in rows if any(row)]

    @property
    def text(self) -> str:
        """All of its words."""
        return "\n".join(map("\t".join, self.rows))

    @property
    def reads_well(self) -> bool:
        """Whether there are words in more than one cell, and too many in none."""
        if sum(len(cell.lines) for cell in self._cells.values()) > _MOST_LINES:
            return False
        lengths = [len(cell) for row in self.rows for cell in row if cell]
        return len(lengths) > 1 and max(lengths) <= _LONGEST_CELL

    def cell(self, x: float, y: float) -> Cell | None:
        """The cell at that point, to be added to; None beside the table."""
        column = bisect_right(self.columns, x) - 1
        row = len(self.levels) - 1 - bisect_right(self.levels, y)
        if 0 <= column < len(self.columns) - 1 and 0 <= row < len(self.levels) - 1:
            first = self.joined[row, column]
            if first not in self._cells:
                rows, columns = zip(*(place for place, other in self.joined.items() if other == first), strict=True)
                left, right = self.columns[min(columns)], self.columns[max(columns) + 1]
                self._cells[first] = Cell(left, right, is_of_one_row=min(rows) == max(rows))
            return self._cells[first]
        return None

    def line_at(self, x: float, y: float) -> CellLine | None:
        """The line of words at that point; None beside the table and where nothing is written."""
        cell = self.cell(x, y)
        return None if cell is None else next((line for line in cell.lines if line.stands_at(y)), None)

    def add_after(self, line: CellLine, words: str) -> None:
        """Words after a line of a cell."""
        line.codes.extend(map(ord, words))
        self.__dict__.pop("rows", None)

    def empty(self) -> Table:
        """The same grid without any words."""
        return Table(self.columns, self.levels, self.joined)


def text_of(codes: Sequence[int]) -> str:
    """Characters of their numbers; where the system's wide characters have 16 bits, two may be one."""
    return "".join(map(chr, codes)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def tables(page: Any, turn: Turn) -> list[Table]:
    """The ruled grids of more than one row and column of a page that is turned so, those inside others first."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for stroke in islice(_strokes(page), MOST_STROKES):
        (x, y), (other_x, other_y) = turn.point(*stroke[:2]), turn.point(*stroke[2:])
        if abs(y - other_y) < 1 and abs(x - other_x) > _SHORTEST:
            level.append(Rule(y, *sorted((x, other_x))))
        elif abs(x - other_x) < 1 and abs(y - other_y) > _SHORTEST:
            upright.append(Rule(x, *sorted((y, other_y))))
    level, upright = _whole(level), _whole(upright)
    if len(level) + len(upright) > _MOST_RULES:
        return []
    found = (_table(*group) for group in _crossing(level, upright))
    return sorted((table for table in found if table is not None), key=lambda table: table.area)


def _strokes(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight parts of what is drawn on the page, each from point to point."""
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
        begin = before = (0.0, 0.0)
        for place in range(pdfium.FPDFPath_CountSegments(drawn)):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, place)
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            here = (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                begin = here
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                yield *before, *here
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield *here, *begin
            before = here


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """The lines of which `rules` are pieces, or the two edges."""
    by_place: list[list[Rule]] = []
    for rule in sorted(rules):
        if by_place and rule.at - by_place[-1][0].at <= _CLOSE:
            by_place[-1].append(rule)
        else:
            by_place.append([rule])
    whole = []
    for pieces in by_place:
        pieces.sort(key=lambda rule: rule.begin)
        line = pieces[0]
        for piece in pieces[1:]:
            if piece.begin - line.end <= _CLOSE:
                line = line._replace(end=max(line.end, piece.end))
            else:
                whole.append(line)
                line = piece._replace(at=line.at)
        whole.append(line)
    return whole


def _crossing(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The level and the upright lines that hang together."""
    left_level, left_upright = list(level), list(upright)
    while left_level:
        group: tuple[list[Rule], list[Rule]] = ([left_level.pop()], [])
        new = group[0]
        while new:
            crossed = [rule for rule in left_upright if any(_cross(one, rule) for one in new)]
            left_upright = [rule for rule in left_upright if rule not in crossed]
            group[1].extend(crossed)
            new = [rule for rule in left_level if any(_cross(rule, one) for one in crossed)]
            left_level = [rule for rule in left_level if rule not in new]
            group[0].extend(new)
        yield group


def _cross(level: Rule, upright: Rule) -> bool:
    return _covers(level, upright.at) and _covers(upright, level.at)


def _covers(rule: Rule, place: float) -> bool:
    return rule.begin - _CLOSE <= place <= rule.end + _CLOSE


def _table(level: Sequence[Rule], upright: Sequence[Rule]) -> Table | None:
    columns = sorted({rule.at for rule in upright})
    levels = sorted({rule.at for rule in level})
    if len(columns) < 3 or len(levels) < 3 or len(columns) * len(levels) > _MOST_CELLS:
        return None
    joined = {(row, column): (row, column) for row in range(len(levels) - 1) for column in range(len(columns) - 1)}
    middles = [(one + other) / 2 for one, other in pairwise(columns)]
    heights = [(one + other) / 2 for one, other in pairwise(reversed(levels))]
    for row, column in joined:
        if column and not _ruled(upright, columns[column], heights[row]):
            _join(joined, (row, column), (row, column - 1))
        if row and not _ruled(level, levels[-1 - row], middles[column]):
            _join(joined, (row, column), (row - 1, column))
    return Table(columns, levels, joined)


def _ruled(rules: Sequence[Rule], at: float, place: float) -> bool:
    return any(rule.at == at and rule.begin <= place <= rule.end for rule in rules)


def _join(joined: dict[Place, Place], one: Place, other: Place) -> None:
    first, last = sorted((joined[one], joined[other]))
    for cell, place in joined.items():
        if place == last:
            joined[cell] = first
