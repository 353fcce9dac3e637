"""Words found in a text, however its lines end, whatever marks Markdown has put between them, and whichever of several
signs the text or the words have for the same thing."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from markterm.evidence.text.folded import Folded, across_gaps, fold_words

# What Markdown would not show of words that were copied from it: pairs of marks, marks within a word, a quote's mark.
_MARKS = re.compile(r"(\*{1,3}|_{1,3}|`+|~~)(?=\S)(?P<within>[^*_`]+?)(?<=\S)\1|(?<=\w)\*+(?=\w)|^[>#]+(?!\S)")


@dataclass(frozen=True, slots=True)
class Matches:
    """Where words stand in a text, in order. Offsets are worked out when they are asked for: a letter has a hundred
    thousand places."""

    folded: Folded
    _starts: array[int]
    _ends: array[int]

    def __len__(self) -> int:
        return len(self._starts)

    def start(self, number: int) -> int:
        """Where the match of that number, from 0, begins in the text."""
        return self.folded.start(self._starts[number])

    def end(self, number: int) -> int:
        """Where it ends."""
        return self.folded.end(self._ends[number])

    def first_at(self, offset: int) -> int:
        """The number of the first match that begins at `offset` or after; `len(self)` when there is none."""
        return bisect_left(self._starts, self.folded.place(offset))


def find(folded: Folded, query: str) -> Matches:
    """The places of `query`. White space in it stands for any run of white space, but for no end of a paragraph, and
    its signs for those that mean the same; marks of Markdown in it count only where the text shows them."""
    return find_first(folded, query, None)[0]


def find_first(folded: Folded, query: str, most: int | None) -> tuple[Matches, int]:
    """The first `most` places of `query`, or all, as `find` finds them; and how many there are."""
    words = fold_words(query)
    first, count = _first(folded, words, most)
    if not count and (bare := " ".join(_MARKS.sub(_within, words).split())) != words:
        first, count = _first(folded, bare, most)
    return Matches(folded, array("q", [start for start, _ in first]), array("q", [end for _, end in first])), count


def _first(folded: Folded, words: str, most: int | None) -> tuple[list[tuple[int, int]], int]:
    if not words:
        return [], 0
    across = sorted(set(across_gaps(folded, words)))
    first = list(islice(_spans(folded.text, words), most))
    # A letter stands everywhere: counting it takes a fiftieth of the time of noting every place.
    count = (len(first) if most is None else folded.text.count(words)) + len(across)
    if across:
        first = sorted({*first, *across})[:most]
    return first, count


def _within(marked: re.Match[str]) -> str:
    return marked["within"] or ""


def _spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    place = text.find(words)
    while place >= 0:
        end = place + len(words)
        yield place, end
        place = text.find(words, end)
