"""The visits of external quality assurers, as the centre's record tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.visiting import Visited, VisitStep
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.uid import short


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Something that a visit asks for, in the event of that uid."""

    uid: str
    said: Visited
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit on the day `on`: `said` is what was recorded of it by `actor`, `asked` what it asks for, and `dropped`
    that it was recorded by mistake."""

    uid: str
    said: Visited
    on: date
    actor: str
    at: datetime
    asked: tuple[AskedFor, ...] = ()
    dropped: bool = False

    @property
    def short(self) -> str:
        """The beginning of its uid, by which people name it."""
        return short(self.uid)

    @property
    def in_words(self) -> str:
        """`2026-03-02, City & Guilds (Pat Reed), rated green`, and that it was dropped."""
        by = f" ({self.said.by})" if self.said.by else ""
        rated = f"rated {self.said.rating}" if self.said.rating else ""
        told = (self.on.isoformat(), f"{self.said.organisation}{by}", rated, "dropped" if self.dropped else "")
        return ", ".join(filter(None, told))


def visits(events: Iterable[Event]) -> tuple[Visit, ...]:
    """Every visit that the centre's own record tells of, in the order of their days; those that were dropped too."""
    steps = [
        (event, said)
        for event in events
        if event.kind == Kind.VISITED and (said := said_in(event, Visited)) is not None
    ]
    dropped = {said.visit for _, said in steps if said.step is VisitStep.DROPPED}
    asked: dict[str, list[AskedFor]] = {}
    for event, said in steps:
        if said.step is VisitStep.ASKED:
            asked.setdefault(said.visit, []).append(AskedFor(event.uid, said, event.actor, event.at))
    found = (
        Visit(
            event.uid,
            said,
            said.on,
            event.actor,
            event.at,
            tuple(sorted(asked.get(event.uid, ()), key=lambda each: (each.at, each.uid))),
            event.uid in dropped,
        )
        for event, said in steps
        if said.step is VisitStep.RECORDED and said.on is not None
    )
    return tuple(sorted(found, key=lambda each: (each.on, each.at, each.uid)))


def signed_off(events: Iterable[Event]) -> Mapping[str, date]:
    """By qualification the last day up to which what was closed is signed off."""
    found: dict[str, date] = {}
    for visit in visits(events):
        if not visit.dropped:
            found |= dict.fromkeys(visit.said.signed_off, visit.on)
    return found


def in_words(event: Event) -> str:
    """What a step tells, in a line: `visit of City & Guilds on 2026-03-02, rated green, signs off 8580-CERT`."""
    said = Visited.read(event.body)
    if said.step is VisitStep.RECORDED:
        rated = f", rated {said.rating}" if said.rating else ""
        signs = f", signs off {', '.join(said.signed_off)}" if said.signed_off else ""
        return f"visit of {said.organisation} on {said.on}{rated}{signs}"
    if said.step is VisitStep.DROPPED:
        return f"visit {short(said.visit)} dropped"
    holds = f", holds {holds_in_words(said)}" if said.holds else ""
    return f"visit {short(said.visit)} asks {said.owner} for something until {said.due}{holds}"


def holds_in_words(said: Visited) -> str:
    """What an action holds, in words: `claims of 8580-CERT and retention`."""
    of = f" of {said.qualification}" if said.qualification else ""
    return f"{' and '.join(said.holds)}{of}"
