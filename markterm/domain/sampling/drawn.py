"""The part of a plan that was drawn at random: the first of the random order, whatever was done by hand since."""

from __future__ import annotations

from markterm.domain.record.plans import Key, StandingPlan
from markterm.domain.sampling.candidate import order_in


def drawn_part(plan: StandingPlan) -> frozenset[Key]:
    """Everything that was drawn, as what was adopted has it; what was dropped by hand since is among it."""
    found: set[Key] = set()
    for adopted in plan.adopted:
        said = adopted.said
        if not said.is_whole:
            found.update((each.learner, each.unit) for each in said.samples if each.drawn)
            continue
        every = [(learner, group.unit) for group in said.candidates for learner in group.learners]
        found.update(sorted(every, key=lambda key: (order_in(said.seed, key), key))[: said.drawn])
    return frozenset(found)
