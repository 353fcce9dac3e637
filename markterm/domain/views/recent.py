"""The decisions made last, across learners."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.decision import Decision
from markterm.domain.record.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class RecentDecision:
    """A decision that was not withdrawn, and whether it stands or another replaced it."""

    registration: str
    unit: UnitKey
    criterion: str
    decision: Decision
    stands: bool


def recent_decisions(
    learners: Iterable[tuple[str, datetime | None]],
    portfolio_of: Callable[[str], Portfolio | None],
    most: int,
    actor: str = "",
) -> tuple[RecentDecision, ...]:
    """The last `most` decisions, of that member or of anybody, the newest first.

    `learners` are registrations with the latest moment that an event of theirs bears. Only as many portfolios are asked
    for as can hold one of these decisions; None is one that cannot be read.
    """
    found: list[tuple[datetime, int, RecentDecision]] = []
    order = count()
    dated = sorted(((at, registration) for registration, at in learners if at is not None), reverse=True)
    for at, registration in dated:
        if len(found) == most and found[0][0] > at:
            break
        portfolio = portfolio_of(registration)
        for each in _of(registration, portfolio) if portfolio is not None else ():
            if actor and each.decision.actor != actor:
                continue
            # The number tells two of the same moment apart: decisions themselves have no order.
            entry = (each.decision.at, next(order), each)
            if len(found) == most:
                heapq.heappushpop(found, entry)
            else:
                heapq.heappush(found, entry)
    return tuple(each for *_, each in sorted(found, key=lambda entry: entry[:2], reverse=True))


def _of(registration: str, portfolio: Portfolio) -> Iterable[RecentDecision]:
    for key, unit in portfolio.units.items():
        for number, record in unit.criteria.items():
            for decision in record.live:
                yield RecentDecision(registration, key, number, decision, decision in record.standing)
