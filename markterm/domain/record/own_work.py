"""What makes a unit somebody's own work: they answer for it, and so nobody else's answer to it is theirs."""

from __future__ import annotations

from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import UnitRecord

OWN = (Kind.DECIDED, Kind.COUNTERSIGNED, Kind.CLOSED)


def own_work(record: UnitRecord, member_id: str) -> tuple[Event, ...]:
    """What that member decided, countersigned or closed in the unit, also what was taken back since."""
    every = (*record.events, *(event for each in record.criteria.values() for event in each.events))
    return tuple(event for event in every if event.kind in OWN and event.actor == member_id)
