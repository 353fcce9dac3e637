"""Which texts share so many prints that they are set side by side: those that stand together, in both."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import groupby

from markterm.domain.texts.word_prints import MOST_PARTS

LEAST_PRINTS = 3
"""Rare prints that two texts have to share before they are read for it."""
_NO_PHRASE = 2 * LEAST_PRINTS
"""So many in one part are more than a turn of phrase."""
_TOGETHER = 6
"""Parts of a text that are near each other."""
_MOST_PAIRS = 2_000
"""Pairs of texts that are read: those that share most."""
_SHARDS = 16
_TEXT, _PARTS = 24, 16
"""Bits for the number of a text, and for a part in each of two."""


def texts_together(sharing: Iterable[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
    """The pairs of texts, by their numbers, that share most prints which stand together, and how many more there are
    that share enough. `sharing` are the places of each print in two texts: the number of a text times `MOST_PARTS`, and
    the part of it. It takes eight bytes for each."""
    shards = [array("Q") for _ in range(_SHARDS)]
    for one, other in sharing:
        (mine, part), (theirs, place) = divmod(one, MOST_PARTS), divmod(other, MOST_PARTS)
        packed = ((mine << _TEXT | theirs) << _PARTS) + part * MOST_PARTS + place
        shards[(mine ^ theirs) % _SHARDS].append(packed)
    enough: list[tuple[int, tuple[int, int]]] = []
    for shard in shards:
        for texts, found in groupby(sorted(shard), lambda packed: packed >> _PARTS):
            places = list(found)
            if len(places) >= LEAST_PRINTS and (count := _most_together(places)) >= LEAST_PRINTS:
                enough.append((count, (texts >> _TEXT, texts & (1 << _TEXT) - 1)))
    enough.sort(reverse=True)
    return [texts for _, texts in enough[:_MOST_PAIRS]], max(len(enough) - _MOST_PAIRS, 0)


def _most_together(places: Iterable[int]) -> int:
    """How many of these shared prints stand together at most: in a few parts that follow each other, of both texts.
    None where the few there are stand in one part of either: that is a turn of phrase."""
    blocks: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for each in places:
        one, other = divmod(each & (1 << _PARTS) - 1, MOST_PARTS)
        blocks.setdefault((one // _TOGETHER, other // _TOGETHER), []).append((one, other))
    most = 0
    for one, other in blocks:
        near = [each for step in (0, 1) for next_ in (0, 1) for each in blocks.get((one + step, other + next_), ())]
        is_spread = len({here for here, _ in near}) > 1 and len({there for _, there in near}) > 1
        if is_spread or len(near) >= _NO_PHRASE:
            most = max(most, len(near))
    return most
