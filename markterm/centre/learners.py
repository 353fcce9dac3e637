"""The learners of a centre: who is meant, and what their records come to beside the sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING

from markterm.centre.folder import LEARNER_FILE, CentreFolder
from markterm.centre.incomplete_record import refusal_of, why_incomplete
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.looks import Looks
from markterm.centre.seeing import Seeing
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.learner import Learner
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.renaming import called_since, gone_on, successors
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.who_is_meant import could_be, nobody, the_one_meant
from markterm.domain.words.finding import Finding
from markterm.records.store import EventStore

if TYPE_CHECKING:
    from markterm.domain.assessed.qualification_progress import QualificationProgress
    from markterm.domain.record.programme import Standing

_REMEMBERED = 32


class Learners:
    """The learners of the centre in `folder`, each with what `store` has of them.

    Safe to call from several threads. `rows` looks at the whole caseload: a part of a name may mean somebody; `held`
    says what of a learner's work is not marked before a brief is verified. Whom whoever acts may not see, as `seeing`
    says, is nobody here. `looks` is told of whose portfolio is shown, before it is.
    """

    def __init__(
        self,
        folder: CentreFolder,
        store: EventStore,
        sheets: CentreSheets,
        clock: Callable[[], datetime],
        rows: Callable[[], Sequence[CaseloadRow]],
        held: Callable[[Learner], frozenset[Cell]],
        seeing: Seeing,
        looks: Looks,
    ) -> None:
        self.lock = RLock()
        """Held while a record is read and folded, and by whoever adds what rests on that."""
        self._folder = folder
        self._store = store
        self._sheets = sheets
        self._now = clock
        self._rows = rows
        self._held = held
        self._seeing = seeing
        self._looks = looks
        self._folded: dict[str, Portfolio] = {}
        self._standing: dict[str, Standing] = {}
        self._read: dict[str, tuple[tuple[int, int, int], Learner]] = {}

    def find(self, text: str) -> str:
        """The registration that `text` means: the whole registration, or words that only one learner's name has.

        Whoever cuts a registration off, or names a unit or a site, means nobody: what is marked is never marked for
        somebody who was guessed. Raises `WrongUse` when it means nobody or several.
        """
        folder = self._folder.learner(text)
        # Some systems find jon2041 where JON2041 is, and a record has one name.
        is_there = folder.is_dir() and any(each.name == folder.name for each in folder.parent.iterdir())
        if is_there and self._seeing.folder(folder.name):
            return text
        rows = self._rows()
        if not could_be(rows, text) and (after := self._gone_on_as(text)):
            raise gone_on(text, after, reads=self._seeing.is_external)
        return the_one_meant(rows, text).registration

    def named(self, registration: str) -> Learner:
        """The learner of that registration. Raises `Unreadable`, `Refused` for one that was corrected, and `WrongUse`
        for one whom whoever acts may not see."""
        folder = self._folder.learner(registration)
        # Looked at at every key that records something, and changed by hand once a month.
        with suppress(OSError):
            status = (folder / LEARNER_FILE).stat()
            stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
            kept = self._read.get(folder.name)
            if kept is None or kept[0] != stamp:
                kept = self._read[folder.name] = (stamp, read_learner_folder(folder))
            return self._seen(kept[1], folder.name)
        is_elsewhere = not folder.is_dir() and self._store.load(registration)
        if is_elsewhere and (after := self._gone_on_as(registration)):
            raise gone_on(registration, after, reads=self._seeing.is_external)
        if not self._seeing.everybody:
            raise nobody(registration)
        if not folder.is_dir() and registration in self._folder.learner_folders():
            # Listed by its own name, which no registration's folder has: what is wrong with it is said, not that it is
            # not there.
            read_learner_folder(self._folder.learners / registration)
        return read_learner_folder(folder)

    def called_since(self, registration: str, since: datetime) -> str:
        """The registration that whoever had that one then has by now. Raises `Unreadable`."""
        with self.lock:
            return called_since(registration, since, self._store.load)

    def _seen(self, learner: Learner, folder: str) -> Learner:
        if not self._seeing.learner(learner, folder):
            raise nobody(learner.registration)
        return learner

    def _gone_on_as(self, registration: str) -> str:
        """The registration that it was corrected to, if it was, and whoever acts may see whose it is."""
        after = successors(registration, self._store.goes_on_as)
        return after[-1] if after and self._seeing.registration(after[-1]) else ""

    def portfolio(
        self, registration: str, *, even_with_errors: bool = False, in_passing: bool = False
    ) -> LearnerPortfolio:
        """The learner's portfolio as the record tells it now, beside the sheets: what does not fit them is stale.

        Assignments whose sheet has errors are not part of it unless that is asked for. What reads it `in_passing`
        shows a line of it, on a list, in a report or beside one. Raises `Unreadable`.
        """
        with self.lock:
            learner = self.named(registration)
            look = self._looks.listed if in_passing else self._looks.opened
            look([learner.registration])
            return self.portfolio_of(learner, even_with_errors=even_with_errors)

    def portfolio_of(self, learner: Learner, *, even_with_errors: bool = False) -> LearnerPortfolio:
        """The same of a learner as they were read just now. Raises `Unreadable`."""
        with self.lock:
            registration = learner.registration
            portfolio, standing = self._fold(registration), self._standing.setdefault(registration, {})
            own = self._sheets.programme_of(learner, portfolio, even_with_errors=even_with_errors, standing=standing)
            findings = self._store.findings(registration)
            held = self._held(learner)
            return self._seeing.shown(
                LearnerPortfolio(learner, own.units, own.portfolio, own.missing, findings, own.assignments, held)
            )

    def news(self, shown: LearnerPortfolio) -> LearnerPortfolio | None:
        """The portfolio by now, where its record has other events than the one that is `shown`, whoever read it in
        between; else None. Raises `Unreadable`."""
        with self.lock:
            registration = shown.learner.registration
            is_new = self._seeing.entries(registration, self._fold(registration).events) != shown.portfolio.events
            return self.portfolio(registration) if is_new else None

    def require_whole(self, registration: str, done: str) -> None:
        """Raises `Refused` when the record is incomplete: nothing may be `done` then ("closed"). Whether a part of it
        lies where no reading finds it is looked at anew."""
        self.portfolio(registration).when_complete(done)
        if why := why_incomplete(self._store.elsewhere(registration), ()):
            raise refusal_of(registration, why, done)

    def findings(self, registration: str) -> tuple[Finding, ...]:
        """What is wrong with the learner's record as it was last read."""
        return self._store.findings(registration)

    def progress(self, registration: str) -> tuple[QualificationProgress, ...]:
        """How far the learner is in each of their qualifications that the centre has a sheet for, as of today."""
        shown = self.portfolio(registration)
        return self._sheets.progress_in_qualifications(shown.learner, shown.portfolio, self._now().date())

    def _fold(self, record: str) -> Portfolio:
        """The portfolio of the record as it is now: one more event is folded alone, anything else from the start."""
        events = self._store.load(record)
        portfolio = self._folded.pop(record, Portfolio())
        # By the events, not by how many: another one of a known uid may turn out to be the first.
        if portfolio.events != events:
            only_one_more = portfolio.events == events[:-1]
            portfolio = portfolio.with_event(events[-1]) if only_one_more else fold(events)
        self._folded[record] = portfolio
        if len(self._folded) > _REMEMBERED:
            oldest = next(iter(self._folded))
            del self._folded[oldest]
            self._standing.pop(oldest, None)
        return portfolio
