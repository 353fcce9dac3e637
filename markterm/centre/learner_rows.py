"""The rows of the caseload, read from what learners handed in and what their records say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from markterm.centre.folder import CentreFolder
from markterm.centre.incomplete_record import why_incomplete
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.sheets import CentreSheets
from markterm.centre.unopened import new_among
from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.learner import Learner
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.portfolio import fold
from markterm.domain.record.renaming import successors
from markterm.domain.views.caseload import INCOMPLETE, NO_SHEET, NOBODYS, UNFINISHED_RENAMING, CaseloadRow
from markterm.domain.views.caseload_row import caseload_row
from markterm.domain.views.waiting import Circumstances
from markterm.domain.words.code import codes_in_names
from markterm.domain.words.errors import MarkTermError, NotNow
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceFile
from markterm.records.finding_codes import UNREAD
from markterm.records.store import EventStore, Unclaimed
from markterm.system.platform import folder_name

UNLISTED = "evidence cannot be listed now"


class LearnerRows:
    """Reads the row of whoever has a folder or a record in the centre in `folder`; what cannot be read is a row that
    says so."""

    def __init__(
        self,
        folder: CentreFolder,
        store: EventStore,
        sheets: CentreSheets,
        details: CentreDetails,
        clock: Callable[[], datetime],
        held: Callable[[Learner], frozenset[Cell]],
        digest: Callable[[EvidenceFile], str | None],
    ) -> None:
        self._folder = folder
        self._store = store
        self._sheets = sheets
        self._details = details
        self._now = clock
        self._held = held
        self._digest = digest

    def of(self, folder: str) -> tuple[CaseloadRow, bool]:
        """The row of one learner's folder, and whether it holds until the files change: what the system did not let us
        read now it may the next time, and no file shows when."""
        try:
            learner = read_learner_folder(self._folder.learners / folder)
            portfolio = fold(self._store.load(learner.registration))
            findings = self._store.findings(learner.registration)
            problem = "files of the record to look at" if findings else ""
            incomplete = bool(why_incomplete(findings, portfolio.unknown))
            if incomplete:
                problem = INCOMPLETE
            if self._store.goes_on_as(learner.registration):
                problem = UNFINISHED_RENAMING
            earlier = self._store.earlier(learner.registration)
            handed_in, whose = self._folder.handed_in, folder_name(learner.registration)
            files = handed_in.stamp_of_files(whose)  # Before they are listed: what comes meanwhile is seen next time.
            listed = handed_in.known(whose)
            if files is None and not problem:
                problem = UNLISTED
            held = self._held(learner)
            own = self._sheets.programme_of(learner, portfolio)
            # Of a store that does not answer it is not known that nothing was handed in.
            around = Circumstances(files is None or bool(listed.documents), 0, incomplete, held, own.assignments)
            units, portfolio = own.units, own.portfolio
            lacking = [one_line(code) for code in own.missing if code not in learner.assignments]
            if lacking and not problem:
                problem = f"{NO_SHEET}{', '.join(lacking)}"
            qualifications = self._sheets.progress_in_qualifications(learner, portfolio, self._now().date())
            row = caseload_row(
                folder, learner, units, portfolio, self._details.policy_for(learner), around, problem, qualifications
            )
            lasts = files is not None and not any(finding.code == UNREAD for finding in findings)
            new = new_among(portfolio, listed.files, self._digest)
            new_for = codes_in_names([unit.code for unit in units], new)
            return replace(row, earlier=earlier, new=len(new), new_for=new_for, files=files or ""), lasts
        except MarkTermError as error:
            return CaseloadRow(folder, folder, "", problem=error.title), not isinstance(error, NotNow)

    def of_nobody(self, folder: str, unclaimed: Unclaimed) -> CaseloadRow | None:
        """The row of a record without a learner's folder, or of what holds a part of somebody's; None when it holds
        nothing, or is another learner's now."""
        name = unclaimed.name
        try:
            is_one = unclaimed.is_record and bool(self._store.load(name))
            if is_one and not self._has_learner(name) and not self._is_gone_on_from(name):
                return CaseloadRow(folder, name, "", problem=NOBODYS)
            if whose := self._store.parts_in(unclaimed):
                return CaseloadRow(folder, folder, "", problem=f"not read: a part of the record of {', '.join(whose)}")
        except MarkTermError as error:
            return CaseloadRow(folder, folder, "", problem=f"{NOBODYS}: {error.title}")
        return None

    def _is_gone_on_from(self, record: str) -> bool:
        """Whether another record goes on from this one: that one is told of where it is nobody's."""
        after = successors(record, self._store.goes_on_as)
        return bool(after) and record in self._store.earlier(after[-1])

    def _has_learner(self, record: str) -> bool:
        """Whether there is a learner's folder for a record, or for what it goes on as, or comes from: then renaming was
        begun, and the learner's own row says that it was not finished."""
        related = (record, *successors(record, self._store.goes_on_as), *self._store.earlier(record))
        return any(self._folder.learner(each).is_dir() for each in related)
