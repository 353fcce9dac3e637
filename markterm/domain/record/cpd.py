"""CPD: what somebody plans to learn, and what they did, as the records tell it. What was done is beside what stands in
the file of a member, which nobody but a person writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from markterm.domain.assessed.standard import StatementLink
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, CpdStep
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.counted import counted
from markterm.domain.words.uid import short


class CpdState(StrEnum):
    """Where an item of a CPD plan stands."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Did:
    """Something that was done, as it stands, by `actor` who recorded it."""

    uid: str
    said: CpdDone
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CpdItem:
    """An item of a plan as it was said last. `heads` are the entries that nobody changed since: several where two
    changed it without having seen the other's change. `done` is what was done for it."""

    uid: str
    said: CpdPlanned
    actor: str
    at: datetime
    heads: tuple[str, ...]
    done: tuple[Did, ...] = ()

    @property
    def state(self) -> CpdState:
        """Where it stands; what was done is done, also where somebody dropped it."""
        if self.done:
            return CpdState.DONE
        return CpdState.DROPPED if self.said.step is CpdStep.DROPPED else CpdState.PLANNED

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be done."""
        return self.state is CpdState.PLANNED

    def is_overdue(self, today: date) -> bool:
        """Whether it is still to be done, and the day by which is over."""
        return self.is_planned and self.said.by is not None and self.said.by < today

    @property
    def statements(self) -> tuple[StatementLink, ...]:
        """The statements that it is for."""
        return self.said.statements


@dataclass(frozen=True, slots=True)
class Cpd:
    """The CPD of one person: the items of their plan as they were planned, and all that was `done`, planned or not."""

    items: tuple[CpdItem, ...] = ()
    done: tuple[Did, ...] = ()

    def for_statement(self, link: StatementLink) -> tuple[CpdItem, ...]:
        """The items that are for that statement and were not dropped."""
        return tuple(each for each in self.items if link in each.statements and each.state is not CpdState.DROPPED)

    def in_words(self, today: date) -> str:
        """What is still to be done, in a few words: `2 items planned, 1 overdue: Pots`; empty where nothing is."""
        planned, late = sum(each.is_planned for each in self.items), self.overdue(today)
        told = f", {len(late)} overdue: {', '.join(each.said.what for each in late)}" if late else ""
        return f"{counted(planned, 'item')} planned{told}" if planned else ""

    def overdue(self, today: date) -> tuple[CpdItem, ...]:
        """The items whose day is over."""
        return tuple(each for each in self.items if each.is_overdue(today))


def cpd(events: Iterable[Event], member: str = "") -> Cpd:
    """What the events of a learner's record, or those of the centre's about that member, come to."""
    items: dict[str, CpdItem] = {}
    done: dict[str, Did] = {}
    for event in events:
        if event.kind == Kind.CPD_PLANNED and (planned := said_in(event, CpdPlanned)) and planned.member == member:
            _plan(items, event, planned)
        if event.kind == Kind.CPD_DONE and (said := said_in(event, CpdDone)) and said.member == member:
            for uid in event.supersedes:
                done.pop(uid, None)
            if not said.taken_back:
                done[event.uid] = Did(event.uid, said, event.actor, event.at)
    every = tuple(done.values())
    own: dict[str, list[Did]] = {}
    for each in every:
        own.setdefault(each.said.item, []).append(each)
    return Cpd(tuple(replace(each, done=tuple(own.get(each.uid, ()))) for each in items.values()), every)


def of_members(events: Iterable[Event]) -> dict[str, Cpd]:
    """By member the CPD that the events of the centre's record tell of."""
    own: dict[str, list[Event]] = {}
    for event in events:
        if event.kind in (Kind.CPD_PLANNED, Kind.CPD_DONE):
            said = said_in(event, CpdPlanned) if event.kind == Kind.CPD_PLANNED else said_in(event, CpdDone)
            if said is not None and said.member:
                own.setdefault(said.member, []).append(event)
    return {member: cpd(about, member) for member, about in own.items()}


def _plan(items: dict[str, CpdItem], event: Event, said: CpdPlanned) -> None:
    known = items.get(said.item)
    if said.step is CpdStep.PLANNED:
        items[event.uid] = CpdItem(event.uid, said, event.actor, event.at, (event.uid,))
    elif known is not None:
        heads = (*(uid for uid in known.heads if uid not in event.supersedes), event.uid)
        items[known.uid] = CpdItem(known.uid, said, event.actor, event.at, heads)


def in_words(event: Event) -> str:
    """What an entry of it tells, in a line: `CPD planned until 2026-06-30: a course on feedback`."""
    planned = said_in(event, CpdPlanned)
    if planned is not None:
        until = f" until {planned.by.isoformat()}" if planned.by is not None else ""
        return f"CPD{_whose(planned.member)} {planned.step}{until}: {planned.what}"
    said = said_in(event, CpdDone)
    if said is None:
        return event.kind
    told = f"CPD{_whose(said.member)} done on {said.on.isoformat()}"
    if said.taken_back:
        return f"{told} taken back: {said.what}"
    if event.supersedes:
        told += f", in place of {', '.join(map(short, event.supersedes))}"
    return f"{told}: {said.what}"


def _whose(member: str) -> str:
    return f" of {member}" if member else ""
