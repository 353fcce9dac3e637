"""What holds a closed unit back: nothing more of it goes to the learner, and the next attempt does not begin."""

from __future__ import annotations

from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.rules.verification import held
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way


def held_back(policy: Policy, learner: str, unit: Unit, portfolio: Portfolio) -> Refused | None:
    """Why the feedback on a closed unit may not go yet, and what to do next; None when nothing holds it.

    A case, an action on what a verifier did not agree with, and that it was not agreed, hold it whatever the centre's
    policy says of verification.
    """
    record = portfolio.unit(unit.key)
    if record.closing is None:
        return None
    if portfolio.cases:
        from markterm.domain.rules.cases import held_by_case  # Few learners have one.

        case = held_by_case(learner, unit, portfolio)
        if case is not None:
            return case
    return held(policy, learner, unit, record) or _held_by_answer(learner, unit, record)


def _held_by_answer(learner: str, unit: Unit, record: UnitRecord) -> Refused | None:
    """Why it waits for what followed a verification; None where everything is agreed or was amended and accepted."""
    for action in record.after.actions:
        if action.holds:
            whose = f"{action.owner} is to do it" if action.is_open else "it is done and not accepted"
            due = f", until {action.due.isoformat()}" if action.is_open and action.due is not None else ""
            return Refused(
                "Held by an action",
                f"{unit.code} of {learner}: action {action.short} is not accepted; {whose}{due}.",
                "Its owner does it, and a verifier accepts that.",
                hint=Hint(Way.SHOW_ACTIONS, learner=learner),
            )
    if all(each.agrees for each in (*record.after.looks, *record.after.verifications)):
        return None
    from markterm.domain.record.disagreement import disagreements  # Few units have one.

    for against in disagreements(record):
        return Refused(
            "The verifier does not agree",
            f"{unit.code} {against.criterion}".rstrip()
            + f" of {learner}: {against.verification.actor} answered: {against.reason}",
            "Decide again what the verifier names, or have the verifier look again.",
        )
    return None
