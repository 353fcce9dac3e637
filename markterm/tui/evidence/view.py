"""A document laid out where it is looked at, and a place in it that stays put when the width changes.

A place is a chunk and a row in it, never a row counted from the top: what has not been seen yet has no rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markterm.evidence.text.blocks import Block
from markterm.evidence.text.document import EvidenceDocument
from markterm.tui.evidence.layout import lay_out, plain_rows
from markterm.tui.evidence.picture import picture_rows
from markterm.tui.evidence.rows import Row

_KEPT = 24
_NOT_LAID_OUT = "MarkTerm could not set out this part: here are its lines as they stand."


class RowPlace(NamedTuple):
    """A row of the page: the number of its chunk, and its number among the rows of that chunk."""

    chunk: int
    row: int


TOP = RowPlace(0, 0)


class EvidenceView:
    """A document at a width. Only the chunks in sight are parsed and laid out; the last few of them are kept."""

    def __init__(self, document: EvidenceDocument, width: int) -> None:
        self.document = document
        self.width = width
        self._blocks: OrderedDict[int, tuple[Block, ...]] = OrderedDict()
        self._rows: OrderedDict[int, tuple[Row, ...]] = OrderedDict()

    def blocks(self, chunk: int) -> tuple[Block, ...]:
        """The blocks of a chunk."""
        if chunk in self._blocks:
            self._blocks.move_to_end(chunk)
            return self._blocks[chunk]
        blocks = self._blocks[chunk] = self.document.blocks(chunk)
        if len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        return blocks

    def rows(self, chunk: int) -> tuple[Row, ...]:
        """The rows of a chunk. There may be none: a chunk can be all blank."""
        if chunk in self._rows:
            self._rows.move_to_end(chunk)
            return self._rows[chunk]
        try:
            rows = lay_out(self.blocks(chunk), self.width)
        except Exception:  # nothing that a learner wrote may end the screen, or be hidden
            blocks = self._blocks[chunk] = self.document.raw(chunk, _NOT_LAID_OUT)
            rows = plain_rows(blocks[0], self.width)
        if self.document.picture is not None and (below := self._above_picture(chunk, rows)):
            drawn = picture_rows(self.document.picture, self.width, rows[below - 1])
            rows = (*rows[:below], *drawn, *rows[below:])
        self._rows[chunk] = rows
        if len(self._rows) > _KEPT:
            self._rows.popitem(last=False)
        return rows

    def _above_picture(self, chunk: int, rows: Sequence[Row]) -> int:
        """How many of these rows stand above the picture, if it stands in this chunk: all that is known of it, and none
        of the words that a machine read in it."""
        machine = self.document.machine
        if machine is None or not machine.at:
            return len(rows) if chunk == len(self.document.chunks) - 1 else 0
        if chunk > 0:
            return 0
        return next((number for number, row in enumerate(rows) if row.line >= machine.begins), len(rows))

    def row(self, place: RowPlace) -> Row | None:
        """The row at `place`; None in a document without any."""
        if place.chunk >= len(self.document.chunks):
            return None
        rows = self.rows(place.chunk)
        return rows[place.row] if place.row < len(rows) else None

    def resized(self, width: int, place: RowPlace) -> tuple[EvidenceView, RowPlace]:
        """The document at another width, and where there the text at `place` stands."""
        view = EvidenceView(self.document, width)
        view._blocks = self._blocks
        row = self.row(place)
        return view, TOP if row is None else view.place_of(place.chunk, row.block, row.offset)

    def place_of(self, chunk: int, block: int, offset: int) -> RowPlace:
        """The row that shows the character at `offset` in the text of a block."""
        rows = self.rows(chunk)
        number = bisect_right(rows, (block, offset), key=lambda row: (row.block, row.offset)) - 1
        return RowPlace(chunk, max(number, 0))

    def place_of_line(self, line: int) -> RowPlace:
        """The row where `line` of the source begins, or the last one before it; above all there are, the first."""
        document = self.document
        chunk = document.chunk_at(document.line_start(line))
        while chunk > 0 and not self.rows(chunk):
            chunk -= 1
        while chunk < len(document.chunks) and not self.rows(chunk):
            chunk += 1
        if chunk >= len(document.chunks):
            return TOP
        rows = self.rows(chunk)
        number = bisect_right(rows, line, key=lambda row: row.line) - 1
        # Rows above the text of the line, such as the blank one before a heading, show the line as well.
        shown = [n for n in range(max(number, 0), -1, -1) if rows[n].line == rows[max(number, 0)].line]
        return RowPlace(chunk, shown[-1] if shown else 0)

    def moved(self, place: RowPlace, rows: int) -> RowPlace:
        """The place `rows` further down, or up when negative, as far as there are any."""
        return self._down(place, rows) if rows >= 0 else self._up(place, -rows)

    def _down(self, place: RowPlace, rows: int) -> RowPlace:
        chunk, row = place
        last = len(self.document.chunks) - 1
        row += rows
        landed = place
        while chunk <= last:
            here = len(self.rows(chunk))
            if here:
                landed = RowPlace(chunk, min(row, here - 1))
            if row < here:
                break
            row -= here
            chunk += 1
        return landed

    def _up(self, place: RowPlace, rows: int) -> RowPlace:
        chunk, row = place
        row -= rows
        landed = place
        while True:
            if self.rows(chunk) if chunk < len(self.document.chunks) else False:
                landed = RowPlace(chunk, max(row, 0))
            if row >= 0 or chunk == 0:
                return landed
            chunk -= 1
            row += len(self.rows(chunk))

    def last_top(self, height: int) -> RowPlace:
        """The place at the top of the last page of `height` rows."""
        last = len(self.document.chunks) - 1
        while last > 0 and not self.rows(last):
            last -= 1
        if last < 0:
            return TOP
        return self._up(RowPlace(last, max(len(self.rows(last)) - 1, 0)), height - 1)

    def page(self, place: RowPlace, height: int) -> Iterator[tuple[RowPlace, Row]]:
        """The rows of a page of `height` rows that begins at `place`."""
        chunk, row = place
        shown = 0
        while chunk < len(self.document.chunks):
            rows = self.rows(chunk)
            while row < len(rows):
                if shown == height:
                    return
                yield RowPlace(chunk, row), rows[row]
                shown += 1
                row += 1
            chunk, row = chunk + 1, 0

    def fraction(self, place: RowPlace) -> float:
        """How far into the document `place` is, 0 to 1, by the source."""
        row = self.row(place)
        if row is None:
            return 0.0
        chunk = self.document.chunks[place.chunk]
        within = place.row / len(self.rows(place.chunk))
        return (chunk.start + within * (chunk.end - chunk.start)) / len(self.document.source)
