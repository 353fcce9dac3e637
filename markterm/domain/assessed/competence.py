"""Occupational competence: what an awarding organisation asks of a centre's staff, and what each member has shown.

Most of it has to be recent. So nothing is met for ever by having been shown once: what was shown runs out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from markterm.domain.assessed.member import Member, Role
from markterm.domain.words.code import suite_of

WARNED_DAYS = 90
"""So many days before something runs out it is told."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked for. `years` is how recent what shows it must be; None if it does not lapse.

    `is_cpd` says that it is continuing professional development. `evidence` are kinds of things that can show it, as
    guidance; `lasting` those that show it for good, whatever `years` says, such as a qualification.
    """

    code: str
    text: str
    years: int | None = None
    is_cpd: bool = False
    evidence: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompetenceSheet:
    """What is asked of those who teach and of those who assess and verify the units of a suite.

    An empty `suite` is every suite.
    """

    code: str
    title: str
    suite: str = ""
    for_tutors: tuple[Requirement, ...] = ()
    for_assessors: tuple[Requirement, ...] = ()

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """All of them."""
        return self.for_tutors + self.for_assessors

    def asked_of(self, member: Member) -> tuple[Requirement, ...]:
        """What it asks of that member: by their roles, and nothing when all their units are of other suites."""
        units = member.units | member.training
        if self.suite and units and self.suite not in {suite_of(code) for code in units}:
            return ()
        tutors = self.for_tutors if Role.TUTOR in member.roles else ()
        assessors = self.for_assessors if member.roles & {Role.ASSESSOR, Role.VERIFIER} else ()
        return tutors + assessors


@dataclass(frozen=True, slots=True)
class Shown:
    """What a member showed: the codes of the requirements that it is for, the day, and what it was.

    `until` is the last day on which it counts, where it says one itself, such as the end of a membership; `for_good`
    that it is of a kind that lasts, where the requirement has such a kind.
    """

    requirements: tuple[str, ...]
    day: date
    what: str
    until: date | None = None
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class MemberFile:
    """What the member of that id showed, as it stands in their file; `lines` are those of `shown`, in their order."""

    id: str
    shown: tuple[Shown, ...]
    lines: tuple[int, ...]


class CompetenceState(StrEnum):
    """Where a member stands with a requirement."""

    MET = "met"
    LAPSING = "lapsing"
    LAPSED = "lapsed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Competence:
    """A requirement and where a member stands with it on a day: `shown` is what counts for it, None when nothing does;
    `until` the last day on which that does, None when it does not lapse."""

    requirement: Requirement
    state: CompetenceState
    shown: Shown | None = None
    until: date | None = None


def competence(requirements: Iterable[Requirement], shown: Sequence[Shown], today: date) -> tuple[Competence, ...]:
    """Where somebody who has shown that stands with each requirement on the day `today`.

    Of several things that show it the one counts that lasts longest. What lies in the future shows nothing yet.
    """
    return tuple(_competence(each, [s for s in shown if each.code in s.requirements], today) for each in requirements)


def shown_at_centre(member: Member, requirements: Iterable[Requirement], today: date) -> tuple[Shown, ...]:
    """What the two dates of the centre's own file show of a member who has no file.

    `cpd` is the last day for what is continuing professional development, `competence` for everything else.
    """
    found = ((each, member.cpd if each.is_cpd else member.competence) for each in requirements)
    return tuple(Shown((each.code,), today, "", until) for each, until in found if until is not None)


def _competence(requirement: Requirement, shown: Sequence[Shown], today: date) -> Competence:
    lasting = [(_last_day(requirement, each), each.day, each) for each in shown if each.day <= today]
    if not lasting:
        return Competence(requirement, CompetenceState.MISSING)
    last, _, best = max(lasting, key=lambda each: each[:2])
    left = (last - today).days
    state = CompetenceState.MET if left > WARNED_DAYS else CompetenceState.LAPSING
    if left < 0:
        state = CompetenceState.LAPSED
    return Competence(requirement, state, best, last if last < date.max else None)


def _last_day(requirement: Requirement, shown: Shown) -> date:
    """The last day on which it shows the requirement; the end of the calendar when it does not lapse."""
    lasts = shown.for_good and requirement.lasting
    recent = date.max if requirement.years is None or lasts else years_after(shown.day, requirement.years)
    return min(recent, shown.until or date.max)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February for the 29th where there is none. Not beyond the calendar."""
    year = day.year + years
    if year > date.max.year:
        return date.max
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
