"""Where an act becomes an entry, of a learner's record or the centre's own: who acts, when, and that it is durable."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markterm.centre.appending import Appending
from markterm.centre.destructions_on_record import DestructionsOnRecord
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.learners import Learners
from markterm.centre.members_on_record import MembersOnRecord
from markterm.centre.saving import Saving
from markterm.centre.seeing import Seeing
from markterm.centre.separation import SeparationOnRecord
from markterm.centre.signing import Signing
from markterm.domain.assessed.member import Member
from markterm.domain.record.event import Event, Kind
from markterm.domain.rules.act import Act
from markterm.domain.rules.decided_before import NothingNew
from markterm.system.platform import CENTRE_RECORD

Verb = Callable[[Act, LearnerPortfolio], Event]
"""A verb of the domain: the event that an act on a portfolio comes to. Raises `Refused` and `WrongUse`."""

CentreVerb = Callable[[Act, Sequence[Event]], Event]
"""The same for the centre's own record, of which it is given every event. Raises `Refused` and `WrongUse`."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event that is durable, and the portfolio after it; `not_signed` says why it is not signed though whoever acts
    has a key to sign such entries with, and is empty where it is, or need not be."""

    event: Event
    portfolio: LearnerPortfolio
    not_signed: str = ""


class Recorder:
    """The records of a centre, with `member` acting on them. Safe to call from several threads.

    Every entry takes the one way: the rule decides on the record as it is now, whoever acts is checked against members
    and conflicts of interest that the centre's record knows, and what failed and is done again is one event.
    """

    def __init__(
        self,
        learners: Learners,
        appending: Appending,
        members: MembersOnRecord,
        separation: SeparationOnRecord,
        destructions: DestructionsOnRecord,
        signing: Signing,
        clock: Callable[[], datetime],
        acting: Callable[[], Member | None],
        seeing: Seeing,
        saving: Saving,
    ) -> None:
        self.learners = learners
        self.now = clock
        self._appending = appending
        self._members = members
        self._separation = separation
        self._destructions = destructions
        self._signing = signing
        self._acting = acting
        self.seeing = seeing
        self._saving = saving

    @property
    def member(self) -> Member | None:
        """Who acts; None while nobody was named."""
        return self._acting()

    def act(self, record: str) -> Act:
        """An act of the member on that record, now, with a uid of its own."""
        return Act(self.member, record, self.now(), uuid.uuid4().hex)

    def record(self, registration: str, verb: Verb) -> Recorded:
        """Do it to a learner's portfolio; return when its event is durable, and signed where whoever acts has a key.

        Raises what the verb raises, `NotSaved` and `Unreadable`.
        """
        self.seeing.require_staff()
        with self._saving.one_more(), self.learners.lock:
            told = self._destructions.readable()
            now = self.learners.portfolio(registration)
            event = self.enter(registration, lambda act: self._event_of(verb, act, now))
            self._destructions.after(registration, told)
            not_signed = self._signing.sign(lambda: self.act(registration), event)
            return Recorded(event, self.learners.portfolio_of(now.learner), not_signed)

    def check(self, registration: str, verb: Verb) -> None:
        """Raises `Refused` and what else the verb raises where `record` would, before anything is done for it."""
        self.seeing.require_staff()
        act = self.act(registration)
        self._before(act, verb(act, self.learners.portfolio(registration)))

    def record_of_centre(self, verb: CentreVerb) -> Event:
        """Do it to what the centre's own record says; return the event when it is durable. Raises as `record` does.

        What a later reading found of an entry that failed is not given to the verb: it is no reason to record nothing.
        """
        with self._saving.one_more(), self.learners.lock:
            events = self.whole_of_centre()
            return self.enter(CENTRE_RECORD, lambda act: verb(act, events))

    def of_centre(self) -> list[Event]:
        """What the centre's own record says, without what could not be made durable, as whoever acts may see it: who
        does something to it is given all of it. Raises `Unreadable`."""
        return self.seeing.told(self.whole_of_centre())

    def whole_of_centre(self) -> list[Event]:
        """The same with all that it says, for what tells nobody of it. Raises `Unreadable`."""
        unsaved = {failed.uid for failed in self._appending.unsaved(CENTRE_RECORD)}
        return [event for event in self._appending.load(CENTRE_RECORD) if event.uid not in unsaved]

    def enter(self, record: str, entry: Callable[[Act], Event]) -> Event:
        """Add what an act comes to as it stands; return it when it is durable. Raises as `record` does."""
        with self._saving.one_more(), self.learners.lock:
            event = entry(self.act(record))
            act = Act(self.member, record, event.at, event.uid)
            self._before(act, event)
            return self._appending.append(record, event)

    def _before(self, act: Act, event: Event) -> None:
        if event.kind != Kind.VISIT_NOTED:
            self.seeing.require_staff()
        self._destructions.before(act)
        self._separation.before(act, event)
        self._members.before(act, event)

    def _event_of(self, verb: Verb, act: Act, now: LearnerPortfolio) -> Event:
        """The event to record. What a later reading found of one that failed is no reason to record nothing."""
        try:
            return verb(act, now)
        except NothingNew as standing:
            for failed in self._appending.unsaved(act.learner):
                if failed.uid == standing.uid:
                    return failed
            raise
