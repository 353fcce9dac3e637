"""The report on workload: what waits for each member of staff, since when, what is due soon, and what they get done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from markterm.domain.assessed.member import Role
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.reports.around import named_few
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.grouped import By
from markterm.domain.reports.report import Column, Entry, Report, Shape
from markterm.domain.reports.tally import Measure, number, table
from markterm.domain.reports.workload import Done, Work
from markterm.domain.views.due import Person, Step
from markterm.domain.words.counted import counted
from markterm.domain.words.local_time import local

NAME = "workload"
AXES = (Axis.MEMBER, Axis.QUALIFICATION, Axis.UNIT, Axis.STEP)
SOON, WEEK, WEEKS = 14, 7, 4
"""How many days are soon, and how many weeks a mean is taken of."""
_NOTES = (
    "Waiting are the steps that units wait for, the longest since the day that is said; overdue and due soon, in the "
    f"next {SOON} days, are samples and actions by their days.",
    f"Done are the criteria decided and samples answered in the last {WEEK} days; a week is the mean of {WEEKS} weeks.",
)
_OF_AN_OWNER = (Role.ASSESSOR, Role.VERIFIER, Role.COORDINATOR)
"""As what the owner of an action does it: the first of these that they are."""


class Load(NamedTuple):
    """Something that is to be done, or was done, as it is on the day `today`; whoever does it `acts_as` what."""

    what: Work | Done
    acts_as: str
    today: date

    @property
    def member(self) -> str:
        """Whose it is; empty where nobody is named."""
        return self.what.who

    @property
    def unit(self) -> UnitKey:
        """The unit."""
        return UnitKey(self.what.unit, "")

    @property
    def qualification(self) -> str:
        """What the learner takes the unit for; empty where that is nothing."""
        return self.what.qualification

    @property
    def step(self) -> str:
        """What is to be done, or that it is done."""
        return self.what.step.value if isinstance(self.what, Work) else "done"

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
        return self.until is not None and self.today <= self.until <= self.today + timedelta(SOON)

    def was_done_within(self, days: int) -> bool:
        """Whether it was done on one of so many days, of which today is the last."""
        if not isinstance(self.what, Done):
            return False
        return self.today - timedelta(days) < local(self.what.at).date() <= self.today


_MEASURES: tuple[Measure[Load], ...] = (
    number("waiting", "waiting", lambda each: each.waits),
    Measure(
        Column("since", "since", Shape.DAY),
        lambda every: min((each.since for each in every if each.since is not None), default=None),
    ),
    number("overdue", "overdue", lambda each: each.is_overdue),
    number("due_soon", "due soon", lambda each: each.is_due_soon),
    number("done", "done", lambda each: each.was_done_within(WEEK)),
    Measure(
        Column("a_week", "a week", Shape.NUMBER),
        lambda every: Fraction(sum(each.was_done_within(WEEK * WEEKS) for each in every), WEEKS),
    ),
)


def working(
    every: Iterable[Work | Done],
    roles: Mapping[str, frozenset[str]],
    today: date,
    asked: Asked,
    name_of: Callable[[str], str],
) -> Report:
    """The report on that work, by what is asked for. `roles` are those of the members, by their ids: whoever is not
    among them is no member of the centre.

    Of a member are what they do as assessor and as verifier, in rows of their own.
    """
    by = By(asked.by, name_of)
    loads = [
        load for each in every if _is_asked(each, asked) and _counts(load := Load(each, _acts_as(each, roles), today))
    ]
    loads.sort(key=lambda load: (not load.waits, load.since or date.max, load.what.learner, load.what.unit))
    columns, rows = table(loads, by, _MEASURES, _entry)
    return Report(
        NAME,
        f"Workload {asked.in_words}",
        columns,
        rows,
        _NOTES,
        tuple(_warnings([load for load in loads if load.waits], roles)),
        plotted="waiting",
        over=by.over,
        behind=lambda: map(_entry, loads),
    )


def _is_asked(each: Work | Done, asked: Asked) -> bool:
    """Of an assessor is everything that is theirs but what they do as verifier, of a verifier that alone."""
    verifies = each.person is Person.VERIFIER
    return (
        asked.unit in ("", each.unit)
        and (not asked.assessor or (not verifies and each.who == asked.assessor))
        and (not asked.verifier or (verifies and each.who == asked.verifier))
    )


def _acts_as(each: Work | Done, roles: Mapping[str, frozenset[str]]) -> str:
    if each.person is not Person.OWNER:
        return each.person.value
    own = roles.get(each.who, frozenset())
    return next((role.value for role in _OF_AN_OWNER if role in own), Person.ASSESSOR.value)


def _counts(load: Load) -> bool:
    """Whether it is in any of the figures."""
    return load.waits or load.is_due_soon or load.was_done_within(WEEK * WEEKS)


def _warnings(waiting: list[Load], roles: Mapping[str, frozenset[str]]) -> Iterator[str]:
    left = [load for load in waiting if load.member and load.member not in roles]
    if left:
        who = named_few(sorted({load.member for load in left}))
        yield f"{counted(len(left), 'step')} of who is no member of the centre wait for another one: {who}."
    nobodys = sum(not load.member for load in waiting)
    if nobodys:
        yield f"{counted(nobodys, 'step')} for which nobody is named wait for whoever takes them."


def _entry(load: Load) -> Entry:
    what = load.what
    if isinstance(what, Done):
        told = "decided" if what.person is Person.ASSESSOR else "verified"
        return Entry(what.learner, load.unit, what.criterion, local(what.at).date(), told, what.who, "")
    told = _TOLD.get(what.step, f"to {what.step}")
    later = "" if what.waits else ", once it is closed"
    until = f", {'overdue since' if load.is_overdue else 'due'} {what.until}" if what.until is not None else ""
    return Entry(what.learner, load.unit, what.criterion, load.since, f"{told}{later}{until}", what.who, "")


_TOLD = {
    Step.ACT: "to do an action",
    Step.ACCEPT: "to accept an action",
    Step.LOOK: "to look, interim",
    Step.ACKNOWLEDGE: "to acknowledge a report",
}
