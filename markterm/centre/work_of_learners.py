"""What the reports on work need of everybody's records: read where something changed, and kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from markterm.centre.caseload import Caseload
from markterm.centre.folder import CentreFolder
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.remit import HasUnit
from markterm.domain.record.portfolio import fold
from markterm.domain.reports import working
from markterm.domain.reports.workload import LearnersWork, actions_in, done_in, work_of
from markterm.domain.sampling.assessed_unit import cohort_of
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.local_time import local
from markterm.own.work_index import work_index
from markterm.records.store import EventStore


class WorkOfLearners:
    """What waits for whom, what was done and the actions, learner by learner: read where something changed, and kept
    for the next time. `survey` is the store for looking through everybody's records, and `units_of` says which units
    whoever acts reads of a learner."""

    def __init__(
        self,
        folder: CentreFolder,
        sheets: CentreSheets,
        caseload: Caseload,
        survey: EventStore,
        index_file: Path,
        today: Callable[[], date],
        units_of: Callable[[str], HasUnit | None],
    ) -> None:
        self.today = today
        self._units_of = units_of
        self._folder = folder
        self._sheets = sheets
        self._caseload = caseload
        self._survey = survey
        self._index = work_index(index_file)
        self.read: tuple[LearnersWork, ...] = ()
        """What was read last."""
        self._names: Mapping[str, tuple[str, ...]] = {}

    def reading(self) -> Iterator[None]:
        """Read the record of each learner in the caseload as it was looked at last; yields after each. Those that
        cannot be read are left out: the caseload tells of them."""
        read: list[LearnersWork] = []
        rows = self._caseload.rows
        for row in rows:
            if row.units:
                with suppress(MarkTermError):
                    read.append(self._of(row))
            yield
        self._index.keep_only({row.folder for row in rows})
        self.read = tuple(read)
        self._names = {row.registration: (row.registration, *row.earlier) for row in rows if row.earlier}

    def names_of(self, registration: str) -> tuple[str, ...]:
        """All registrations of the learner who has that one in what was read last."""
        return self._names.get(registration, (registration,))

    def save(self) -> None:
        """Keep what was read for the next start."""
        self._index.save()

    def _of(self, row: CaseloadRow) -> LearnersWork:
        whole = self._caseload.known_of_anybody(row.folder) or row
        own = self._index.kept(row.folder, self._caseload.made_from(row.folder), lambda: self._read(whole))
        has_unit = self._units_of(row.registration)
        if has_unit is None:
            return own
        return LearnersWork(
            tuple(each for each in own.work if has_unit(each.unit)),
            tuple(each for each in own.done if has_unit(each.unit)),
            tuple(each for each in own.actions if has_unit(each.unit.code)),
        )

    def _read(self, row: CaseloadRow) -> LearnersWork:
        learner = read_learner_folder(self._folder.learners / row.folder)
        portfolio = self._sheets.programme_of(learner, fold(self._survey.load(learner.registration))).portfolio
        known = self._sheets.qualifications.by_code if learner.qualifications else {}
        theirs = [known[code] for code in learner.qualifications if code in known]

        def taken_for(unit_code: str) -> str:
            return cohort_of(unit_code, theirs, learner)

        # What was done before is in no figure, today or later: of a million decisions only the last are kept.
        began = self.today() - timedelta(working.WEEK * working.WEEKS)
        done = done_in(row.registration, portfolio, taken_for) if _is_since(row.latest, began) else ()
        return LearnersWork(
            tuple(work_of(row, portfolio, taken_for)),
            tuple(each for each in done if _is_since(each.at, began)),
            tuple(actions_in(row.registration, portfolio)),
        )


def _is_since(at: datetime | None, day: date) -> bool:
    """Whether something was on that day or later."""
    return at is not None and local(at).date() >= day
