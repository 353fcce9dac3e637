"""The report on workload: what waits for each member of staff, since when, what is due soon, and what they get done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.report import Cell, Column, Entry, Report, Shape
from markterm.domain.reports.tally import Measure, number, rows
from markterm.domain.reports.workload import Done, Work
from markterm.domain.views.due import Person, Step
from markterm.domain.words.counted import counted
from markterm.domain.words.local_time import local

WORKLOAD = "workload"
SOON_DAYS = 14
_WEEKS = 4
_WEEK = 7


class Load(NamedTuple):
    """Something that is to be done, or was done, as it is on the day `today`."""

    what: Work | Done
    today: date

    @property
    def waits(self) -> bool:
        """Whether it waits now."""
        return isinstance(self.what, Work) and self.what.waits

    @property
    def since(self) -> date | None:
        """Since which day it waits; None where it does not, or nobody knows."""
        if isinstance(self.what, Work) and self.what.waits and self.what.since is not None:
            return local(self.what.since).date()
        return None

    @property
    def until(self) -> date | None:
        """By which day it is to be done."""
        return self.what.until if isinstance(self.what, Work) else None

    @property
    def is_overdue(self) -> bool:
        """Whether it waits, and its day is past."""
        return self.waits and self.until is not None and self.until < self.today

    @property
    def is_due_soon(self) -> bool:
        """Whether its day is one of the next two weeks; also of a sample that its assessor has not closed yet."""
        return self.until is not None and self.today <= self.until <= self.today + timedelta(SOON_DAYS)

    def was_done_within(self, days: int) -> bool:
        """Whether it was done on one of so many days, of which today is the last."""
        if not isinstance(self.what, Done):
            return False
        on = local(self.what.at).date()
        return self.today - timedelta(days) < on <= self.today


_MEASURES: tuple[Measure[Load], ...] = (
    number("waiting", "waiting", lambda each: each.waits),
    Measure(
        Column("since", "since", Shape.DAY),
        lambda every: min((each.since for each in every if each.since is not None), default=None),
    ),
    number("overdue", "overdue", lambda each: each.is_overdue),
    number("due_soon", f"due in {SOON_DAYS} days", lambda each: each.is_due_soon),
    number("done_in_a_week", "done in 7 days", lambda each: each.was_done_within(_WEEK)),
    Measure(
        Column("a_week", "a week", Shape.NUMBER),
        lambda every: Fraction(sum(each.was_done_within(_WEEK * _WEEKS) for each in every), _WEEKS),
    ),
)


def workload(every: Iterable[Work | Done], roles: Mapping[str, frozenset[str]], today: date, asked: Asked) -> Report:
    """The report on that work; rows by member, qualification, unit or step. `roles` are those of the members, by their
    ids: whoever is not among them has left the centre.

    Of a member are what they do as assessor and as verifier, in rows of their own; the actions that are theirs to do
    are the assessor's, where they are one.
    """
    by = asked.by or (Axis.MEMBER,)
    keys = _keys(roles)
    loads = [load for each in every if _is_asked(each, asked) and _counts(load := Load(each, today))]
    left = [load for load in loads if load.waits and load.what.who and load.what.who not in roles]
    nobody = sum(load.waits and not load.what.who for load in loads)
    warnings = []
    if left:
        who = ", ".join(sorted({load.what.who for load in left}))
        warnings.append(f"{counted(len(left), 'step')} of somebody who has left the centre: {who}.")
    if nobody:
        warnings.append(f"{counted(nobody, 'step')} for which nobody is named: any member who may can take them.")
    return Report(
        WORKLOAD,
        f"Workload {asked.in_words or 'by member'}",
        (*(column for axis in by for column in _COLUMNS[axis]), *(each.column for each in _MEASURES)),
        tuple(rows(loads, lambda each: tuple(cell for axis in by for cell in keys[axis](each)), _MEASURES, _entry)),
        notes=(
            "Waiting are steps of units, the longest since the day that is said; due are samples and actions by their "
            f"days. Done are criteria decided and samples answered; a week is the mean of the last {_WEEKS}.",
        ),
        warnings=tuple(warnings),
        plotted="waiting",
        over=by[0].value,
    )


def _is_asked(each: Work | Done, asked: Asked) -> bool:
    verifies = each.person is Person.VERIFIER
    if asked.unit not in ("", each.unit):
        return False
    if asked.assessor and (verifies or each.who != asked.assessor):
        return False
    return not asked.verifier or (verifies and each.who == asked.verifier)


def _counts(load: Load) -> bool:
    """Whether it is in any of the figures."""
    return load.waits or load.is_due_soon or load.was_done_within(_WEEK * _WEEKS)


_COLUMNS: Mapping[Axis, tuple[Column, ...]] = {
    Axis.MEMBER: (Column("member", "member", absent="nobody named"), Column("as", "as")),
    Axis.QUALIFICATION: (Column("qualification", "qualification", absent="none"),),
    Axis.UNIT: (Column("unit", "unit"),),
    Axis.STEP: (Column("step", "step", absent="done"),),
}


def _keys(roles: Mapping[str, frozenset[str]]) -> Mapping[Axis, Callable[[Load], tuple[Cell, ...]]]:
    def acts_as(each: Work | Done) -> str:
        if each.person is not Person.OWNER:
            return each.person.value
        own = roles.get(each.who, frozenset())
        usual = (Person.ASSESSOR.value, Person.VERIFIER.value, Person.COORDINATOR.value)
        return next((role for role in usual if role in own), Person.ASSESSOR.value)

    return {
        Axis.MEMBER: lambda load: (load.what.who or None, acts_as(load.what)),
        Axis.QUALIFICATION: lambda load: (load.what.qualification or None,),
        Axis.UNIT: lambda load: (load.what.unit,),
        Axis.STEP: lambda load: (load.what.step.value if isinstance(load.what, Work) else None,),
    }


def _entry(load: Load) -> Entry:
    what = load.what
    if isinstance(what, Done):
        told = "decided" if what.person is Person.ASSESSOR else "verified"
        return Entry(what.learner, what.unit, what.criterion, local(what.at).date(), told, what.who, "")
    told = _TOLD.get(what.step, f"to {what.step}")
    until = f", {'overdue since' if load.is_overdue else 'due'} {what.until}" if what.until is not None else ""
    later = "" if what.waits else ", once it is closed"
    return Entry(what.learner, what.unit, what.criterion, load.since, f"{told}{later}{until}", what.who, "")


_TOLD = {
    Step.ACT: "an action to do",
    Step.ACCEPT: "an action to accept",
    Step.LOOK: "an interim look",
    Step.ACKNOWLEDGE: "a report to acknowledge",
}
