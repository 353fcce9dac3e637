"""What holds a closed unit back: nothing more of it goes to the learner, and the next attempt does not begin."""

from __future__ import annotations

from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.verification import held
from markterm.domain.words.errors import Refused


def held_back(policy: Policy, learner: str, unit: Unit, portfolio: Portfolio) -> Refused | None:
    """Why the feedback on a closed unit may not go yet, and what to do next; None when nothing holds it.

    A case holds it whatever the centre's policy says of verification.
    """
    record = portfolio.unit(unit.key)
    if record.closing is None:
        return None
    if portfolio.case_events:
        from markterm.domain.rules.cases import held_by_case  # Few learners have one.

        case = held_by_case(learner, unit, portfolio)
        if case is not None:
            return case
    return held(policy, learner, unit, record)
