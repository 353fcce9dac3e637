"""A cell of a ruled table of a PDF, and the rows of words that stand in one row of its lines.

Many tables have lines around their columns and under their header, and none between their rows. What tells such rows
is that their words stand at one height, and do not stand there because the line above them was full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import inf

from markterm.evidence.readers.pdf.boxes import Box

# Points that a table leaves between its lines and its words, at most.
_MARGIN = 8.0
_WIDER = 1.5
"""How much wider than others a gap is that parts two rows."""
WHOLE = (inf, -inf)
"""Top and bottom of a row that has all there is."""
_SPACE = 0.25
"""Of the height of the letters: as wide as a space is."""
_SAME = 0.5
"""Of the height of the letters: what stands nearer than this stands at one height."""


@dataclass(slots=True)
class CellLine:
    """A line of a cell: its characters, and where they stand."""

    codes: list[int]
    left: float
    bottom: float
    right: float
    top: float
    first_word: float = 0.0
    """Where its first word ends; 0 while it goes on."""
    is_broken: bool = False
    """Whether it ends within a word."""

    @property
    def height(self) -> float:
        """How high its letters are."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.bottom + self.top) / 2

    def stands_at(self, middle: float) -> bool:
        """Whether it is at that height."""
        return abs(self.middle - middle) <= _SAME * self.height

    def is_full_before(self, other: CellLine, room: float) -> bool:
        """Whether the first word of `other` would not have fitted on it, in a cell with `room` for words."""
        word = (other.first_word or other.right) - other.left
        space = _SPACE * self.height
        return self.is_broken or self.right - self.left + space + word > room


@dataclass(eq=False)
class Cell:
    """The lines of a cell, in the order of the file. How they break is not asked for before all of them are there."""

    left: float
    right: float
    is_of_one_row: bool = True
    """Whether it stands in one row of the table's lines; else it is several cells in one."""
    lines: list[CellLine] = field(default_factory=list)

    @property
    def room(self) -> float:
        """How wide a line of it can be."""
        margins = [margin for line in self.lines for margin in (line.left - self.left, self.right - line.right)]
        return self.right - self.left - 2 * max(0.0, min(_MARGIN, *margins))

    def add(self, code: int, box: Box) -> None:
        """A letter at its place."""
        left, bottom, right, top = box
        line = self.lines[-1] if self.lines else None
        if line is None or not line.stands_at((bottom + top) / 2):
            self.lines.append(CellLine([code], left, bottom, right, top))
            return
        line.codes.append(code)
        line.left, line.right, line.is_broken = min(line.left, left), max(line.right, right), False

    def add_white(self, code: int, *, breaks_word: bool = False) -> None:
        """White space after what is there, or a hyphen that `breaks_word`."""
        if self.lines and not self.lines[-1].is_broken:
            line = self.lines[-1]
            line.codes.append(code)
            line.is_broken = breaks_word
            line.first_word = line.first_word or line.right

    @cached_property
    def breaks(self) -> list[bool]:
        """For each of its lines but the first, whether it was put there, or flowed there for the one above was full."""
        room = self.room
        return [not one.is_full_before(other, room) for one, other in pairwise(self.lines)]

    @property
    def is_list(self) -> bool:
        """Whether most of its lines were put where they stand."""
        breaks = self.breaks
        return 2 * sum(breaks) > len(breaks)

    @property
    def is_spread(self) -> bool:
        """Whether there is more room between any two of its lines than words that flow have."""
        return all(one.bottom - other.top > _SAME * one.height for one, other in pairwise(self.lines))

    def breaks_before(self, height: float) -> bool | None:
        """Whether the line at that height was put there; None when no line is above it."""
        place = self._place_of(height)
        return None if place < 1 else self.breaks[place - 1]

    def stands_at(self, middle: float) -> bool:
        """Whether a line of it is at that height."""
        return self._place_of(middle) >= 0

    def _place_of(self, middle: float) -> int:
        return next((place for place, line in enumerate(self.lines) if line.stands_at(middle)), -1)

    def codes_between(self, top: float, bottom: float) -> list[int]:
        """The characters of its lines that stand below `top` and not below `bottom`; of a cell of several rows all of
        them in the first."""
        if not self.is_of_one_row:
            top, bottom = inf, -inf if top == inf else inf
        found: list[int] = []
        for line in self.lines:
            if bottom <= line.middle < top:
                found.extend(line.codes)
                if not line.is_broken:
                    found.append(ord(" "))
        return found


