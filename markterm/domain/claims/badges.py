"""Where the badge of a unit stands, and what became of what it rests on: a badge whose unit does not stand any more is
to be revoked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.assessed.unit import Criterion, Unit, UnitKey
from markterm.domain.claims.since import why_not_standing
from markterm.domain.record.badges import BadgeIssued
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import PASSED
from markterm.domain.record.who_did_what import BADGE_FORGED, BADGE_TO_REVOKE, Line, Told, in_places
from markterm.domain.words.finding import Severity
from markterm.domain.words.local_time import local


class BadgeState(StrEnum):
    """Where the badge of a unit stands: `OFFERED` where the learner passed a unit of the centre's own and nobody
    recorded whether they agree to one."""

    OFFERED = "offered"
    AGREED = "agreed"
    ISSUED = "issued"
    TO_REVOKE = "to be revoked"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class BadgeStanding:
    """Where a badge stands, `why` it is to be revoked or was, and the badge itself where one was issued."""

    state: BadgeState
    why: str = ""
    badge: BadgeIssued | None = None

    @property
    def asks(self) -> bool:
        """Whether somebody has to do something about it at once."""
        return self.state is BadgeState.TO_REVOKE

    @property
    def in_words(self) -> str:
        """`Badge issued on 2026-03-02.`, `Badge to be revoked: it was reopened since the badge was issued.`"""
        day = f" on {local(self.badge.at).date().isoformat()}" if self.badge is not None and not self.why else ""
        return f"Badge {self.state}{day}{f': {self.why}' if self.why else ''}".rstrip(".") + "."


def badge_of(key: UnitKey, portfolio: Portfolio) -> BadgeStanding | None:
    """Where the badge of that unit stands; None where nothing of one is recorded."""
    if not portfolio.aside:
        return None
    badges = portfolio.badges
    if issued := badges.of(key):
        return standing_of(badges.standing(key) or issued[-1], portfolio)
    return BadgeStanding(BadgeState.AGREED) if key in badges.agreed else None


def badge_of_unit(unit: Unit, portfolio: Portfolio) -> BadgeStanding | None:
    """The same, or that one is offered; None where none could be agreed to yet either."""
    if (standing := badge_of(unit.key, portfolio)) is not None or unit.regulated:
        return standing
    closing = portfolio.unit(unit.key).closing
    is_offered = closing is not None and closing.outcome is Result.PASS
    return BadgeStanding(BadgeState.OFFERED) if is_offered else None


def standing_of(badge: BadgeIssued, portfolio: Portfolio) -> BadgeStanding:
    """Where a badge that was issued stands."""
    if badge.revoked is not None:
        return BadgeStanding(BadgeState.REVOKED, badge.revoked.why, badge)
    why = why_to_revoke(badge, portfolio)
    return BadgeStanding(BadgeState.TO_REVOKE if why else BadgeState.ISSUED, why, badge)


def why_to_revoke(badge: BadgeIssued, portfolio: Portfolio) -> str:
    """Why the badge is to be revoked, in a clause; empty while it stands, and for one that was revoked."""
    if badge.revoked is not None:
        return ""
    return why_not_standing(badge.unit, badge.rests_on, portfolio, "the badge was issued")


def passed_in(unit: Unit, portfolio: Portfolio) -> tuple[Criterion, ...]:
    """The criteria of the unit that are passed: of a graded one those for a higher grade may not be."""
    record = portfolio.unit(unit.key)
    return tuple(each for each in unit.asked if record.criterion(each.number).state in PASSED)


def badges_told(
    lines: Iterable[Line], every: Iterable[Event], fault_of: Callable[[BadgeIssued], str]
) -> Iterator[Told]:
    """The badges that are to be revoked, and those of which `fault_of` says why they are none that the centre issued,
    on the lines that issued them; `every` are all events of the record, with those of the records that it goes on
    from."""
    issuing = {line.event.uid: line for line in in_places(lines) if line.event.kind == Kind.BADGE}
    if not issuing:
        return
    portfolio = fold(every)
    for badge in portfolio.badges.issued:
        line = issuing.get(badge.uid)
        if line is None:
            continue
        if fault := fault_of(badge):
            yield Told(BADGE_FORGED, Severity.ERROR, line, f"the badge of {badge.unit.code} is none: {fault}")
        if why := why_to_revoke(badge, portfolio):
            message = f"the badge of {badge.unit.code} is to be revoked: {why}"
            yield Told(BADGE_TO_REVOKE, Severity.WARNING, line, message)
