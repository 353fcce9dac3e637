"""Words found in a learner's files: how often each file has them, and every place with the text around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from markterm.evidence.text.blocks import BlockKind
from markterm.evidence.text.find import Matches, find_first

if TYPE_CHECKING:
    from markterm.evidence.text.document import EvidenceDocument

_BEFORE = 80
_WORDS = 200
_AFTER = 240
_WHITE = re.compile(r"\s+")
# Lines that Markdown shows as they stand, wherever they are: they begin with a letter, and have none of its marks. To
# know that costs a thousandth of parsing what is around them, and most lines of prose are so.
_AS_THEY_STAND = re.compile(r"(?:[ \t]*[^\W\d_][^\n*_`~\[\]<>&\\|]*(?:\n|\Z))+")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place where the words stand. `before`, `words` and `after` follow each other in the text as it is shown, with
    every run of white space as one space and an ellipsis where the line goes on."""

    offset: int
    line: int
    """Of the document, from 0."""
    label: str
    """Where in the file that is (`page 3`); empty when nothing is known but the line."""
    before: str
    words: str
    after: str

    @property
    def text(self) -> str:
        """The text around the place, with its words."""
        return (self.before + self.words + self.after).strip()


@dataclass(frozen=True, slots=True)
class FoundInFile:
    """The places in one file, of which there is at least one. What is known of a place is worked out when it is asked
    for: a letter has a hundred thousand of them, and a screen has room for forty."""

    name: str
    document: EvidenceDocument
    query: str
    matches: Matches
    """The first ones, as many as were asked for."""
    count: int
    """How many there are in all."""
    _in_blocks: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict, compare=False, repr=False)

    def place(self, number: int, *, whole: bool = False) -> FoundPlace:
        """The place of that number, from 0, among `matches`; with a little around it, or its `whole` lines."""
        start = self.matches.start(number)
        line = self.document.line_at(start)
        before, words, after = self._around(number)
        if not whole:
            before = f"…{before[-_BEFORE:]}" if len(before) > _BEFORE else before
            words = f"{words[:_WORDS]}…" if len(words) > _WORDS else words
            after = f"{after[:_AFTER]}…" if len(after) > _AFTER else after
        return FoundPlace(start, line, self.document.place_at(line), before, words, after)

    def _around(self, number: int) -> tuple[str, str, str]:
        """The lines of a match as they are shown: what is before its words, the words, and what is after them."""
        document = self.document
        start, end = self.matches.start(number), self.matches.end(number)
        first, last = document.line_at(start), document.line_at(end - 1)
        lines = document.line_start(first), document.line_start(last + 1)
        if _AS_THEY_STAND.fullmatch(document.source, *lines) is not None:
            return _pieces(document.source, lines[0], start, end, lines[1], table=False)
        at = document.block_at(start)
        if at is not None and at not in self._in_blocks:
            self._in_blocks[at] = document.find_in_block(*at, self.query)
        if at is None or not (shown := self._in_blocks[at]):
            return _pieces(document.source, lines[0], start, end, lines[1], table=False)
        # Markdown changes the marks between words, and hardly ever their number: they are taken in order.
        nth = number - self.matches.first_at(document.block_span(*at)[0])
        start, end = shown[min(nth, len(shown) - 1)]
        block = document.blocks(at[0])[at[1]]
        begin, stop = block.span_of(first, last)
        return _pieces(block.text, min(begin, start), start, end, max(stop, end), table=block.kind is BlockKind.TABLE)


def _pieces(text: str, begin: int, start: int, end: int, stop: int, *, table: bool) -> tuple[str, str, str]:
    between = " | " if table else " "
    before, words, after = (
        _WHITE.sub(" ", piece.replace("\n", between))
        for piece in (text[begin:start].lstrip(), text[start:end], text[end:stop].rstrip())
    )
    return before, words, after


def find_in_files(
    files: Iterable[tuple[str, EvidenceDocument]], query: str, most: int | None = None, stop: Event | None = None
) -> Iterator[FoundInFile]:
    """The files, given with their names, that have `query`, with its first `most` places in each, or all of them.

    It is found as `EvidenceDocument.find` finds it. Setting `stop` ends it before the next file.
    """
    for name, document in files:
        if stop is not None and stop.is_set():
            return
        matches, count = find_first(document.folded, query, most)
        if count:
            yield FoundInFile(name, document, query, matches, count)