def row_bounds(cells: Sequence[Cell]) -> list[tuple[float, float]]:
    """Top and bottom of the rows that the cells of one row of a ruled table make, from above: often one."""
    cells = [cell for cell in cells if cell.is_of_one_row]
    if sum(len(cell.lines) > 1 for cell in cells) < 2:
        return [WHOLE]
    if bands := _bands(cells):
        return bands
    is_even = _are_even(cells)
    tops: list[float] = []
    height = inf
    for line in sorted((line for cell in cells for line in cell.lines), key=lambda line: line.middle, reverse=True):
        if line.stands_at(height):
            continue
        height = line.middle
        standing = [cell for cell in cells if cell.stands_at(height)]
        # What stands above the first row that is found belongs to it.
        if not tops or is_even or _begins_row(standing, height):
            tops.append(height + line.height * _SAME if tops else inf)
    return list(pairwise([*tops, -inf]))


def _bands(cells: Sequence[Cell]) -> list[tuple[float, float]]:
    """Top and bottom of the rows where wider gaps than others part them, in all cells at once; empty where none do.

    That is asked where several cells are lists as long as each other, each of whose items then has a row: its words may
    stand in the middle of it, beside any line of the others.
    """
    lists = [cell for cell in cells if len(cell.lines) > 1 and (all(cell.breaks) or cell.is_spread)]
    counts = {len(cell.lines) for cell in lists}
    if len(lists) < 2 or len(counts) != 1:
        return []
    lines = sorted((line for cell in cells for line in cell.lines), key=lambda line: line.top, reverse=True)
    gaps: list[tuple[float, float]] = []
    bottom = lines[0].bottom
    for line in lines:
        if line.top < bottom:
            gaps.append((bottom - line.top, (bottom + line.top) / 2))
        bottom = min(bottom, line.bottom)
    parting = counts.pop() - 1
    gaps.sort(reverse=True)
    if len(gaps) < parting or (len(gaps) > parting and gaps[parting - 1][0] < _WIDER * gaps[parting][0]):
        return []
    heights = sorted((height for _, height in gaps[:parting]), reverse=True)
    bounds = list(pairwise([inf, *heights, -inf]))
    is_whole = all(
        low <= line.middle < high for cell in lists for line, (high, low) in zip(cell.lines, bounds, strict=True)
    )
    return bounds if is_whole else []


def _are_even(cells: Sequence[Cell]) -> bool:
    """Whether all cells have as many lines, some of which were put there. Words flow into as many lines by chance only,
    and in narrow columns many a short line is full."""
    counts = {len(cell.lines) for cell in cells}
    breaks = [is_put for cell in cells for is_put in cell.breaks]
    return len(cells) > 2 and len(counts) == 1 and min(counts) > 2 and 3 * sum(breaks) >= len(breaks)


def _begins_row(standing: Sequence[Cell], height: float) -> bool:
    """Whether a row begins where those cells have words: in several, and in most of them they were put there."""
    put = [cell for cell in standing if cell.breaks_before(height) is True]
    flowed = [cell for cell in standing if cell.breaks_before(height) is False]
    if len(standing) < 2 or not put or (flowed and flowed[0] is standing[0] and not flowed[0].is_list):
        return False
    return len(put) > len(flowed) or (len(put) == len(flowed) and all(cell.is_list for cell in flowed))
