"""Words found in a source, however its lines end and whatever marks Markdown has put between them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_BETWEEN = r"(?:[ \t*_~`>\[]|\n(?![ \t>]*\n))+"
_MARKS = "*_~`>["
_SHOWN_BETWEEN = r"\s+"


@dataclass(frozen=True, slots=True)
class Matches:
    """Where a query stands in a source: offsets, in order."""

    starts: array[int]
    ends: array[int]

    def __len__(self) -> int:
        return len(self.starts)

    def first_at(self, offset: int) -> int:
        """The number of the first match that begins at `offset` or after; `len(self)` when there is none."""
        return bisect_left(self.starts, offset)


def fold(text: str) -> str:
    """`text` without capitals, of the same length, so that an offset in one is an offset in the other."""
    # Of all characters only these change their length, or change with their neighbours.
    return text.replace("\u0130", "i").lower().replace("ς", "σ")


def find(folded: str, query: str) -> Matches:
    """The places of `query` in a source given as `fold` returns it. White space in the query stands for any run of
    white space, line end and emphasis or quote marks, but not for the blank line between two paragraphs."""
    return find_first(folded, query, None)[0]


def find_first(folded: str, query: str, most: int | None) -> tuple[Matches, int]:
    """The first `most` places of `query`, or all, as `find` finds them; and how many there are."""
    words = _words(query)
    if len(words) == 1:
        first = list(islice(_spans(folded, words[0]), most))
        # A letter stands everywhere: counting it takes a fiftieth of the time of noting every place.
        count = len(first) if most is None else folded.count(words[0])
    else:
        spans = _places(folded, words, _BETWEEN)
        first, count = spans[:most], len(spans)
    return Matches(array("q", [start for start, _ in first]), array("q", [end for _, end in first])), count


def find_shown(text: str, query: str) -> list[tuple[int, int]]:
    """The places of `query` in a text as it is shown, where Markdown's marks are gone."""
    return _places(fold(text), _words(query), _SHOWN_BETWEEN)


def _words(query: str) -> list[str]:
    """The words to look for, without those that are nothing but marks (`>`, `*`), unless there are no others."""
    words = fold(query).split()
    return [word for word in words if word.strip(_MARKS)] or words


def _places(folded: str, words: list[str], between: str) -> list[tuple[int, int]]:
    if not words:
        return []
    pattern = re.compile(between.join(map(re.escape, words)))
    return [found.span() for found in pattern.finditer(folded)]


def _spans(folded: str, word: str) -> Iterator[tuple[int, int]]:
    place = folded.find(word)
    while place >= 0:
        end = place + len(word)
        yield place, end
        place = folded.find(word, end)
