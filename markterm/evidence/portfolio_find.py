"""Words found in a learner's files: how often each file has them, and every place with the text around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from markterm.evidence.find import Matches, find_first

if TYPE_CHECKING:
    from markterm.evidence.document import EvidenceDocument

_BEFORE = 80
_WORDS = 200
_AFTER = 240
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place where the words stand. `before`, `words` and `after` follow each other in the text, with every run of
    white space as one space and an ellipsis where the line goes on."""

    offset: int
    line: int
    """Of the document, from 0."""
    label: str
    """Where in the file that is (`page 3`); empty when nothing is known but the line."""
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class FoundInFile:
    """The places in one file, of which there is at least one. What is known of a place is worked out when it is asked
    for: a letter has a hundred thousand of them, and a screen has room for forty."""

    name: str
    document: EvidenceDocument
    matches: Matches
    """The first ones, as many as were asked for."""
    count: int
    """How many there are in all."""

    def place(self, number: int) -> FoundPlace:
        """The place of that number, from 0, among `matches`."""
        start, end = self.matches.starts[number], self.matches.ends[number]
        document, source = self.document, self.document.source
        line = document.line_at(start)
        line_start, line_end = document.line_start(line), document.line_start(document.line_at(end - 1) + 1)
        before = _WHITE.sub(" ", source[max(line_start, start - _BEFORE) : start]).lstrip()
        words = _WHITE.sub(" ", source[start : min(end, start + _WORDS)])
        after = _WHITE.sub(" ", source[end : min(line_end, end + _AFTER)]).rstrip()
        return FoundPlace(
            start,
            line,
            document.place_at(line),
            f"…{before}" if line_start < start - _BEFORE else before,
            f"{words}…" if start + _WORDS < end else words,
            f"{after}…" if end + _AFTER < line_end else after,
        )


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
            yield FoundInFile(name, document, matches, count)
