"""The fewest candidates with which no rule lacks any: exactly of few, nearly of many, and how few cannot be enough."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from heapq import heapify, heappop, heapreplace
from itertools import combinations

from markterm.domain.sampling.rules import Rule

_ROUNDS = 400
"""So often the weights of rules are bettered, as long as no more looks at a candidate of a rule are spent on it than"""
_STEPS = 2_000_000
_IN_VAIN = 12
"""After so many rounds in which nothing was better the steps are half as long."""
_SURELY = 1e-6
_WHOLE = 1 << 20
"""What a candidate counts, in the whole numbers by which a bound is exact."""


class Lacks:
    """What each rule lacks still beside the candidates that are `taken`, and the rules of each candidate who is neither
    taken nor `out`."""

    def __init__(
        self, rules: Sequence[Rule], candidates: int, taken: Collection[int], out: frozenset[int] = frozenset()
    ) -> None:
        self.lack: list[int] = []
        self.of: list[list[int]] = [[] for _ in range(candidates)]
        for number, rule in enumerate(rules):
            free = [place for place in rule.among if place not in taken and place not in out]
            got = rule.before + sum(place in taken for place in rule.among)
            self.lack.append(min(max(rule.asked - got, 0), len(free)))
            if self.lack[-1]:
                for place in free:
                    self.of[place].append(number)

    @property
    def _members(self) -> Mapping[int, list[int]]:
        """The candidates of each rule that lacks any."""
        members: dict[int, list[int]] = {number: [] for number, lack in enumerate(self.lack) if lack}
        for place, numbers in enumerate(self.of):
            for number in numbers:
                members[number].append(place)
        return members

    def least_more(self) -> int:
        """A number of candidates that no choice can do without, at once.

        The largest of: what one rule lacks; what rules lack that have no candidate in common; and everything that is
        lacking, divided by the most rules that one candidate serves.
        """
        members = self._members
        if not members:
            return 0
        most = max(map(len, self.of))
        together = -(-sum(self.lack) // most)
        apart, used = 0, set[int]()
        for number in sorted(members, key=lambda each: (len(members[each]) / self.lack[each], each)):
            if used.isdisjoint(members[number]):
                used.update(members[number])
                apart += self.lack[number]
        return max(together, apart, *self.lack)

    def least_more_by_weights(self, enough: int) -> int:
        """The same, closer: looked for until it is `enough`, with which there is a choice.

        Whatever weights the rules are given, each rule asks for its lack times its weight, and a candidate gives the
        weights of its rules: whoever gives more than 1 gives that much too much, and no choice can be smaller than what
        is asked for less all of that (the dual of the linear programme). The weights climb by its subgradient.
        """
        members = self._members
        looks = sum(map(len, members.values()))
        weights, best, at_best = dict.fromkeys(members, 0.0), 0.0, dict.fromkeys(members, 0.0)
        pace, since = 1.0, 0
        for _ in range(min(_ROUNDS, _STEPS // looks) if looks else 0):
            given = [0.0] * len(self.of)
            for number, among in members.items():
                for place in among:
                    given[place] += weights[number]
            value = sum(self.lack[number] * weight for number, weight in weights.items())
            value -= sum(each - 1 for each in given if each > 1)
            if value > best:
                best, at_best, since = value, dict(weights), 0
            elif (since := since + 1) == _IN_VAIN:
                pace, since, weights = pace / 2, 0, dict(at_best)
            climb = {
                each: self.lack[each] - sum(given[place] > 1 for place in among) for each, among in members.items()
            }
            steep = sum(each * each for each in climb.values())
            if best > enough - 1 + _SURELY or not steep:
                break
            step = pace * (enough - value) / steep
            weights = {number: max(weight + step * climb[number], 0.0) for number, weight in weights.items()}
        return self._proved_by(at_best, members)

    def _proved_by(self, weights: Mapping[int, float], members: Mapping[int, Sequence[int]]) -> int:
        """What these weights prove, in whole numbers: no rounding makes it too much."""
        whole = {number: int(weight * _WHOLE) for number, weight in weights.items()}
        given = [0] * len(self.of)
        for number, among in members.items():
            for place in among:
                given[place] += whole[number]
        asked = sum(self.lack[number] * weight for number, weight in whole.items())
        return -(-(asked - sum(each - _WHOLE for each in given if each > _WHOLE)) // _WHOLE)

    def greedy(self, by_order: Sequence[int]) -> list[int]:
        """Always the candidate whom the most rules lack, the first in the order among equals; then without those whom
        the later ones made needless, the last first."""
        lack = list(self.lack)

        def gain(place: int) -> int:
            return sum(lack[number] > 0 for number in self.of[place])

        heap = [(-len(self.of[place]), number, place) for number, place in enumerate(by_order) if self.of[place]]
        heapify(heap)
        chosen = []
        while heap:
            before, number, place = heap[0]
            now = -gain(place)
            if not now:
                heappop(heap)
            elif now != before:
                heapreplace(heap, (now, number, place))
            else:
                heappop(heap)
                chosen.append(place)
                for each in self.of[place]:
                    lack[each] -= 1
        kept = []
        for place in reversed(chosen):
            if all(lack[each] < 0 for each in self.of[place]):
                for each in self.of[place]:
                    lack[each] += 1
            else:
                kept.append(place)
        return kept

    def fewest(self, by_order: Sequence[int]) -> Sequence[int]:
        """The fewest candidates with which no rule lacks any more; the first in the order among as few."""
        free = [place for place in by_order if self.of[place]]
        for count in range(self.least_more(), len(free) + 1):
            for some in combinations(free, count):
                left = list(self.lack)
                for place in some:
                    for number in self.of[place]:
                        left[number] -= 1
                if all(each <= 0 for each in left):
                    return some
        return free
