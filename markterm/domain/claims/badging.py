"""Badges: the coordinator records that the learner agreed, issues one for a unit of the centre's own that was passed,
and revokes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Unit
from markterm.domain.claims.claimable import in_the_way
from markterm.domain.record.badges import BadgeIssued
from markterm.domain.record.bodies.badging import Badge, BadgeStep
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Closing, Portfolio
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.rules.holding import held_back
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.local_time import local


def agree(act: Act, unit: Unit, said_by: str, how: str, on: date | None = None) -> Event:
    """That the learner agrees to a badge of that unit, as `said_by` said it on that day, today without one. Raises
    `Refused` when the member is no coordinator, for a regulated unit, and for a day that has not come."""
    member = _coordinator(act)
    require_own(unit)
    if not said_by.strip() or not how.strip():
        raise WrongUse(
            "Who said it, and how?", "An agreement is somebody's word.", "Say by whom it was given, and how."
        )
    today = local(act.at).date()
    if on is not None and on > today:
        raise Refused("A day that has not come", f"{on.isoformat()} is not yet.", "Give the day it was said on.")
    return _step(act, member, unit, Badge(BadgeStep.AGREED, on or today, said_by, how))


def issue(act: Act, unit: Unit, portfolio: Portfolio, policy: Policy, credential: Callable[[Closing], str]) -> Event:
    """The badge of that unit, which `credential` makes, as an entry. Raises `Refused` when the member is no
    coordinator, for a regulated unit, without the learner's agreement, while one stands, for a unit that could not be
    claimed for what is in the way of it itself, and one that may not be released; and what `credential` raises."""
    member = _coordinator(act)
    require_own(unit)
    if unit.key not in portfolio.badges.agreed:
        raise Refused(
            "The learner has not agreed",
            f"Nobody recorded that {act.learner} agrees to a badge of {unit.code}.",
            "Ask them, and record first who said it, how and on which day.",
        )
    if portfolio.badges.standing(unit.key) is not None:
        raise Refused(
            "It is issued already",
            f"{act.learner} has a badge of {unit.code} that nobody revoked.",
            "Write that one again, or revoke it first.",
        )
    if (held := held_back(policy, act.learner, unit, portfolio)) is not None:
        raise held
    for block in in_the_way(unit, portfolio):
        raise Refused(
            "Not ready for a badge",
            f"{unit.code} of {act.learner}: {block.sentence} ({block.code}).",
            "Have done first what is in the way. A badge is for a unit that is closed with a pass that stands.",
        )
    closing = portfolio.unit(unit.key).closing
    assert closing is not None
    return _step(act, member, unit, Badge(BadgeStep.ISSUED, credential=credential(closing), rests_on=closing.uid))


def revoke(act: Act, unit: Unit, badge: BadgeIssued | None, why: str) -> Event:
    """That the badge is revoked. Raises `Refused` when the member is no coordinator or there is none to revoke, and
    `WrongUse` without a reason."""
    member = _coordinator(act)
    if badge is None:
        raise Refused("No badge", f"{act.learner} has no badge of {unit.code} that stands.", "See which there are.")
    if not why.strip():
        raise WrongUse("Why?", "Whoever is shown the badge may ask why it was revoked.", "Give the reason.")
    return _step(act, member, unit, Badge(BadgeStep.REVOKED, why=why), (badge.uid,))


def require_own(unit: Unit) -> None:
    """Raises `Refused` for a unit whose credential is an awarding organisation's."""
    if unit.regulated:
        raise Refused(
            "A regulated unit",
            f"{unit.code} is a unit of an awarding organisation: its credential is theirs to give, and not the "
            "centre's.",
            "Badges are for the centre's own courses: regulated: no in the front matter of the sheet says so.",
        )


def _coordinator(act: Act) -> Member:
    return in_role(act, Role.COORDINATOR, "Only a coordinator does that", "Ask a coordinator")


def _step(act: Act, member: Member, unit: Unit, said: Badge, supersedes: tuple[str, ...] = ()) -> Event:
    return entry(act, member, Kind.BADGE, Subject(unit.key), said, supersedes)
