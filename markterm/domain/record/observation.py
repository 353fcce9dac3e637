"""Observations of assessors, and interviews about their work, as the centre's record tells them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep
from markterm.domain.record.event import Event, Kind


class ObservationState(StrEnum):
    """Where an observation or interview stands."""

    PLANNED = "planned"
    RECORDED = "recorded"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Observed:
    """What a member wrote down of it, and when that was recorded."""

    said: AssessorObserved
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation or interview. `said` is what it is about: as it was recorded last, else as it was planned.

    `plan` is None where nobody had planned it; `records` are several only where two wrote it down without having seen
    the other's; `dropped` says why it does not take place.
    """

    uid: str
    said: AssessorObserved
    plan: AssessorObserved | None = None
    records: tuple[Observed, ...] = ()
    dropped: str | None = None

    @property
    def state(self) -> ObservationState:
        """Where it stands; what was recorded is recorded, also where somebody dropped it meanwhile."""
        if self.records:
            return ObservationState.RECORDED
        return ObservationState.DROPPED if self.dropped is not None else ObservationState.PLANNED

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be done."""
        return self.state is ObservationState.PLANNED

    def is_overdue(self, today: date) -> bool:
        """Whether it is planned, and the day by which is over."""
        due = self.said.due
        return self.is_planned and due is not None and due < today


def observations(events: Iterable[Event]) -> tuple[Observation, ...]:
    """Those that the centre's record tells of, in the order in which they were first heard of."""
    found: dict[str, Observation] = {}
    for event in events:
        said = said_in(event, AssessorObserved) if event.kind == Kind.ASSESSOR_OBSERVED else None
        if said is None:
            continue
        known = found.get(said.observation)
        if said.step is ObservingStep.PLANNED:
            found[event.uid] = Observation(event.uid, said, said)
        elif said.step is ObservingStep.RECORDED:
            known = known or Observation(event.uid, said)
            told = Observed(said, event.actor, event.at)
            found[known.uid] = replace(known, said=said, records=(*known.records, told))
        elif known is not None:
            found[known.uid] = replace(known, dropped=said.text)
    return tuple(found.values())
