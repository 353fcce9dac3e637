"""Words found in a source, however its lines end and whatever marks Markdown has put between them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass

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
    words = _words(query)
    if len(words) == 1:
        starts = array("q", _starts(folded, words[0]))
        return Matches(starts, array("q", [start + len(words[0]) for start in starts]))
    places = _places(folded, words, _BETWEEN)
    return Matches(array("q", [start for start, _ in places]), array("q", [end for _, end in places]))


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


def _starts(folded: str, word: str) -> list[int]:
    starts = []
    place = folded.find(word)
    while place >= 0:
        starts.append(place)
        place = folded.find(word, place + len(word))
    return starts
