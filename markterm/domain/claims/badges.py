"""What became of what a badge rests on: a badge whose unit does not stand any more is to be revoked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.record.badges import BadgeIssued
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import PASSED, VerificationState
from markterm.domain.record.who_did_what import BADGE_TO_REVOKE, Line, Told, in_places
from markterm.domain.words.finding import Severity


def why_to_revoke(badge: BadgeIssued, portfolio: Portfolio) -> str:
    """Why the badge is to be revoked, in a clause; empty while it stands, and for one that was revoked."""
    if badge.revoked is not None:
        return ""
    record = portfolio.unit(badge.unit)
    if record.closing is None:
        return "the unit was reopened since"
    if record.closing.uid != badge.rests_on:
        return "the unit was closed anew since"
    if record.changed_since_closing:
        return "decisions were changed since"
    return "a verifier does not agree" if record.verification is VerificationState.NOT_AGREED else ""


def passed_in(unit: Unit, portfolio: Portfolio) -> tuple[Criterion, ...]:
    """The criteria of the unit that are passed: of a graded one those for a higher grade may not be."""
    record = portfolio.unit(unit.key)
    return tuple(each for each in unit.asked if record.criterion(each.number).state in PASSED)


def badges_told(lines: Iterable[Line], every: Iterable[Event]) -> Iterator[Told]:
    """The badges that are to be revoked, on the lines that issued them; `every` are all events of the record, with
    those of the records that it goes on from."""
    issuing = {line.event.uid: line for line in in_places(lines) if line.event.kind == Kind.BADGE}
    if not issuing:
        return
    portfolio = fold(every)
    for badge in portfolio.badges.issued:
        why = why_to_revoke(badge, portfolio)
        if why and badge.uid in issuing:
            message = f"the badge of {badge.unit.code} is to be revoked: {why}"
            yield Told(BADGE_TO_REVOKE, Severity.WARNING, issuing[badge.uid], message)
