"""The passages of two learners side by side, row by row, with the words that are the same underlined in colour."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual.message import Message

from markterm.domain.views.alike import AlikePair, AlikePassage, Side
from markterm.tui.evidence.wrap import wrap
from markterm.tui.widgets.line_list import LineList, Piece, fit

_BETWEEN = " │ "
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its pieces, and the number of the passage that it is of."""

    pieces: tuple[Piece, ...]
    passage: int


def rows_of(pair: AlikePair, width: int) -> tuple[Row, ...]:
    """The passages of the pair in rows of that width."""
    return tuple(row for number, each in enumerate(pair.passages) for row in _rows(number, each, width))


def _rows(number: int, passage: AlikePassage, width: int) -> Iterator[Row]:
    column = max((width - len(_BETWEEN)) // 2, _NARROWEST)
    if number:
        yield Row((), number)
    for start, end in wrap(passage.told, width):
        yield Row(((passage.told[start:end], "sign--heading"),), number)
    left, right = ([[(side.where, "sign--quiet")], *_column(side, column)] for side in (passage.one, passage.other))
    for place in range(max(len(left), len(right))):
        mine = left[place] if place < len(left) else []
        theirs = right[place] if place < len(right) else []
        yield Row((*_fitted(mine, column), (_BETWEEN, "sign--quiet"), *_fitted(theirs, column)), number)


def _column(side: Side, width: int) -> list[list[Piece]]:
    """The words of a side in rows of that width."""
    parts = [(text, "alike--same" if same else "") for text, same in side.pieces if text]
    ends: list[int] = []
    for text, _ in parts:
        ends.append((ends[-1] if ends else 0) + len(text))
    joined = "".join(text for text, _ in parts)
    return [list(_styled(joined, start, end, ends, parts)) for start, end in wrap(joined, width)] if joined else []


def _styled(text: str, start: int, end: int, ends: list[int], parts: list[tuple[str, str]]) -> Iterator[Piece]:
    part = bisect_right(ends, start)
    while start < end:
        till = min(ends[part], end)
        yield text[start:till], parts[part][1]
        start, part = till, part + 1


def _fitted(pieces: list[Piece], width: int) -> Iterator[Piece]:
    """The pieces in exactly that many cells."""
    left = width
    for text, style in pieces:
        cut = text if cell_len(text) <= left else fit(text, left)
        left -= cell_len(cut)
        yield cut, style
    yield " " * left, ""


class SideBySide(LineList):
    """The passages of a pair, one below the other; the cursor is on a row of one of them."""

    COMPONENT_CLASSES = {"alike--same"}  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    SideBySide > .alike--same { color: $warning; text-style: bold underline; }
    """

    class WidthChanged(Message):
        """The rows have to be broken anew."""

    def __init__(self) -> None:
        super().__init__(id="passages")
        self._pair: AlikePair | None = None
        self._rows: tuple[Row, ...] = ()
        self._width = 0

    def show(self, pair: AlikePair | None) -> None:
        """Show the passages of that pair, from the first; of the same pair the cursor stays."""
        is_same = pair == self._pair
        self._pair = pair
        self._lay_out()
        if not is_same:
            self._top = 0
            self.select_nothing()
            self.move_to(0)

    def on_resize(self) -> None:
        """Break the rows for another width."""
        super().on_resize()
        if self._width != self.size.width:
            self._lay_out()

    def _lay_out(self) -> None:
        self._width = self.size.width
        self._rows = rows_of(self._pair, self._width - 1) if self._pair is not None and self._width > 1 else ()
        self.lines_changed()

    @property
    def passage(self) -> AlikePassage | None:
        """The passage under the cursor."""
        if self._pair is None or self.cursor >= len(self._rows):
            return None
        return self._pair.passages[self._rows[self.cursor].passage]

    def next_passage(self, step: int) -> None:
        """Put the cursor on the beginning of the next passage, or with -1 of the one before."""
        if self._pair is None or not self._rows:
            return
        wanted = min(max(self._rows[self.cursor].passage + step, 0), len(self._pair.passages) - 1)
        self.move_to(len(self._rows) - 1)  # So that it stands at the top, with what comes after it in sight.
        self.move_to(next(place for place, row in enumerate(self._rows) if row.passage == wanted and row.pieces))

    def line_count(self) -> int:
        return len(self._rows)

    def line(self, index: int, width: int) -> Iterable[Piece]:  # noqa: ARG002  # it is broken for the width already
        return self._rows[index].pieces
