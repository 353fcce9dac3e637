"""The units that would complete a qualification where choices bar each other: looked for exactly, up to a limit.

Without barred pairs more units never hurt, and each rule can be read alone. With them a unit that serves one rule can
take away what another rule needs, so that whole combinations have to be tried. That is done step by step, and the
number of steps is limited: `exact` says whether the limit was kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from markterm.domain.assessed.qualification import Completion, Qualification, Requirement

MOST_STEPS = 5_000
"""Combinations that are looked at for one answer: some ten times what qualifications in use need."""


def completion(qualification: Qualification, counted: Set[str], most_steps: int = MOST_STEPS) -> Completion:
    """How it can be completed by further units beside `counted`, which hold no barred pair."""
    search = _Search(qualification, most_steps)
    free = frozenset(qualification.units) - counted - search.barred_by(counted)
    example = search.smallest(frozenset(counted), free)
    if example is None:
        return Completion(None, frozenset(), frozenset() if search.exact else free, search.exact)
    # What is not in this combination is in no other that has to be in all.
    missing = {code for code in example if not search.can_be(frozenset(counted), free - {code})}
    usable = set(example)
    for code in sorted(free - usable):
        if search.can_be(counted | {code}, free - {code} - search.barred_by({code})):
            usable.add(code)
    if not search.exact:
        # Whatever could not be settled is no reason to call a unit indispensable, or useless.
        missing, usable = set(), set(free)
    units = tuple(unit for code, unit in qualification.units.items() if code in example)
    return Completion(units, frozenset(missing), frozenset(usable), search.exact)


class _Search:
    """One search with its budget of steps."""

    def __init__(self, qualification: Qualification, most_steps: int) -> None:
        self._qualification = qualification
        self._left = most_steps
        self.exact = True

    def barred_by(self, codes: Iterable[str]) -> frozenset[str]:
        """The units that do not count beside those."""
        return frozenset(other for code in codes for other in self._qualification.barred_with.get(code, ()))

    def smallest(self, counted: frozenset[str], free: frozenset[str]) -> frozenset[str] | None:
        """The units of `free` that complete it with the fewest credits, then units; None if none were found."""
        best: tuple[tuple[int, int], frozenset[str]] | None = None
        waiting = [(counted, free, (0, 0))]
        while waiting:
            chosen, left, cost = waiting.pop()
            if not self._step():
                break
            if best is not None and (cost[0] + self._at_least(chosen), cost[1]) >= best[0]:
                continue
            asked = self._narrowest(chosen, left)
            if asked is None:
                best = (cost, chosen - counted)
            elif self._can_still(chosen, left):
                waiting += self._branches(asked, chosen, left, cost)
        return best[1] if best is not None else None

    def can_be(self, counted: frozenset[str] | Set[str], free: frozenset[str]) -> bool:
        """Whether units of `free` complete it; yes where the limit was reached first."""
        waiting = [(frozenset(counted), free, (0, 0))]
        while waiting:
            chosen, left, cost = waiting.pop()
            if not self._step():
                return True
            asked = self._narrowest(chosen, left)
            if asked is None:
                return True
            if self._can_still(chosen, left):
                waiting += self._branches(asked, chosen, left, cost)
        return False

    def _branches(
        self, asked: Requirement, chosen: frozenset[str], left: frozenset[str], cost: tuple[int, int]
    ) -> list[tuple[frozenset[str], frozenset[str], tuple[int, int]]]:
        """With each unit that serves a requirement, and without those that were tried before it: the cheapest last,
        because the last is tried first."""
        candidates = sorted(
            (unit for unit in asked.pool if unit.code in left), key=lambda unit: (unit.credit, unit.code), reverse=True
        )
        found = []
        for place, unit in enumerate(candidates):
            tried = {other.code for other in candidates[place:]}
            rest = left - tried - self.barred_by([unit.code])
            found.append((chosen | {unit.code}, rest, (cost[0] + unit.credit, cost[1] + 1)))
        return found

    def _narrowest(self, chosen: frozenset[str], left: frozenset[str]) -> Requirement | None:
        """Of the requirements that are not met the one that the fewest units serve; None if all are met."""
        unmet = [each for each in self._qualification.requirements if not each.is_met(chosen)]
        return min(unmet, key=lambda each: sum(unit.code in left for unit in each.pool), default=None)

    def _can_still(self, chosen: frozenset[str], left: frozenset[str]) -> bool:
        """Whether all that is left would be enough, if nothing were barred."""
        every = chosen | left
        return all(each.is_met(every) for each in self._qualification.requirements)

    def _at_least(self, chosen: frozenset[str]) -> int:
        """The credits that are short at least."""
        short = (each.amount - each.gained(chosen) for each in self._qualification.requirements if not each.in_units)
        return max((0, *short))

    def _step(self) -> bool:
        if not self._left:
            self.exact = False
            return False
        self._left -= 1
        return True
