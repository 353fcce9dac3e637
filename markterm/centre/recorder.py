"""Where an act becomes an entry of a learner's record: who acts, when, and what the record comes to after it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from markterm.centre.appending import Appending
from markterm.centre.caseload import LEARNER_FILE, read_learner_folder
from markterm.centre.incomplete_record import refusal_of, why_incomplete
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.members_on_record import MembersOnRecord
from markterm.centre.sheets import CentreSheets
from markterm.domain import marking
from markterm.domain.decided_before import NothingNew
from markterm.domain.event import Event
from markterm.domain.learner import Learner
from markterm.domain.member import Member
from markterm.domain.portfolio import Portfolio, fold
from markterm.domain.renaming import gone_on, successors
from markterm.records.store import EventStore
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from markterm.domain.programme import Standing

_REMEMBERED = 32


Verb = Callable[[marking.Act, LearnerPortfolio], Event]
"""A verb of the domain: the event that an act on a portfolio comes to. Raises `Refused` and `WrongUse`."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event that is durable, and the portfolio after it."""

    event: Event
    portfolio: LearnerPortfolio


class Recorder:
    """The records of a centre's learners, with `member` acting on them. Safe to call from several threads."""

    def __init__(
        self,
        learners: Path,
        store: EventStore,
        sheets: CentreSheets,
        clock: Callable[[], datetime],
        members: MembersOnRecord,
    ) -> None:
        self.member: Member | None = None
        self.members = members
        self.now = clock
        self._learners = learners
        self._store = store
        self._sheets = sheets
        self._lock = RLock()
        self._folded: dict[str, tuple[int, Portfolio]] = {}
        self._standing: dict[str, Standing] = {}
        self._appending = Appending(store)
        self._learners_read: dict[str, tuple[tuple[int, int, int], Learner]] = {}

    def learner(self, registration: str) -> Learner:
        """The learner of that registration. Raises `Unreadable`, and `Refused` for one that was corrected."""
        folder = self._learners / folder_name(registration)
        is_elsewhere = not folder.is_dir() and self._store.load(registration)
        if is_elsewhere and (after := successors(registration, self._store.goes_on_as)):
            raise gone_on(registration, after[-1])
        return self._read(folder)

    def _read(self, folder: Path) -> Learner:
        """The learner of that folder, read anew when their file is another one than it was."""
        # Looked at at every key that records something, and changed by hand once a month.
        with suppress(OSError):
            status = (folder / LEARNER_FILE).stat()
            stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
            kept = self._learners_read.get(folder.name)
            if kept is None or kept[0] != stamp:
                kept = self._learners_read[folder.name] = (stamp, read_learner_folder(folder))
            return kept[1]
        return read_learner_folder(folder)

    def portfolio(self, registration: str, *, even_with_errors: bool = False) -> LearnerPortfolio:
        """The learner's portfolio as the record tells it now, beside the sheets: what does not fit them is stale.

        Assignments whose sheet has errors are not part of it unless that is asked for. Raises `Unreadable`.
        """
        with self._lock:
            return self._as_shown(self.learner(registration), self._fold(registration), even_with_errors)

    def require_whole(self, registration: str, done: str) -> None:
        """Raises `Refused` when the record is incomplete: nothing may be `done` then ("closed"). Whether a part of it
        lies where no reading finds it is looked at anew."""
        self.portfolio(registration).when_complete(done)
        if why := why_incomplete(self._store.elsewhere(registration), ()):
            raise refusal_of(registration, why, done)

    def poll(self, registration: str) -> LearnerPortfolio | None:
        """The portfolio if others added to it since it was last read, else None. Raises `Unreadable`."""
        with self._lock:
            return self.portfolio(registration) if self._store.poll(registration) else None

    def act(self, registration: str) -> marking.Act:
        """An act of the member on that learner's portfolio, now, with a uid of its own."""
        return marking.Act(self.member, registration, self.now(), uuid.uuid4().hex)

    def record(self, registration: str, verb: Verb) -> Recorded:
        """Do it; return when its event is durable. Raises what the verb raises, `NotSaved` and `Unreadable`."""
        with self._lock:
            now = self.portfolio(registration)
            event = self._event_of(verb, registration, now, self._appending.unsaved(registration))
            self.members.before(marking.Act(self.member, registration, event.at, event.uid))
            event = self._appending.append(registration, event)
            return Recorded(event, self._as_shown(now.learner, self._fold(registration)))

    def _event_of(self, verb: Verb, registration: str, now: LearnerPortfolio, unsaved: tuple[Event, ...]) -> Event:
        """The event to record. What a later reading found of one that failed is no reason to record nothing."""
        try:
            return verb(self.act(registration), now)
        except NothingNew as standing:
            for failed in unsaved:
                if failed.uid == standing.uid:
                    return failed
            raise

    def _fold(self, record: str) -> Portfolio:
        """The portfolio of the record as it is now: one more event is folded alone, anything else from the start."""
        events = self._store.load(record)
        count, portfolio = self._folded.pop(record, (0, Portfolio()))
        if count == len(events) - 1 and portfolio.last is (events[-2] if count else None):
            portfolio = portfolio.with_event(events[-1])
        elif count != len(events):
            portfolio = fold(events)
        self._folded[record] = (len(events), portfolio)
        if len(self._folded) > _REMEMBERED:
            oldest = next(iter(self._folded))
            del self._folded[oldest]
            self._standing.pop(oldest, None)
        return portfolio

    def _as_shown(self, learner: Learner, portfolio: Portfolio, even_with_errors: bool = False) -> LearnerPortfolio:
        standing = self._standing.setdefault(learner.registration, {})
        own = self._sheets.programme_of(learner, portfolio, even_with_errors=even_with_errors, standing=standing)
        findings = self._store.findings(learner.registration)
        return LearnerPortfolio(learner, own.units, own.portfolio, own.missing, findings, own.assignments)
