"""How much criteria ask for like things: by the words that they share, weighted by how rare a word is among them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nlargest
from math import log, sqrt

from markterm.domain.assessed.unit import Criterion
from markterm.domain.words.command_verb import RUNGS

Stem = Callable[[str], str]
"""What different forms of a word have in common: `plan` for plans, planned and planning."""
Vector = Mapping[str, float]
"""Stems with their weights."""

_IN_TEXT, _IN_DESCRIPTOR = 1.0, 0.5
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")
# One word in common is a coincidence.
_LEAST_SHARED = 2
# Among ten thousand criteria a common word leads to thousands of others: rare words first, and so many at most.
_MOST_LED_TO = 300
_MOST_ALIKE = 8
_STOP_WORDS = (
    "about after against all also although and another any are around because been before being between both but can "
    "cannot come could did does done down during each either else ever every few for from get given good had has have "
    "help her here him his hold how into its itself just kept least less like line made main make many may more most "
    "much must near need not nothing off one only other others out over own part point points rather same say says set "
    "several shall she should show shown since some something start started still such take taken than that the their "
    "them then there these they thing things this those three through too two under until upon use used very was way "
    "ways were what when where whether which while who whom whose why will with within without work would you your "
    # What sheets say of any evidence, whatever it is about.
    "alongside case cases context criterion evidence example examples happen including judgement learner learners "
    "missing present quoted real realistic reason reasons source sources specific vague adequate adequately "
    "appropriate appropriately brief briefly clear clearly complete completely convincing detail detailed details "
    "enough full fully general generic good incomplete insufficient limited little partial partly poor relevant "
    "sufficient sufficiently thin unclear"
)


class Wording:
    """The words of many criteria, by their place in the order that they are given in."""

    def __init__(self, criteria: Sequence[Criterion], stem: Stem) -> None:
        self._stops = {stem(word) for word in (*_STOP_WORDS.split(), *RUNGS)}
        self._stem = stem
        self._forms: dict[str, dict[str, float]] = defaultdict(dict)
        self.own: tuple[frozenset[str], ...] = tuple(
            frozenset(self._terms(criterion.text, 0.0)) for criterion in criteria
        )
        weights = [self._weights(criterion) for criterion in criteria]
        used = Counter(term for each in weights for term in each)
        # Next to nothing for a word that every criterion has: it tells none of them apart.
        rarity = {term: log((len(weights) + 1) / number) for term, number in used.items()}
        self.vectors: tuple[Vector, ...] = tuple(
            _of_length_1({term: weight * rarity[term] for term, weight in each.items()}) for each in weights
        )
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, vector in enumerate(self.vectors):
            for term in vector:
                self._places[term].append(place)

    def likeness(self, one: int, other: int) -> float:
        """How alike two criteria are, from 0 (no words in common) to 1 (the same words): the cosine of their words.

        Two that share words of their descriptors alone are not alike: that is how sheets are worded.
        """
        first, second = self.vectors[one], self.vectors[other]
        products = [weight * second[term] for term, weight in first.items() if term in second]
        asked = self.own[one] | self.own[other]
        if not any(term in second and term in asked for term in first):
            return 0.0
        return sum(products) if len(products) >= _LEAST_SHARED else 0.0

    def like(self, place: int, first: int) -> list[int]:
        """Of the criteria from `first` on, those that share the most with the one at `place`, by its rarest words."""
        shared: dict[int, float] = defaultdict(float)
        left = _MOST_LED_TO
        by_rarity = sorted((len(self._places[term]), term, weight) for term, weight in self.vectors[place].items())
        for _, term, weight in by_rarity:
            places = self._places[term]
            begin = bisect_left(places, first)
            for other in places[begin : begin + left]:
                shared[other] += weight
                left -= 1
            if not left:
                break
        best = nlargest(_MOST_ALIKE, ((likeness, -other) for other, likeness in shared.items()))
        return [-negative for _, negative in best]

    def word(self, term: str) -> str:
        """The form of a word that the criteria use most."""
        forms = self._forms[term]
        return min(forms, key=lambda form: (-forms[form], len(form), form))

    def _weights(self, criterion: Criterion) -> dict[str, float]:
        """The stems of a criterion: those of its text count fully, those of its descriptors only half."""
        weights = dict.fromkeys(self._terms(criterion.text, _IN_TEXT), _IN_TEXT)
        for descriptor in criterion.descriptors:
            for term in self._terms(descriptor.text, _IN_DESCRIPTOR):
                weights.setdefault(term, _IN_DESCRIPTOR)
        return weights

    def _terms(self, text: str, weight: float) -> Iterator[str]:
        for word in _WORD.findall(text.lower()):
            term = self._stem(word) if len(word) >= _SHORTEST else ""
            if term and term not in self._stops:
                self._forms[term][word] = self._forms[term].get(word, 0.0) + weight
                yield term


def _of_length_1(vector: Vector) -> Vector:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()}
