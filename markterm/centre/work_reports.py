"""Reports on the work of the staff: what was planned and looked at, what actions come to, what waits for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Protocol

from markterm.centre.assessed import AssessedLearners
from markterm.centre.centre_actions import CentreActions
from markterm.centre.plan import SamplingPlan
from markterm.centre.work_of_learners import WorkOfLearners
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.plans import PlannedDays
from markterm.domain.reports import followed_up, planned, working
from markterm.domain.reports.asked import Asked
from markterm.domain.reports.followed_up import ActionAt
from markterm.domain.reports.report import Report
from markterm.domain.reports.workload import Done, Work, actions_of_centre, work_of_centre
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.domain.views.due import Step


class WorkReport(Protocol):
    """A report on the work of the staff."""

    @property
    def reading(self) -> Callable[[], Iterator[None]]:
        """Reads what it rests on of each learner in the caseload as it was looked at last; yields after each."""

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
    """The report on the actions: on units, and of the centre."""

    def __init__(self, details: CentreDetails, work: WorkOfLearners, of_centre: CentreActions) -> None:
        self._details = details
        self._work = work
        self._of_centre = of_centre
        self.reading = work.reading

    def made(self, asked: Asked) -> Report:
        """The report on what was read last. Raises `Unreadable`."""
        today, members = self._work.today(), {member.id for member in self._details.members}
        of_units = chain.from_iterable(own.actions for own in self._work.read)
        every = chain(of_units, actions_of_centre(self._of_centre.every()))
        acts = (ActionAt(each, today, each.owner not in members) for each in every)
        return followed_up.followed_up(acts, asked, self._details.name_of)


class WorkloadReport:
    """The report on workload."""

    def __init__(
        self, details: CentreDetails, work: WorkOfLearners, of_centre: CentreActions, plans: SamplingPlan
    ) -> None:
        self._details = details
        self._work = work
        self._of_centre = of_centre
        self._plans = plans
        self.reading = work.reading

    def made(self, asked: Asked) -> Report:
        """The report on what was read last. Raises `Unreadable`."""
        roles = {member.id: frozenset(role.value for role in member.roles) for member in self._details.members}
        planned = PlannedDays(self._plans.every())
        own = chain.from_iterable(own.work for own in self._work.read)
        work = (self._as_planned(each, planned) if each.step is Step.VERIFY else each for each in own)
        every: Iterator[Work | Done] = chain(work, chain.from_iterable(own.done for own in self._work.read))
        every = chain(every, work_of_centre(self._of_centre.every()))
        return working.working(every, roles, self._work.today(), asked, self._details.name_of)

    def _as_planned(self, work: Work, planned: PlannedDays) -> Work:
        """The same verification with the day that the plan, and so the queue, has for it."""
        days = self._details.strategies.of(work.qualification).due_days
        names = self._work.names_of(work.learner)
        until = planned.until(names, work.unit, work.closed, days, work.until, work.sampled_at)
        return work._replace(until=until)
