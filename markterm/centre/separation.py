"""Conflicts of interest as the centre's own record has them, held against whatever anybody is about to record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import RLock
from time import monotonic

from markterm.centre.appending import Appending
from markterm.domain.assessed.method import BY_THE_ASSESSOR
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.bodies.accounts import Account
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.interest import Interests, interests_of
from markterm.domain.rules.act import Act
from markterm.domain.rules.separation import Separation, check_interest_of_assessor
from markterm.domain.words.errors import MarkTermError
from markterm.system.platform import CENTRE_RECORD

_LOOKED_EVERY = 1.0
_BY_ASSESSORS = (Kind.DECIDED, Kind.COUNTERSIGNED, Kind.CLOSED)


class SeparationOnRecord:
    """Who may not answer for whom, of everything that stands in the records of a centre.

    `earlier` gives the registrations that a learner had before. Safe to call from several threads.
    """

    def __init__(self, appending: Appending, policy: Policy, earlier: Callable[[str], tuple[str, ...]]) -> None:
        self._appending = appending
        self._policy = policy
        self._earlier = earlier
        self._lock = RLock()
        self._read: tuple[int, Interests] = (0, Interests())
        self._looked = -_LOOKED_EVERY

    @property
    def interests(self) -> Interests:
        """Every conflict of interest that was declared. Raises `Unreadable`."""
        with self._lock:
            events = self._appending.load(CENTRE_RECORD)
            if self._read[0] != len(events):
                self._read = (len(events), interests_of(events))
            self._looked = monotonic()
            return self._read[1]

    @property
    def as_last_read(self) -> Interests:
        """The same; where the centre's record cannot be read now, as it was read last."""
        with self._lock:
            with suppress(MarkTermError):
                return self.interests
            return self._read[1]

    def of(self, registration: str) -> Separation:
        """What is known of that learner. Raises `Unreadable`."""
        return self._of(registration, self.interests)

    def before(self, act: Act, event: Event) -> None:
        """Raises `Refused` when whoever decides, countersigns, closes or gives an account of what they saw has a
        conflict of interest with the learner, where the centre lets nobody assess then.

        Every key that marks comes here: the centre's record is looked at anew once a second. One that cannot be read
        stops nobody's marking: what was recorded against a conflict of interest is found by an audit.
        """
        if not (self._policy.interest_bars_assessors and _assesses(event)):
            return
        with self._lock:
            fresh = monotonic() - self._looked <= _LOOKED_EVERY
            interests = self._read[1] if fresh else self.as_last_read
        if interests.declared:
            check_interest_of_assessor(act, self._of(act.learner, interests))

    def names(self, registration: str) -> tuple[str, ...]:
        """Every registration that the learner has or had."""
        return (*self._earlier(registration), registration)

    def _of(self, registration: str, interests: Interests) -> Separation:
        return Separation(self.names(registration), interests)


def _assesses(event: Event) -> bool:
    said = said_in(event, Account)
    return event.kind in _BY_ASSESSORS or (said is not None and said.method in BY_THE_ASSESSOR)
