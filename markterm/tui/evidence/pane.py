"""The pane in which evidence is read: a passage is chosen in it and cited, words are found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from markterm.domain.record.citation import Passage
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.passages import Extent, cite_lines
from markterm.tui.evidence.cursor import PassageCursor, extent_at, has_words
from markterm.tui.evidence.matches import FoundMatches, marked
from markterm.tui.evidence.page import GUTTER, EvidencePage
from markterm.tui.evidence.rows import Part
from markterm.tui.evidence.view import TOP, EvidenceView, RowPlace

_MARKS = {"match": "·", "match-current": "▸"}
_CITED = "¶"
_CHOSEN, _SELECTED = "▌", "█"


class EvidencePane(EvidencePage):
    """A page with a bar beside the passage that is chosen, and marks beside what is cited and what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move_passage(-1)", "Passage up", show=False, id="evidence.up"),
        Binding("down", "move_passage(1)", "Passage down", show=False, id="evidence.down"),
    ]

    @dataclass
    class PositionChanged(Message):
        """Another part of the evidence is in sight, or another passage is chosen: the first line in sight (from 0),
        the heading above it, and how far it is into the file, 0 to 1."""

        pane: EvidencePane
        line: int
        heading: str
        fraction: float

        @property
        def control(self) -> EvidencePane:
            """The pane, for `@on` with a selector."""
            return self.pane

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._found: FoundMatches | None = None
        self._said: tuple[int, str, Extent | None, bool, int] | None = None
        self._cursor = PassageCursor()
        self._cited: tuple[Extent, ...] = ()

    def begin_anew(self) -> None:
        """Choose, cite and find nothing in a document that was not shown before."""
        self._found = None
        self._said = None
        self._cursor = PassageCursor()
        self._cited = ()

    def moved(self) -> None:
        """Keep the passage that is chosen in sight, or choose one that is."""
        if self.view is not None:
            self._cursor.keep_in(self.view, self.rows_in_sight())
            self._say_position()

    def broken_anew(self, before: EvidenceView, now: EvidenceView, top: RowPlace) -> RowPlace:
        """Stay on the passage that is chosen, and keep it in sight."""
        row = before.row(self._cursor.place)
        if row is None:
            return top
        place = self._cursor.place = now.place_of(self._cursor.place.chunk, row.block, row.offset)
        height = max(self.size.height, 1)
        return top if any(place == shown for shown, _ in now.page(top, height)) else now.moved(place, -(height // 3))

    def show_more(self, document: EvidenceDocument, name: str) -> None:
        """Show `document`, which says more at its end than the one that is shown: the passage that is chosen, a
        selection, the match and what is in sight stay where they are."""
        top, here, found, cursor = self.top_line, None, self._found, self._cursor
        if self.view is not None:
            here = extent_at(self.view, cursor.place)
        self.show(document, name)
        view = self.view
        if view is None:
            return
        self.go(view.place_of_line(top))
        if here is not None:
            self._cursor = cursor
            cursor.stand_at(view, view.place_of_line(here.first))
        if found is not None:
            self._found = FoundMatches(found.query, document.find(found.query), found.current)
        self._say_position()
        self.refresh()

    def go_to_line(self, line: int) -> None:
        """Bring `line` of the source (from 0) to the top of the pane, and choose the passage there."""
        if self.view is not None:
            place = self.view.place_of_line(line)
            self._cursor.anchor = None
            self._cursor.stand_at(self.view, place)
            self.go(place)

    def _say_position(self) -> None:
        if self.view is None:
            return
        # The width too: what is told of the position is cut to it.
        position = (self.top_line, self.current_heading, self.chosen, self.selecting, self.size.width)
        if position != self._said:
            self._said = position
            self.post_message(self.PositionChanged(self, *position[:2], self.view.fraction(self.top)))

    # Choosing and citing

    @property
    def is_at_start(self) -> bool:
        """Whether the bar and what is in sight are where they are when a file is opened: nobody has begun to read."""
        if self.view is None:
            return True
        start = PassageCursor()
        start.stand_at(self.view, self.view.place_of_line(0))
        return self._cursor == start and self.top == self.view.place_of_line(0)

    @property
    def chosen(self) -> Extent | None:
        """The lines of the passage that is chosen."""
        return self._cursor.chosen(self.view) if self.view is not None else None

    @property
    def chosen_line(self) -> int:
        """The first line of the passage that is chosen, or the first in sight."""
        chosen = self.chosen
        return self.top_line if chosen is None else chosen.first

    @property
    def passage(self) -> Passage | None:
        """What is chosen, as it is cited; None when there are no words."""
        view, chosen = self.view, self.chosen
        return cite_lines(view.document, self.file_name, chosen) if view is not None and chosen is not None else None

    def move_passage(self, step: int) -> None:
        """Choose the next passage or the one before. One that is longer than the pane is read to its end first."""
        view = self.view
        if view is None:
            return
        page = self.rows_in_sight()
        here = extent_at(view, self._cursor.place)
        edge = (page[-1] if step > 0 else page[0])[0] if page else TOP
        beyond = view.moved(edge, step)
        if here is not None and beyond != edge and extent_at(view, beyond) == here == extent_at(view, edge):
            self.scroll_lines(step * max(self.size.height // 2, 1))
            return
        if self._cursor.move(view, step):
            self._bring_chosen_into_sight(view)
        else:
            self.scroll_lines(step)

    def toggle_selection(self) -> None:
        """Begin a selection at the passage that is chosen, or give it up."""
        if self.view is not None:
            self._cursor.select(self.view)
            self._say_position()
            self.refresh()

    def end_selection(self) -> None:
        """Choose one passage again."""
        self._cursor.anchor = None
        self._say_position()
        self.refresh()

    @property
    def selecting(self) -> bool:
        """Whether more than one passage is being chosen."""
        return self._cursor.anchor is not None

    def shows(self, name: str, extent: Extent) -> bool:
        """Whether any row of that passage of the file of that name is in sight."""
        is_open = self.view is not None and self.file_name == one_line(name)
        return is_open and any(extent.holds(row.line) for _, row in self.rows_in_sight())

    def mark_cited(self, cited: Sequence[Extent]) -> None:
        """Mark these passages as cited."""
        self._cited = tuple(cited)
        self.refresh()

    def _bring_chosen_into_sight(self, view: EvidenceView) -> None:
        """Scroll as little as shows the passage from its first row, as far as it fits."""
        place, height = self._cursor.place, max(self.size.height, 1)
        here = extent_at(view, place)
        last = place
        for at, row in view.page(place, height):
            if has_words(row) and extent_at(view, at) != here:
                break
            last = at
        if place < self.top:
            self.go(place)
        elif self.rows_in_sight() and last > self.rows_in_sight()[-1][0]:
            self.go(min(place, view.moved(last, 1 - height)))
        self._say_position()
        self.refresh()

    def action_move_passage(self, step: int) -> None:
        """Choose another passage."""
        self.move_passage(step)

    def row_clicked(self, y: int) -> None:
        """Choose the passage that was clicked."""
        page = self.rows_in_sight()
        if self.view is not None and y < len(page) and has_words(page[y][1]):
            self._cursor.stand_at(self.view, page[y][0])
            self._say_position()
            self.refresh()

    # Finding

    def find(self, query: str, offset: int | None = None) -> int:
        """Mark what matches `query`, go to the first match at the top line, or at `offset`, or below; how many there
        are."""
        if self.view is None or not query.strip():
            self.end_find()
            return 0
        document = self.view.document
        matches = document.find(query)
        if not len(matches):
            self.end_find()
            return 0
        current = matches.first_at(document.line_start(self.top_line) if offset is None else offset)
        self._found = FoundMatches(query, matches, current % len(matches))
        self._bring_match_into_sight()
        return len(matches)

    def find_next(self) -> None:
        """Go to the next match; after the last, to the first."""
        self._find_further(1)

    def find_previous(self) -> None:
        """Go to the match before; from the first, to the last."""
        self._find_further(-1)

    @property
    def find_position(self) -> tuple[int, int] | None:
        """The number of the current match, from 1, and how many there are; None when nothing is looked for."""
        if self._found is None:
            return None
        return self._found.current + 1, len(self._found.matches)

    @property
    def find_query(self) -> str:
        """What is looked for; nothing when it was not found."""
        return self._found.query if self._found is not None else ""

    def end_find(self) -> None:
        """Mark nothing any more."""
        self._found = None
        self.refresh()

    def _find_further(self, step: int) -> None:
        if self._found is not None:
            self._found.move(step)
            self._bring_match_into_sight()

    def _bring_match_into_sight(self) -> None:
        if self.view is None or self._found is None:
            return
        place = self._found.place(self.view)
        height = max(self.size.height, 1)
        self._cursor.stand_at(self.view, place)
        if not any(place == shown for shown, _ in self.view.page(self.top, height)):
            self.go(self.view.moved(place, -(height // 3)))
        self._say_position()
        self.refresh()

    # Marks

    def marked_parts(self, y: int) -> tuple[Sequence[Part], Sequence[Part]]:
        """The bar, the mark of a match or a citation, and the row with its matches."""
        place, row = self.rows_in_sight()[y]
        parts, mark = row.parts, ""
        if self.view is None:
            return (), parts
        if self._found is not None:
            found, kind = marked(row, self._found.shown(self.view, place.chunk, row.block))
            parts, mark = tuple(found), _MARKS.get(kind, "")
        if not has_words(row):
            return (Part(" " * GUTTER, ()),), parts
        if not mark and self._begins_citation(y):
            mark = _CITED
        chosen = self.chosen
        bar = " "
        if chosen is not None and chosen.holds(row.line):
            bar = _SELECTED if self.selecting else _CHOSEN
        return (Part(bar, ("chosen",)), Part((mark or " ").ljust(GUTTER - 1), ("gutter",))), parts

    def _begins_citation(self, y: int) -> bool:
        """Whether the row is the first in sight of a passage that is cited."""
        if not self._cited:
            return False
        page = self.rows_in_sight()
        line = page[y][1].line
        above = page[y - 1][1].line if y and has_words(page[y - 1][1]) else -1
        return any(each.holds(line) and not each.holds(above) for each in self._cited)
