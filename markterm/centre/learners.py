"""The learners of a centre: who is meant, and what their records come to."""

from __future__ import annotations

from pathlib import Path

from markterm.centre.caseload import Caseload
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.attainment import Attainment
from markterm.domain.caseload import could_be, the_one_meant
from markterm.domain.finding import Finding
from markterm.domain.learner import Learner
from markterm.domain.renaming import gone_on, successors
from markterm.records.store import EventStore
from markterm.system.platform import folder_name


class Learners:
    """The learners whose folders lie in `folder`. Every call looks at their files and records as they are now."""

    def __init__(
        self, folder: Path, recorder: Recorder, store: EventStore, caseload: Caseload, sheets: CentreSheets
    ) -> None:
        self._folder = folder
        self._recorder = recorder
        self._store = store
        self._caseload = caseload
        self._sheets = sheets

    def named(self, registration: str) -> Learner:
        """The learner of that registration. Raises `Unreadable`, and `Refused` for one that was corrected."""
        return self._recorder.learner(registration)

    def find(self, text: str) -> str:
        """The registration that `text` means: the whole registration, or words that only one learner's name has.

        Whoever cuts a registration off, or names a unit or a site, means nobody: what is marked is never marked for
        somebody who was guessed. Raises `WrongUse` when it means nobody or several.
        """
        folder = self._folder / folder_name(text)
        # Some systems find jon2041 where JON2041 is, and a record has one name.
        if folder.is_dir() and any(each.name == folder.name for each in folder.parent.iterdir()):
            return text
        rows = self._caseload.now()
        if not could_be(rows, text) and (after := successors(text, self._store.goes_on_as)):
            raise gone_on(text, after[-1])
        return the_one_meant(rows, text).registration

    def portfolio(self, registration: str) -> LearnerPortfolio:
        """The learner's portfolio as the record tells it now. Raises `Unreadable`."""
        return self._recorder.portfolio(registration)

    def poll(self, registration: str) -> LearnerPortfolio | None:
        """The portfolio if others added to it since it was last read, else None. Raises `Unreadable`."""
        return self._recorder.poll(registration)

    def findings(self, registration: str) -> tuple[Finding, ...]:
        """What is wrong with the learner's record as it was last read."""
        return self._store.findings(registration)

    def progress(self, registration: str) -> tuple[Attainment, ...]:
        """How far the learner is in each of their qualifications that the centre has a sheet for, as of today."""
        shown = self.portfolio(registration)
        return self._sheets.attainments(shown.learner, shown.portfolio, self._recorder.now().date())
