"""What is decided anew has to have its evidence: a unit whose evidence was destroyed stays as it is."""

from __future__ import annotations

from markterm.domain.assessed.unit import Unit
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.words.errors import Refused


def require_evidence(learner: str, unit: Unit, portfolio: Portfolio) -> None:
    """Raises `Refused` when the evidence of that unit was destroyed by the rules of retention."""
    destroyed = portfolio.destroyed_of(unit.key)
    if destroyed is not None:
        raise Refused(
            "The evidence was destroyed",
            f"The evidence of {unit.code} of {learner} was {destroyed.words}.",
            "The unit stays as it was closed: nobody could see any more what is decided on.",
        )
