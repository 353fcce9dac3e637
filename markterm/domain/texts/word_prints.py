"""The prints of a text, by which those that share a passage are found, also where it was reworded.

A print is of three words that stand close together, in whatever order: who swaps a word for another, puts one in or
turns a sentence round leaves many of them as they are. Of all prints some are kept, by what they are and not by where
they stand, so that two texts keep the same ones of what they share (as winnowing does, Schleimer, Wilkerson and Aiken,
2003, for words that follow each other).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

SPAN = 5
"""Words that say something in a row, of which three have a print."""
EVERY = 6
"""Of so many prints one is kept."""
PART = 128
"""Words that say something, in a part of a text: what two texts share here and there is no passage."""
MOST_PARTS = 256
"""The last part is whatever is left of the text."""

FORM = f"{SPAN} {EVERY} {PART} {MOST_PARTS} 3"
"""Another one whenever a text comes to other prints: by it kept ones are known to be of today."""

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


def every_print(words: Sequence[str]) -> dict[int, list[tuple[int, int, int]]]:
    """Every print of a text, with the numbers of the three words wherever they are."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for second, third, prints in _prints(words):
        for place, each in enumerate(prints):
            found.setdefault(each, []).append((place, place + second, place + third))
    return found


def is_kept(each: int) -> bool:
    """Whether that print is among those that are kept of a text."""
    return not each % EVERY


def kept_prints(words: Sequence[str]) -> dict[int, int]:
    """Of the prints of a text those that are kept, and in which part of the text each is first."""
    kept: dict[int, int] = {}
    for _, _, prints in _prints(words):
        for place, each in [found for found in enumerate(prints) if not found[1] % EVERY]:
            part = min(place // PART, MOST_PARTS - 1)
            kept[each] = min(kept.get(each, part), part)
    return kept
