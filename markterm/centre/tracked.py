"""Where everybody's criteria stand: read where something changed, and kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from markterm.centre.caseload import Caseload
from markterm.centre.folder import CentreFolder
from markterm.centre.incomplete_record import why_incomplete
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.remit import HasUnit
from markterm.domain.record.portfolio import fold
from markterm.domain.views.caseload import NOBODYS, CaseloadRow
from markterm.domain.views.tracking import tracked_units
from markterm.domain.words.errors import MarkTermError
from markterm.own.tracked_index import TrackedLearner, tracked_index
from markterm.records.kept_heads import Heads
from markterm.records.store import EventStore
from markterm.system.collecting import without_collecting
from markterm.system.platform import CENTRE_RECORD

TrackedRow = tuple[CaseloadRow, TrackedLearner | None]
"""A row of the caseload with what was tracked; None of what cannot be read."""


class TrackedLearners:
    """Where the criteria of a centre's learners stand. `survey` is the store for looking through everybody's records,
    `held` says what of a learner's work is not marked before a brief is verified, and `units_of` which units whoever
    acts reads of one."""

    def __init__(
        self,
        folder: CentreFolder,
        sheets: CentreSheets,
        caseload: Caseload,
        survey: EventStore,
        index_file: Path,
        held: Callable[[Learner], frozenset[Cell]],
        units_of: Callable[[str], HasUnit | None],
    ) -> None:
        self._folder = folder
        self._sheets = sheets
        self._caseload = caseload
        self._survey = survey
        self._held = held
        self._units_of = units_of
        self._index = tracked_index(index_file)
        self.learners: tuple[TrackedRow, ...] = ()
        """Every row of the caseload as it was looked at last."""

    @property
    def rows(self) -> tuple[CaseloadRow, ...]:
        """The rows alone."""
        return tuple(row for row, _ in self.learners)

    def looking(self) -> Iterator[None]:
        """Look at every learner of the caseload as that was looked at last, and read those that changed; yields after
        each. What was read is kept."""
        rows = self._caseload.rows
        found: list[TrackedRow] = []
        for row in rows:
            with without_collecting():
                found.append((row, self._of(row)))
            yield
        self._index.keep_only({row.folder for row in rows})
        self.learners = tuple(found)

    def heads_of_centre(self) -> Heads:
        """How far the centre's own record goes, of which names and briefs are. Raises `Unreadable`."""
        heads = dict(self._survey.heads(CENTRE_RECORD))
        return {CENTRE_RECORD: heads} if heads else {}

    def save(self) -> None:
        """Keep what was read for the next start."""
        self._index.save()

    def _of(self, row: CaseloadRow) -> TrackedLearner | None:
        if row.problem.startswith(NOBODYS):
            return None
        with suppress(MarkTermError):
            own = self._index.kept(row.folder, self._caseload.made_from(row.folder), lambda: self._read(row))
            has_unit = self._units_of(row.registration)
            if has_unit is None:
                return own
            return own._replace(units=tuple(each for each in own.units if has_unit(each.unit.code)))
        return None

    def _read(self, row: CaseloadRow) -> TrackedLearner:
        portfolio, findings = fold(self._survey.load(row.registration)), self._survey.findings(row.registration)
        learner = read_learner_folder(self._folder.learners / row.folder)
        own = self._sheets.programme_of(learner, portfolio)
        units = tuple(tracked_units(own.units, own.portfolio, self._held(learner)))
        # Read after the events: nothing is told that is not below its heads.
        records = (*self._survey.earlier(row.registration), row.registration)
        heads = {record: segments for record in records if (segments := dict(self._survey.heads(record)))}
        return TrackedLearner(row.registration, units, heads, why_incomplete(findings, portfolio.unknown))
