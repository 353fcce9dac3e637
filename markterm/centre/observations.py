"""Observations of assessors, and interviews about their work: planned, due and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from markterm.centre.recorder import CentreVerb, Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.strategy import SeenEvery
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.observing import AssessorObserved
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.record.observation import Observation, observations
from markterm.domain.record.to_observe import ToObserve, to_observe
from markterm.domain.rules import observing
from markterm.domain.words.local_time import local
from markterm.domain.words.uid import of_uid


class Observations:
    """The observations and interviews of a centre. Verbs raise `Refused`, `WrongUse`, `NotSaved` and `Unreadable`."""

    def __init__(self, details: CentreDetails, sheets: CentreSheets, recorder: Recorder) -> None:
        self._details = details
        self._sheets = sheets
        self._recorder = recorder

    @property
    def today(self) -> date:
        """The day on the wall."""
        return local(self._recorder.now()).date()

    def every(self, assessor: str = "") -> tuple[Observation, ...]:
        """All of that assessor, or of everybody, in the order of the record. Raises `Unreadable`."""
        found = observations(self._recorder.of_centre())
        return tuple(each for each in found if assessor in ("", each.said.assessor))

    def due(self, until: date) -> tuple[ToObserve, ...]:
        """Which assessors are to be seen or asked about until that day, as the centre wants it. Raises `Unreadable`."""
        every = self._details.strategies.seen
        return to_observe(every, self._details.members, self.every(), until) if every != SeenEvery() else ()

    def of_id(self, text: str) -> Observation:
        """The one whose id begins so. Raises `WrongUse` when there is not exactly one."""
        return of_uid(self.every(), text, "observation")

    def plan(self, said: AssessorObserved) -> Observation:
        """Plan what `said` is about, to be done by its verifier, or by whoever acts; returns it."""
        assessor = self._details.named(said.assessor)
        by = self._details.named(said.verifier) if said.verifier else None
        said, today = self._with_code(said), self.today
        return self._entered(lambda act, _: observing.plan(act, assessor, by, said, today))

    def record(self, said: AssessorObserved) -> Observation:
        """Record what was seen or said, of what was planned where `said` names that; returns it."""
        assessor = self._details.named(said.assessor)
        said, today = self._with_code(said), self.today
        uid = said.observation
        return self._entered(
            lambda act, events: observing.record(act, assessor, _among(events, uid) if uid else None, said, today)
        )

    def drop(self, uid: str, why: str) -> Observation:
        """Say that what was planned does not take place; returns it."""
        return self._entered(lambda act, events: observing.drop(act, _among(events, uid), why))

    def _entered(self, verb: CentreVerb) -> Observation:
        event = self._recorder.record_of_centre(verb)
        said = said_in(event, AssessorObserved)
        return self.of_id(said.observation if said is not None and said.observation else event.uid)

    def _with_code(self, said: AssessorObserved) -> AssessorObserved:
        """The same with the whole code of its unit. Raises `WrongUse` for one that the centre has no sheet of."""
        return replace(said, unit=self._sheets.named(said.unit).code) if said.unit else said


def _among(events: Sequence[Event], uid: str) -> Observation:
    return next(each for each in observations(events) if each.uid == uid)
