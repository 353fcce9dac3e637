"""The prints of a text, by which those that share a passage are found, also where it was reworded.

A print is of three words that stand close together, in whatever order: who swaps a word for another, puts one in or
turns a sentence round leaves many of them as they are. Of all prints some are kept, by what they are and not by where
they stand, so that two texts keep the same ones of what they share (as winnowing does, Schleimer, Wilkerson and Aiken,
2003, for words that follow each other).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, combinations

SPAN = 5
"""Words that say something in a row, of which three have a print."""
EVERY = 5
"""Of so many prints one is kept."""
PART = 8
"""Words that say something, in a part of a text: what two texts share here and there is no passage, nor is one turn of
phrase."""
MOST_PARTS = 256
"""The part after the last of them is the first again."""

FORM = f"{SPAN} {EVERY} {PART} {MOST_PARTS} 6"
"""Another one whenever a text comes to other prints: by it kept ones are known to be of today."""

Places = dict[int, list[tuple[int, int, int]]]
"""By prints, the numbers of the three words wherever they stand."""

_MASK = (1 << 60) - 1
_AFTER = tuple(combinations(range(1, SPAN), 2))
"""How far the second and the third word of a print stand after the first."""


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    """The number of a word: the same on every machine, and on every day."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") & _MASK


def _prints(words: Sequence[str]) -> Iterator[tuple[int, int, list[int]]]:
    """For each way in which three words stand together, how far the others are after the first, and the print at each
    place. What three numbers come to does not depend on their order."""
    numbers = list(map(_number, words))
    for second, third in _AFTER:
        rows = zip(numbers, numbers[second:], numbers[third:], strict=False)
        yield second, third, [(one + two + three) & _MASK for one, two, three in rows]


def shared_prints(one: Sequence[str], other: Sequence[str], given: Set[int] = frozenset()) -> tuple[Places, Places]:
    """Of each text the places of the prints that both have, or that were given to everybody."""
    mine, theirs = list(_prints(one)), list(_prints(other))
    of_one, of_other = (set(chain.from_iterable(prints for _, _, prints in each)) for each in (mine, theirs))
    both = of_one & of_other
    return _places(mine, both | (of_one & given)), _places(theirs, both | (of_other & given))


def _places(found: Iterable[tuple[int, int, list[int]]], wanted: Set[int]) -> Places:
    places: Places = {}
    for second, third, prints in found:
        for place, each in [known for known in enumerate(prints) if known[1] in wanted]:
            places.setdefault(each, []).append((place, place + second, place + third))
    return places


def kept_prints(words: Sequence[str]) -> dict[int, int]:
    """Of the prints of a text those that are kept, and in which part of the text each is first; parts are counted round
    and round."""
    kept: dict[int, int] = {}
    for _, _, prints in _prints(words):
        for place, each in [found for found in enumerate(prints) if not found[1] % EVERY]:
            if place < kept.get(each, place + 1):
                kept[each] = place
    return {each: place // PART % MOST_PARTS for each, place in kept.items()}
