"""Settling a conflict: two decisions that had not seen each other stand on one criterion, and a person says which holds
and why. Both stay in the record."""

from __future__ import annotations

from markterm.domain.decision import CriterionRecord, Occasion
from markterm.domain.errors import Refused
from markterm.domain.event import Event, Result
from markterm.domain.marking import Act, decide
from markterm.domain.portfolio import Portfolio
from markterm.domain.unit import Unit


def settle(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    number: str,
    result: Result,
    reason: str,
    shown: CriterionRecord | None = None,
    occasion: Occasion = Occasion(),  # noqa: B008 - frozen, and the same for ever
) -> Event:
    """The decision that settles a conflict, as `shown` or as it stands: its note is that of the decisions which came
    to the same result, and the reason where none of them has one.

    Raises as `decide` does, and `Refused` when the criterion is not in conflict or no reason is given.
    """
    standing = (shown or portfolio.unit(unit.key).criterion(number)).standing
    if len(standing) < 2:
        raise Refused(
            "There is nothing to settle",
            f"{unit.code} {number} of {act.learner} is not in conflict.",
            "Mark it pass or refer; markterm log shows what happened to it.",
        )
    if not reason.strip():
        raise Refused(
            "Settling needs a reason",
            f"{unit.code} {number} of {act.learner} stays in conflict.",
            "Say why the one decision holds and the other does not.",
        )
    notes = dict.fromkeys(each.note.strip() for each in standing if each.result is result and each.note.strip())
    return decide(act, unit, portfolio, number, result, "\n\n".join(notes) or reason, shown, occasion, reason)
