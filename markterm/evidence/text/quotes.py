"""Words that were quoted, found again in words that may be written otherwise by now.

A quote is compared by its letters and digits alone, folded: whatever a reader has learnt to say of marks, spaces and
signs, the words are the same. Where a reader says some of the words otherwise, most of them in a row are enough.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markterm.domain.words.letters import plain

_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_IN_A_ROW = 3
_FEWEST = 6
"""Words of a quote that is found by what is left of them in a row: of fewer, another passage might have as many."""
_MOST_OF_THEM = 0.4
_LONGER = 1.5


@dataclass(frozen=True, slots=True)
class Quoted:
    """The first and the last of the pieces in which a quote stands."""

    first: int
    last: int


def _letters(text: str) -> str:
    """What a quote is compared by: its letters and digits."""
    return _LETTERS.sub("", plain(text))


def _signs(text: str) -> str:
    """What a quote without letters and digits is compared by: all of it but white space."""
    return "".join(text.split())


def find_quote(pieces: Sequence[str], quote: str, near: int, *, is_cut: bool = False) -> Quoted | None:
    """Where the words of `quote` stand in pieces of text that follow each other: of several places, the one nearest to
    the piece `near`; None when they stand nowhere. One that `is_cut` may end within a word."""
    compared = _letters if _letters(quote) else _signs
    wanted = compared(quote)
    if not wanted:
        return None
    starts, size = [], 0
    edges = {0}
    parts = [compared(piece) for piece in pieces]
    for part, piece in zip(parts, pieces, strict=True):
        starts.append(size)
        at = size
        for word in _WORD.findall(plain(piece)) if compared is _letters else piece.split():
            at += len(word)
            edges.add(at)
        size += len(part)
        edges.add(size)
    whole = "".join(parts)
    found = []
    place = whole.find(wanted)
    while place >= 0:
        # No word is quoted in part, unless the quote was cut.
        if place in edges and (place + len(wanted) in edges or is_cut):
            # Empty pieces begin where the next one does: the last of those that begin there is meant.
            last = bisect_right(starts, place + len(wanted) - 1) - 1
            found.append(Quoted(bisect_right(starts, place) - 1, last))
        place = whole.find(wanted, place + 1)
    # Some words in the middle of a passage are no passage: whole ones come first.
    return min(found, key=lambda each: (parts[each.first].find(wanted[:40]) != 0, abs(each.first - near)), default=None)


def find_most_of(pieces: Sequence[str], quote: str, near: int) -> Quoted | None:
    """Where most of the words of `quote` stand in a row; None when they stand nowhere or are too few to be known."""
    wanted: list[str] = _WORD.findall(plain(quote))
    if len(wanted) < _FEWEST:
        return None
    words = [(word, number) for number, piece in enumerate(pieces) for word in _WORD.findall(plain(piece))]
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - _IN_A_ROW + 1):
        rows[tuple(word for word, _ in words[at : at + _IN_A_ROW])].append(at)
    hits = sorted(
        (at, number)
        for number in range(len(wanted) - _IN_A_ROW + 1)
        for at in rows.get(tuple(wanted[number : number + _IN_A_ROW]), ())
    )
    reach = round(len(wanted) * _LONGER)
    best: tuple[int, int, int, int] | None = None
    begin = 0
    for end, (at, _) in enumerate(hits):
        while at - hits[begin][0] > reach:
            begin += 1
        within = len({number for _, number in hits[begin : end + 1]})
        first, last = words[hits[begin][0]][1], words[at + _IN_A_ROW - 1][1]
        candidate = (within, -abs(first - near), first, last)
        if best is None or candidate[:2] > best[:2]:
            best = candidate
    if best is None or best[0] < _MOST_OF_THEM * (len(wanted) - _IN_A_ROW + 1):
        return None
    return Quoted(best[2], best[3])
