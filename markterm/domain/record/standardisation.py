"""Standardisations as the centre's record tells them: what was looked at, what each member said alone, and what was
agreed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.standardising import Exhibit, Standardising, StandardisingStep, View, Viewed
from markterm.domain.record.event import Event, Kind

Asked = tuple[int, str]
"""An exhibit, by its place from 1 on, and a criterion of it: what every member says something of."""


class StandardisationState(StrEnum):
    """Where a standardisation stands."""

    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a meeting, with what was agreed in it, by whoever wrote them."""

    uid: str
    said: Standardising
    agreed: tuple[Viewed, ...]
    actor: str
    at: datetime

    @property
    def on(self) -> date:
        """The day of the meeting: that on which it was recorded, where none was said."""
        return self.said.on or self.at.date()


@dataclass(frozen=True, slots=True)
class Standardisation:
    """One standardisation; `views` are what each member said, by their ids in the order in which they first did.

    `minutes` are several only where two wrote them without having seen the other's; `dropped` says why it counts as
    nothing.
    """

    uid: str
    qualification: str
    exhibits: tuple[Exhibit, ...]
    why: str
    actor: str
    at: datetime
    views: Mapping[str, Mapping[Asked, Viewed]]
    minutes: tuple[Minutes, ...] = ()
    dropped: str | None = None

    @property
    def state(self) -> StandardisationState:
        """Where it stands."""
        if self.dropped is not None:
            return StandardisationState.DROPPED
        return StandardisationState.CLOSED if self.minutes else StandardisationState.OPEN

    @property
    def asked(self) -> Iterator[Asked]:
        """Everything that a member says something of."""
        return ((place, number) for place, exhibit in enumerate(self.exhibits, 1) for number in exhibit.criteria)

    def exhibit(self, place: int) -> Exhibit | None:
        """The exhibit at that place from 1 on, or None."""
        return self.exhibits[place - 1] if 0 < place <= len(self.exhibits) else None

    def word(self, viewed: Viewed) -> str:
        """What is said of a criterion, in a word: of one for a higher grade achieved or not achieved."""
        exhibit = self.exhibit(viewed.exhibit)
        return exhibit.word(viewed.criterion, viewed.view) if exhibit is not None else viewed.view.value

    def is_answered_by(self, member: str) -> bool:
        """Whether that member has said something of everything."""
        return member in self.views and set(self.asked) <= self.views[member].keys()

    def takes(self, viewed: Viewed) -> bool:
        """Whether that is an answer to something that is asked."""
        exhibit = self.exhibit(viewed.exhibit)
        return exhibit is not None and viewed.criterion in exhibit.criteria and viewed.view in exhibit.of.answers

    def may_see(self, member: str) -> bool:
        """Whether that member is shown what the others said: not before they have given all their own answers."""
        return self.state is not StandardisationState.OPEN or self.is_answered_by(member)

    def agreed(self, asked: Asked) -> tuple[Viewed, ...]:
        """What the minutes say was agreed of it."""
        return tuple(
            each for minutes in self.minutes for each in minutes.agreed if (each.exhibit, each.criterion) == asked
        )

    def took_part(self, member: str) -> date | None:
        """The day on which that member was standardised by it: they were there, or had given all their answers."""
        if self.state is not StandardisationState.CLOSED:
            return None
        days = [each.on for each in self.minutes if member in each.said.present or self.is_answered_by(member)]
        return max(days, default=None)


def standardisations(events: Iterable[Event]) -> tuple[Standardisation, ...]:
    """Those that the centre's record tells of, in the order in which they were opened."""
    found: dict[str, Standardisation] = {}
    for event in events:
        said = said_in(event, Standardising) if event.kind == Kind.STANDARDISED else None
        if said is None:
            continue
        if said.step is StandardisingStep.OPENED:
            found[event.uid] = Standardisation(
                event.uid, said.qualification, said.exhibits, said.text, event.actor, event.at, {}
            )
        elif (known := found.get(said.standardisation)) is not None:
            found[known.uid] = _after(known, event, said)
    return tuple(found.values())


def _after(known: Standardisation, event: Event, said: Standardising) -> Standardisation:
    views = {(each.exhibit, each.criterion): each for each in said.views if known.takes(each)}
    if said.step is StandardisingStep.CLOSED:
        minutes = Minutes(event.uid, said, tuple(views.values()), event.actor, event.at)
        return replace(known, minutes=(*known.minutes, minutes))
    if said.step is StandardisingStep.DROPPED:
        return replace(known, dropped=said.text)
    # Whoever has given all their answers may have seen those of others: what they say after that is not their own.
    if known.is_answered_by(event.actor):
        return known
    return replace(known, views={**known.views, event.actor: {**known.views.get(event.actor, {}), **views}})


def last_standardised(every: Iterable[Standardisation], member: str, qualifications: Sequence[str]) -> date | None:
    """The last day on which that member was standardised for one of these qualifications; None if they never were."""
    days = (each.took_part(member) for each in every if each.qualification in qualifications)
    return max((day for day in days if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed of a criterion, for whoever decides it later: the view, also in a word, the words for it, and
    when."""

    criterion: str
    view: View
    word: str
    words: str
    on: date
    standardisation: str


def agreed_of(every: Iterable[Standardisation], unit: UnitKey) -> Mapping[str, tuple[Agreed, ...]]:
    """What was agreed of each criterion of that unit in that version, the newest first."""
    found: dict[str, list[Agreed]] = {}
    for each in every:
        for minutes in each.minutes if each.state is StandardisationState.CLOSED else ():
            for said in minutes.agreed:
                exhibit = each.exhibit(said.exhibit)
                if exhibit is not None and (exhibit.unit, exhibit.version) == (unit.code, unit.version):
                    agreed = Agreed(said.criterion, said.view, each.word(said), said.note, minutes.on, each.uid)
                    found.setdefault(said.criterion, []).append(agreed)
    return {number: tuple(sorted(own, key=lambda agreed: agreed.on, reverse=True)) for number, own in found.items()}
