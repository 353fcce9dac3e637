"""What is found in a document, and which of it a block shows where."""

from __future__ import annotations

from dataclasses import dataclass, field

from markterm.evidence.text.find import Matches
from markterm.tui.evidence.rows import DECORATION, Part, Row
from markterm.tui.evidence.view import EvidenceView, RowPlace


@dataclass(frozen=True, slots=True)
class Shown:
    """A match in the text of a block: from, to, and whether it is the current one."""

    start: int
    end: int
    is_current: bool


@dataclass(slots=True)
class FoundMatches:
    """The matches of a query and the number of the current one, from 0."""

    query: str
    matches: Matches
    current: int = 0
    _shown: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)

    def move(self, step: int) -> None:
        """Go on by `step` matches, past the end to the start."""
        self.current = (self.current + step) % len(self.matches)

    def place(self, view: EvidenceView) -> RowPlace:
        """The row where the current match is shown."""
        offset = self.matches.start(self.current)
        at = view.document.block_at(offset)
        shown = next((place for place in self.shown(view, *at) if place.is_current), None) if at is not None else None
        if at is None or shown is None:
            return view.place_of_line(view.document.line_at(offset))
        return view.place_of(*at, shown.start)

    def shown(self, view: EvidenceView, chunk: int, number: int) -> list[Shown]:
        """The matches that a block shows. Those of the source and those of its text are taken in order: Markdown
        changes the marks between words, and hardly ever their number."""
        key = (chunk, number)
        if key not in self._shown:
            self._shown[key] = view.document.find_in_block(chunk, number, self.query)
        places = self._shown[key]
        begin, stop = view.document.block_span(chunk, number)
        first, end = self.matches.first_at(begin), self.matches.first_at(stop)
        current = -1
        if places and first <= self.current < end:
            current = min(self.current - first, len(places) - 1)
        return [Shown(start, stop, place == current) for place, (start, stop) in enumerate(places)]


def marked(row: Row, shown: list[Shown]) -> tuple[list[Part], str]:
    """The parts of a row with its matches in styles of their own, and `match`, `match-current` or nothing for the
    row as a whole."""
    parts: list[Part] = []
    mark = ""
    for part in row.parts:
        if part.offset == DECORATION:
            parts.append(part)
            continue
        begin, end = part.offset, part.offset + len(part.text)
        at = begin
        for match in shown:
            if match.end <= at or match.start >= end:
                continue
            style = "match-current" if match.is_current else "match"
            mark = style if match.is_current or not mark else mark
            start, stop = max(match.start, at), min(match.end, end)
            if start > at:
                parts.append(Part(part.text[at - begin : start - begin], part.styles, at))
            parts.append(Part(part.text[start - begin : stop - begin], (*part.styles, style), start))
            at = stop
        if at < end:
            parts.append(Part(part.text[at - begin :], part.styles, at))
    return parts, mark
