"""Conflicts of interest between members and learners, as the centre's own record tells them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from markterm.domain.record.bodies.interest import InterestDeclared
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind


@dataclass(frozen=True, slots=True)
class Interest:
    """A conflict of interest of a member with the learner of that registration, as it was declared last, by `actor`.

    It holds from the day `since`, or from when it was first declared where no day was named, until the day `ended`;
    `told` is the day on which the awarding organisation was told of it.
    """

    uid: str
    member: str
    learner: str
    why: str
    actor: str
    at: datetime
    since: date | None = None
    told: date | None = None
    ended: date | None = None

    def holds_at(self, at: datetime) -> bool:
        """Whether it held at that time. By the clock: records of several machines have no other order."""
        begun = at.date() >= self.since if self.since is not None else at >= self.at
        return begun and (self.ended is None or at.date() < self.ended)


@dataclass(frozen=True)
class Interests:
    """Every conflict of interest that was declared, as it was declared last; several of two people where they were
    declared by members who had not seen each other's."""

    declared: tuple[Interest, ...] = ()

    @cached_property
    def _by_two(self) -> dict[tuple[str, str], list[Interest]]:
        found: dict[tuple[str, str], list[Interest]] = {}
        for each in self.declared:
            found.setdefault((each.member, each.learner), []).append(each)
        return found

    def of(self, member: str, learner: Collection[str]) -> tuple[Interest, ...]:
        """Those of that member with the learner of these registrations, ended or not."""
        return tuple(each for name in learner for each in self._by_two.get((member, name), ()))

    def open(self, member: str, learner: Collection[str]) -> tuple[Interest, ...]:
        """Those of them that have no end."""
        return tuple(each for each in self.of(member, learner) if each.ended is None)

    def at(self, member: str, learner: Collection[str], at: datetime) -> Interest | None:
        """One of that member with the learner of these registrations that held at that time; None where none did."""
        return next((each for each in self.of(member, learner) if each.holds_at(at)), None)


NO_INTERESTS = Interests()


def interests_of(events: Iterable[Event]) -> Interests:
    """What the events of the centre's record come to."""
    found: dict[str, Interest] = {}
    for event in events:
        # By its kind first: to ask any other for its form would load that.
        said = said_in(event, InterestDeclared) if event.kind == Kind.INTEREST_DECLARED else None
        if said is None:
            continue
        began = event.at
        for uid in event.supersedes:
            before = found.get(uid)
            if before is not None and before.ended is None and (before.member, before.learner) == said.of:
                began = min(began, before.at)
                del found[uid]
        # Who it is about does not end it, however that came into the record.
        ended = said.ended if event.actor != said.member else None
        found[event.uid] = Interest(
            event.uid, said.member, said.learner, said.why, event.actor, began, said.since, said.told, ended
        )
    return Interests(tuple(found.values()))
