"""What plan and ratings need of everybody's records: read where something changed, and kept for the next time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from markterm.centre.caseload import Caseload
from markterm.centre.folder import CentreFolder
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.seeing import Seeing
from markterm.centre.sheets import CentreSheets
from markterm.domain.record.portfolio import fold
from markterm.domain.sampling.assessed_learner import Assessed, AssessedLearner
from markterm.domain.sampling.assessed_unit import assessed_units
from markterm.domain.sampling.track_record import counts_of
from markterm.domain.views.caseload import NOBODYS, CaseloadRow
from markterm.domain.words.errors import MarkTermError
from markterm.own.assessed_index import assessed_index
from markterm.records.store import EventStore


class AssessedLearners:
    """What was assessed in a centre, of the units that whoever acts reads, as `seeing` says. `survey` is the store for
    looking through everybody's records."""

    def __init__(
        self,
        folder: CentreFolder,
        sheets: CentreSheets,
        caseload: Caseload,
        survey: EventStore,
        index_file: Path,
        seeing: Seeing,
    ) -> None:
        self._folder = folder
        self._sheets = sheets
        self._caseload = caseload
        self._survey = survey
        self._seeing = seeing
        self._index = assessed_index(index_file)

    def reading(self, assessed: Assessed) -> Iterator[None]:
        """Read the record of each learner in the caseload, as the caseload was looked at last, into `assessed`; yields
        after each. What is kept of one that did not change since is not read.

        Records that cannot be read are left out: the caseload tells of them.
        """
        rows = self._caseload.rows
        for row in rows:
            if row.latest is not None or row.problem:
                with suppress(MarkTermError):
                    assessed.add(self._of(row))
            yield
        self._index.keep_only({row.folder for row in rows})

    def of_learner(self, registration: str) -> Assessed:
        """What was assessed of one learner, as the files are now; nothing of whoever left. Raises `WrongUse` for
        somebody whom whoever acts may not see."""
        self._seeing.require_registration(registration)
        assessed, folder = Assessed(), self._folder.learner(registration).name
        with suppress(MarkTermError):
            assessed.add(self._within(self._read(self._caseload.refresh_one(folder))))
        return assessed

    def save(self) -> None:
        """Keep what was read for the next start."""
        self._index.save()

    def _of(self, row: CaseloadRow) -> AssessedLearner:
        own = self._index.kept(row.folder, self._caseload.made_from(row.folder), lambda: self._read(row))
        return self._within(own)

    def _within(self, own: AssessedLearner) -> AssessedLearner:
        """It with the units that whoever acts reads."""
        has_unit = self._seeing.units_of(own.registration)
        if has_unit is None:
            return own
        return own._replace(
            units=tuple(each for each in own.units if has_unit(each.unit)),
            counts=tuple(each for each in own.counts if has_unit(each.unit)),
        )

    def _read(self, row: CaseloadRow) -> AssessedLearner:
        events = self._survey.load(row.registration)
        earlier, portfolio = self._survey.earlier(row.registration), fold(events)
        heads = [
            f"{record} {name} {head}"
            for record in (*earlier, row.registration)
            for name, head in sorted(self._survey.heads(record).items())
        ]
        stood = sha256("\n".join(heads).encode("utf-8", "surrogateescape")).hexdigest()
        if row.problem.startswith(NOBODYS):
            return AssessedLearner(row.registration, earlier, (), counts_of(portfolio), stood)
        learner = read_learner_folder(self._folder.learners / row.folder)
        own = self._sheets.programme_of(learner, portfolio)
        qualifications = self._sheets.qualifications.by_code if learner.qualifications else {}
        theirs = tuple(qualifications[code] for code in learner.qualifications if code in qualifications)
        units = assessed_units(learner, own.units, own.portfolio, own.assignments, theirs)
        if portfolio.is_away:
            # Nobody is asked to look at their work any more; what verifiers looked at is looked at.
            units = (unit for unit in units if unit.answered is not None)
        return AssessedLearner(row.registration, earlier, tuple(units), counts_of(portfolio), stood)
