"""What others decided at the same portfolio meanwhile that differs. Nothing is locked."""

from __future__ import annotations

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.record.states import CriterionState
from markterm.domain.words.foreign_text import one_line


def new_conflicts(before: LearnerPortfolio, now: LearnerPortfolio) -> str:
    """A sentence that names the conflicts that came since, with a space before it; empty where there are none."""
    earlier = set(_conflicts(before))
    new = [place for place in _conflicts(now) if place not in earlier]
    return f" Two decisions that had not seen each other now stand on {', '.join(new)}." if new else ""


def _conflicts(shown: LearnerPortfolio) -> list[str]:
    return [
        one_line(f"{key.code} {number}")
        for key, unit in shown.portfolio.units.items()
        for number, record in unit.criteria.items()
        if record.state is CriterionState.CONFLICT
    ]
