"""Fingerprints of a text by winnowing over its words (Schleimer, Wilkerson and Aiken, 2003).

Each run of a few words has a print, and of the prints in a row of so many the smallest is kept. So two texts that share
a long enough run share a print of it, wherever it stands in them, and a text keeps two of five of its prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

RUN = 3
"""Words that say something, in a print."""
WINDOW = 4
"""Prints in a row of which one is kept."""
PART = 128
"""Words that say something, in a part of a text: what two texts share here and there is no passage."""
MOST_PARTS = 256
"""The last part is whatever is left of the text."""

FORM = f"{RUN} {WINDOW} {PART} {MOST_PARTS} 2"
"""Another one whenever a text comes to other prints: by it kept ones are known to be of today."""

_BITS = 63
"""So that a print is a whole number in every database."""
_MASK = (1 << _BITS) - 1
_BASE = 0x5851F42D4C957F2D
_HIGHEST = pow(_BASE, RUN, 1 << _BITS)
_MIXED = 0x2545F4914F6CDD1D


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    """The number of a word: the same on every machine, and on every day."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") & _MASK


def every_print(words: Sequence[str]) -> list[int]:
    """The print of each run of words, by the number of its first word."""
    numbers = list(map(_number, words))
    prints: list[int] = []
    rolled = 0
    for place, number in enumerate(numbers):
        rolled = (rolled * _BASE + number) & _MASK
        if place >= RUN:
            rolled = (rolled - numbers[place - RUN] * _HIGHEST) & _MASK
        if place >= RUN - 1:
            # What was rolled has its order in the highest bits: mixed, so that the smallest is any.
            prints.append(((rolled ^ (rolled >> 31)) * _MIXED) & _MASK)
    return prints


def kept_prints(prints: Sequence[int]) -> dict[int, int]:
    """Of the prints of a text those that are kept, the smallest of each row, and in which part of the text each is
    first. Of a text with less than a row it is the smallest."""
    rows = zip(*(prints[at:] for at in range(WINDOW)), strict=False) if len(prints) > WINDOW else (prints,)
    kept: dict[int, int] = {}
    for place, row in enumerate(rows if prints else ()):
        kept.setdefault(min(row), min(place // PART, MOST_PARTS - 1))
    return kept
