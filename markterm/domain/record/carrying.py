"""Carrying: a person settles decisions that no longer fit the mark sheet.

A decision belongs to the wording that it was made on. When the sheet says something else by now, it is carried over to
the criterion that asks the same, set aside so that the criterion is decided anew, or set aside because nobody asks for
it any more. No decision is altered: an event says where each one stands from then on, and withdrawing that event puts
them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies import moving
from markterm.domain.record.bodies.criterion import Countersigned
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.settlement import Settlement, Settling

Place = tuple[UnitKey, str]
"""A criterion of a unit, by its number."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What was settled at once in a unit of a learner, and why.

    With another unit or version in `to`, everything that happened to the unit as a whole goes on there. `knew` are the
    uids of the earlier ones that it takes up again.
    """

    uid: str
    unit: UnitKey
    to: UnitKey
    reason: str
    settlements: tuple[Settlement, ...]
    actor: str
    at: datetime
    knew: tuple[str, ...] = ()

    def origin(self, uid: str) -> str:
        """The number under which the decision or citation stood that it settled, with the unit if that was another."""
        number = next((each.criterion for each in self.settlements if uid in each.uids), "")
        return number if self.to == self.unit else f"{number} of {self.unit}"

    @classmethod
    def of_event(cls, event: Event) -> Carried | None:
        """What the event tells; None when it is of another kind or this version does not understand it."""
        unit = event.subject.unit
        if event.kind != Kind.CARRIED or unit is None or event.subject.criterion is not None:
            return None
        said = said_in(event, moving.Carried)
        if said is None:
            return None
        code = unit.code if said.to_unit is None else said.to_unit
        to = UnitKey(code, unit.version if said.to_version is None else said.to_version)
        return cls(event.uid, unit, to, said.reason, said.criteria, event.actor, event.at, event.supersedes)


def carried_over(unit: UnitKey, to: UnitKey, reason: str, settlements: Iterable[Settlement]) -> moving.Carried:
    """What the event says by which these are settled; `Carried.of_event` reads it."""
    criteria = tuple(settlements)
    if to == unit:
        return moving.Carried(reason, criteria)
    return moving.Carried(reason, criteria, to.code, to.version)


def in_words(event: Event) -> str:
    """What an event of this kind tells, in a line."""
    carried = Carried.of_event(event)
    if carried is None:
        return event.kind
    told = [_told(each, carried) for each in carried.settlements]
    if carried.to != carried.unit:
        told.insert(0, f"from {carried.unit} to {carried.to}")
    return f"settled: {'; '.join(told) or 'nothing'}"


def _told(settlement: Settlement, carried: Carried) -> str:
    if settlement.settling is Settling.ANEW:
        return f"{settlement.criterion} to be decided anew"
    if settlement.settling is Settling.NOT_ASKED:
        return f"{settlement.criterion} no longer asked"
    if carried.to == carried.unit and settlement.to == settlement.criterion:
        return f"{settlement.criterion} carried over to its new wording"
    return f"{settlement.criterion} carried over to {settlement.to}"


@dataclass(frozen=True)
class Placing:
    """Where decisions and citations stand that were settled, by uid: at a place, on a wording, or (None) nowhere.

    `not_asked` are those that nobody asks for any more; `units` says where what happened to a whole unit goes on;
    `by_uid` gives the events that settled each, several where they contradict each other; `standing` are all that were
    not taken back, in the order of the record, and `known` the uids of all. `replaced` are decisions that another one
    replaced which stands elsewhere: whoever made it had seen them, and not that one of the two was carried over.
    """

    places: Mapping[str, Place | None] = field(default_factory=dict)
    wordings: Mapping[str, str] = field(default_factory=dict)
    not_asked: frozenset[str] = frozenset()
    units: Mapping[UnitKey, UnitKey] = field(default_factory=dict)
    by_uid: Mapping[str, tuple[Carried, ...]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    standing: tuple[Carried, ...] = ()
    replaced: frozenset[str] = frozenset()

    def touches(self, event: Event) -> bool:
        """Whether one more event can say where decisions stand, or that one is replaced which stands elsewhere."""
        if event.kind == Kind.CARRIED or (event.kind == Kind.WITHDRAWN and event.subject.criterion is None):
            return True
        if event.kind == Kind.WITHDRAWN:
            return bool(self.replaced)
        return event.kind == Kind.DECIDED and any(uid in self.places for uid in event.supersedes)

    def unit(self, key: UnitKey) -> UnitKey:
        """The unit in which what happens to that one as a whole goes on."""
        while key in self.units:
            key = self.units[key]
        return key

    def elsewhere(self, event: Event) -> Iterator[Place]:
        """Where else an event on a criterion counts than where it was made: with the decision that it tells of."""
        if event.kind in (Kind.DECIDED, Kind.CITED):
            uids: Iterable[str] = (event.uid,)
        elif event.kind == Kind.COUNTERSIGNED:
            uids = (Countersigned.read(event.body).decision,)
        else:
            uids = event.supersedes
        for uid in uids:
            place = self.places.get(uid)
            if place is not None:
                yield place

    def fate(self, uid: str) -> str:
        """What became of a decision or citation that was settled, in a few words; empty for any other."""
        if uid not in self.places:
            return ""
        place = self.places[uid]
        if place is None:
            return "no longer asked" if uid in self.not_asked else "to be decided anew"
        carried = self.by_uid[uid][-1]
        return f"carried over to {place[1]}{f' of {place[0]}' if carried.to != carried.unit else ''}"

    def is_at(self, event: Event, place: Place) -> bool:
        """Whether a decision or a citation stands at that place, and not where it was carried to."""
        if event.uid in self.places:
            return self.places[event.uid] == place
        return (event.subject.unit, event.subject.criterion) == place


NOTHING_CARRIED = Placing()


def placing(events: Iterable[Event]) -> Placing:
    """Where the events of a record, in its order, leave what was settled.

    What two people settled differently, neither having seen the other, is not settled: it stands where it was made.
    """
    events = tuple(events)
    taken_back = {
        uid for each in events if each.kind == Kind.WITHDRAWN and not each.subject.criterion for uid in each.supersedes
    }
    places: dict[str, Place | None] = {}
    settled: dict[str, list[tuple[Carried, Settlement]]] = {}
    units: dict[UnitKey, UnitKey] = {}
    standing: list[Carried] = []
    units_of = {event.uid: {event.subject.unit} for event in events if event.kind in (Kind.DECIDED, Kind.CITED)}
    for event in events:
        carried = Carried.of_event(event) if event.kind == Kind.CARRIED and event.uid not in taken_back else None
        if carried is None:
            continue
        standing.append(carried)
        if carried.to != carried.unit:
            units[carried.unit] = carried.to
            units.pop(carried.to, None)
        for settlement in carried.settlements:
            # Nobody settles in one unit what stands in another.
            for uid in (uid for uid in settlement.uids if carried.unit in units_of.get(uid, ())):
                units_of[uid].add(carried.to)
                before = [each for each in settled.get(uid, ()) if each[0].uid not in carried.knew]
                settled[uid] = [*before, (carried, settlement)]
    wordings: dict[str, str] = {}
    not_asked: set[str] = set()
    by_uid: dict[str, tuple[Carried, ...]] = {}
    for uid, said in settled.items():
        carried, settlement = said[-1]
        by_uid[uid] = tuple(each for each, _ in said)
        if any(_outcome(*each) != _outcome(carried, settlement) for each in said):
            continue
        if settlement.settling is Settling.CARRIED:
            places[uid], wordings[uid] = (carried.to, settlement.to), settlement.wording
        else:
            places[uid] = None
        if settlement.settling is Settling.NOT_ASKED:
            not_asked.add(uid)
    known = frozenset(event.uid for event in events if event.kind == Kind.CARRIED)
    replaced = frozenset(_replaced_elsewhere(events, places))
    return Placing(places, wordings, frozenset(not_asked), units, by_uid, known, tuple(standing), replaced)


def _replaced_elsewhere(events: Iterable[Event], places: Mapping[str, Place | None]) -> Iterator[str]:
    """The decisions that were replaced by one that was not withdrawn and stands at another place."""
    decided: dict[str, Event] = {}
    withdrawn: set[str] = set()
    for event in events:
        if event.kind == Kind.DECIDED:
            decided[event.uid] = event
        elif event.kind == Kind.WITHDRAWN:
            withdrawn.update(event.supersedes)

    def place(uid: str) -> object:
        subject = decided[uid].subject
        return places.get(uid, (subject.unit, subject.criterion))

    for uid, event in decided.items():
        if uid not in withdrawn:
            yield from (each for each in event.supersedes if each in decided and place(each) != place(uid))


def _outcome(carried: Carried, settlement: Settlement) -> tuple[object, ...]:
    to = carried.to if settlement.settling is Settling.CARRIED else None
    return settlement.settling, to, settlement.to, settlement.wording
