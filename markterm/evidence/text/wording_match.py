"""Where a text has most of a criterion's own words: for references that name no passage but a whole outcome or file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from markterm.domain.assessed.unit import Criterion
from markterm.domain.words.letters import plain
from markterm.evidence.text.page import EvidencePage

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 4
_EMPTY_WORDS = """
about above after again also because been before being below between both could does each evaluate explain
describe analyse assess identify from have having into just least more most only other over same should some such
than that their them then there these they this those through under very were what when where which while will
with would your learner evidence
"""
_NOTHING = frozenset(_EMPTY_WORDS.split())
_HEADING = 2.0
"""How much more a word counts in the heading above."""
_WORDING = 2.0
"""How much more a word of the criterion counts than one of its descriptors."""
_LONG = 100
_IN_ORDER = 1.5
"""How much more a passage counts that stands between those of the criteria before and after."""


def best_match(page: EvidencePage, criterion: Criterion, among: Sequence[int], in_order: range) -> int | None:
    """The piece, of those `among`, with most of the words of the criterion and its descriptors, the rarer the better;
    the first of those alike; None when none has any. Those `in_order` stand where the criterion would."""
    wanted = dict.fromkeys(_stems(" ".join(each.text for each in criterion.descriptors)), 1.0)
    wanted |= dict.fromkeys(_stems(criterion.text), _WORDING)
    texts = {number: set(_stems(page.pieces[number].text)) for number in among}
    headings = {number: set(_stems(page.headings(number))) for number in among}
    seen = Counter(stem for number in among for stem in texts[number] | headings[number])
    best, score = None, 0.0
    for number in among:
        found = sum(
            weight * log(1 + len(among) / seen[stem]) * (_HEADING if stem in headings[number] else 1.0)
            for stem, weight in wanted.items()
            if stem in texts[number] or stem in headings[number]
        )
        found *= _IN_ORDER if number in in_order else 1.0
        found /= log(_LONG + len(page.pieces[number].text))  # in a long text a word stands more easily by chance
        if found > score:
            best, score = number, found
    return best


def _stems(text: str) -> list[str]:
    """The first letters of the words that tell something."""
    return [word[:_STEM] for word in _WORD.findall(plain(text)) if word not in _NOTHING]
