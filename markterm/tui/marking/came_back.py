"""Where somebody begins who opens a learner: at what came back to them, or at what they have to do."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.views.due import Owed, Step
from markterm.domain.views.owed import owed


def came_back(shown: LearnerPortfolio, member: str) -> tuple[str, str | None] | None:
    """The unit and the criterion that a verifier did not agree with and that the member of that id decided, or else
    that an open action of theirs is on; without a criterion where it is the whole unit. None where there is neither."""
    every = tuple(_owed(shown, member))
    for step in (Step.SETTLE, Step.ACT):
        for unit, each in every:
            if each.step is step:
                return unit, each.criterion or None
    return None


def _owed(shown: LearnerPortfolio, member: str) -> Iterator[tuple[str, Owed]]:
    for unit in shown.units:
        yield from ((unit.code, each) for each in owed(shown.portfolio.unit(unit.key)) if each.member == member)
