"""The badges of a learner, as the steps of each tell: agreed to, issued, revoked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.badging import Badge, BadgeStep
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event


@dataclass(frozen=True, slots=True)
class BadgeAgreed:
    """That the learner agrees to a badge of the unit: who said it, how and on which day, and who recorded it."""

    uid: str
    on: date | None
    said_by: str
    how: str
    actor: str


@dataclass(frozen=True, slots=True)
class BadgeRevoked:
    """Who revoked a badge, when and why."""

    actor: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class BadgeIssued:
    """A badge that was issued: the whole of it, signed, and the uid of the closing that it rests on."""

    uid: str
    unit: UnitKey
    at: datetime
    actor: str
    credential: str
    rests_on: str
    revoked: BadgeRevoked | None = None


@dataclass(frozen=True, slots=True)
class Badges:
    """What is recorded of badges: the last agreement for each unit, and every badge, as they were issued."""

    agreed: dict[UnitKey, BadgeAgreed]
    issued: tuple[BadgeIssued, ...]

    def of(self, key: UnitKey) -> tuple[BadgeIssued, ...]:
        """Those of that unit."""
        return tuple(each for each in self.issued if each.unit == key)

    def standing(self, key: UnitKey) -> BadgeIssued | None:
        """The last one of that unit that nobody revoked; None where there is none."""
        return next((each for each in reversed(self.of(key)) if each.revoked is None), None)


def badges_of(events: Iterable[Event], placed: Callable[[UnitKey], UnitKey]) -> Badges:
    """What these events tell of badges; `placed` says where what was of a unit goes on."""
    agreed: dict[UnitKey, BadgeAgreed] = {}
    issued: list[tuple[Event, UnitKey, Badge]] = []
    revoked: dict[str, BadgeRevoked] = {}
    for event in events:
        said = said_in(event, Badge)
        if said is None or event.subject.unit is None:
            continue
        unit = placed(event.subject.unit)
        if said.step is BadgeStep.AGREED:
            agreed[unit] = BadgeAgreed(event.uid, said.on, said.said_by, said.how, event.actor)
        elif said.step is BadgeStep.ISSUED:
            issued.append((event, unit, said))
        else:
            for uid in event.supersedes:
                revoked.setdefault(uid, BadgeRevoked(event.actor, event.at, said.why))
    return Badges(
        agreed,
        tuple(
            BadgeIssued(each.uid, unit, each.at, each.actor, said.credential, said.rests_on, revoked.get(each.uid))
            for each, unit, said in issued
        ),
    )


def in_words(event: Event) -> str:
    """What a step is, in a few words."""
    said = said_in(event, Badge)
    if said is None:
        return event.kind
    if said.step is BadgeStep.AGREED:
        day = f" on {said.on.isoformat()}" if said.on is not None else ""
        return f"badge agreed to by {said.said_by}, {said.how}{day}"
    return "badge issued" if said.step is BadgeStep.ISSUED else f"badge revoked: {said.why}"
