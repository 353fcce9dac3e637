"""Reports on the work of the staff: what was planned and looked at, what actions come to, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Protocol

from markterm.centre.actions import ActionOn, Actions
from markterm.centre.assessed import AssessedLearners
from markterm.centre.caseload import Caseload
from markterm.centre.folder import CentreFolder
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.plan import SamplingPlan
from markterm.centre.sheets import CentreSheets
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.portfolio import fold
from markterm.domain.reports import followed_up, planned, working
from markterm.domain.reports.asked import Asked
from markterm.domain.reports.followed_up import ActionAt
from markterm.domain.reports.report import Report
from markterm.domain.reports.workload import Done, Work, done_in, work_of
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.domain.sampling.assessed_unit import cohort_of
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.local_time import local
from markterm.records.store import EventStore


class WorkReport(Protocol):
    """A report on the work of the staff."""

    def reading(self) -> Iterator[None]:
        """Read what it rests on of each learner in the caseload as it was looked at last; yields after each."""

    def made(self, asked: Asked) -> Report:
        """The report on what was read last. Raises `Unreadable`."""


class PlanReport:
    """The report on the sampling plans."""

    def __init__(self, details: CentreDetails, assessed: AssessedLearners, plans: SamplingPlan) -> None:
        self._details = details
        self._assessed = assessed
        self._plans = plans
        self._read = Assessed()

    def reading(self) -> Iterator[None]:
        """Read what was assessed of each learner; yields after each."""
        read = Assessed()
        yield from self._assessed.reading(read)
        self._read = read

    def made(self, asked: Asked) -> Report:
        """The report on what was read last. Raises `Unreadable`."""
        plans = [(plan, self._plans.table(self._read, plan)) for plan in self._plans.every()]
        return planned.planned(plans, asked, self._details.name_of)


class ActionReport:
    """The report on the actions."""

    def __init__(self, details: CentreDetails, actions: Actions) -> None:
        self._details = details
        self._actions = actions
        self._read: list[ActionOn] = []

    def reading(self) -> Iterator[None]:
        """Read the actions of each learner; yields after each."""
        read: list[ActionOn] = []
        for theirs in self._actions.of_everybody():
            read += theirs
            yield
        self._read = read

    def made(self, asked: Asked) -> Report:
        """The report on what was read last."""
        today, members = self._actions.today, {member.id for member in self._details.members}
        every = (
            ActionAt(each.registration, each.unit, each.action, today, each.action.owner not in members)
            for each in self._read
        )
        return followed_up.followed_up(every, asked, self._details.name_of)


class WorkloadReport:
    """The report on workload. `survey` is the store for looking through everybody's records."""

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        sheets: CentreSheets,
        caseload: Caseload,
        survey: EventStore,
        plans: SamplingPlan,
    ) -> None:
        self._folder = folder
        self._details = details
        self._sheets = sheets
        self._caseload = caseload
        self._survey = survey
        self._plans = plans
        self._read: list[Work | Done] = []

    def reading(self) -> Iterator[None]:
        """Read what waits and was done of each learner; yields after each."""
        read: list[Work | Done] = []
        began = self._plans.today - timedelta(working.WEEK * working.WEEKS)
        for row in self._caseload.rows:
            with suppress(MarkTermError):  # The caseload tells of what cannot be read.
                read += self._of(row, began)
            yield
        self._read = read

    def made(self, asked: Asked) -> Report:
        """The report on what was read last."""
        roles = {member.id: frozenset(role.value for role in member.roles) for member in self._details.members}
        return working.working(self._read, roles, self._plans.today, asked, self._details.name_of)

    def _of(self, row: CaseloadRow, began: date) -> Iterator[Work | Done]:
        if not row.units:
            return
        learner = read_learner_folder(self._folder.learners / row.folder)
        portfolio = self._sheets.programme_of(learner, fold(self._survey.load(learner.registration))).portfolio
        known = self._sheets.qualifications.by_code if learner.qualifications else {}
        theirs = [known[code] for code in learner.qualifications if code in known]

        def taken_for(unit_code: str) -> str:
            return cohort_of(unit_code, theirs, learner)

        yield from work_of(row, portfolio, taken_for)
        # What was done before is in no figure: of a million decisions only the last are kept.
        if row.latest is not None and local(row.latest).date() >= began:
            yield from (
                each for each in done_in(row.registration, portfolio, taken_for) if local(each.at).date() >= began
            )
