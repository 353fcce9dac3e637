"""How many of a number of learners are sampled: by shares in bands, or by the square root.

Awarding organisations publish shares in steps (35 % of fewer than 18 learners, 25 % of up to 100, …). Taken as steps
they ask for fewer of 101 learners than of 100. Here a share holds for the learners of its own band alone, as a tax
does for the income of its own: the number never falls when a learner joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from markterm.domain.assessed.strategy import LEAST, Band


def asked_of(learners: int, bands: Sequence[Band], least: int = LEAST) -> int:
    """How many of that many learners are sampled, rounded up; never fewer than `least`, or than there are."""
    hundredths, below = 0, 0
    for band in bands:
        top = learners if band.up_to is None else min(band.up_to, learners)
        hundredths += max(top - below, 0) * band.percent
        below = max(top, below)
    return _between(-(-hundredths // 100), learners, least)


def root_of(learners: int, least: int = LEAST) -> int:
    """The square root of that many, rounded up; never fewer than `least`, or than there are."""
    root = isqrt(learners)
    return _between(root if root * root == learners else root + 1, learners, least)


def _between(asked: int, learners: int, least: int) -> int:
    return min(max(asked, least), learners)
