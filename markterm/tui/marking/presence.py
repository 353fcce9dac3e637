"""Others at the same portfolio: what they record appears by itself, and who is there now is said. Nothing is locked."""

from __future__ import annotations

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.record.states import CriterionState
from markterm.domain.words.foreign_text import one_line
from markterm.tui.marking.workplace import Workplace

LOOK_EVERY = 1.0
"""Seconds."""


async def look_for_others(at: Workplace) -> None:
    """Show what others recorded since, and say so; not while a dialog stands before what it would change."""
    if at.screen not in at.screen.app.screen_stack:
        return
    seen = await at.desk.look(taking=at.screen.is_current)
    if seen is None:
        return
    before, now = seen
    last = now.portfolio.last
    who = one_line(last.actor) if last is not None else "somebody"
    earlier = set(_conflicts(before))
    new = [place for place in _conflicts(now) if place not in earlier]
    disagrees = f" Two decisions that had not seen each other now stand on {', '.join(new)}." if new else ""
    at.notify(f"{who} added to this portfolio just now.{disagrees}", warning=bool(new))


def _conflicts(shown: LearnerPortfolio) -> list[str]:
    return [
        one_line(f"{key.code} {number}")
        for key, unit in shown.portfolio.units.items()
        for number, record in unit.criteria.items()
        if record.state is CriterionState.CONFLICT
    ]
