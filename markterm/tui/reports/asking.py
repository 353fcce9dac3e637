"""What is asked of the reports: by what, and of whom, of what and of when; chosen from lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from markterm.centre.centre import Centre
from markterm.centre.reports import AXES, USELESS
from markterm.domain.assessed.member import Role
from markterm.domain.record.plans import usual_period
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.words.foreign_text import one_line
from markterm.tui.local_time import days_told

_DAYS = 28, 91, 365
_EVERYTHING = Asked()


class Choice(NamedTuple):
    """One of the lines to choose from, and what is asked then."""

    words: str
    asked: Asked


@dataclass
class Asking:
    """What is asked: the same of every report, but for what its rows are."""

    name: str = next(iter(AXES))
    asked: Asked = field(default_factory=Asked)
    by: dict[str, tuple[Axis, ...]] = field(default_factory=dict)

    @property
    def now(self) -> Asked:
        """What is asked of the report that is shown: without what it cannot be asked."""
        asked = replace(self.asked, by=self.by.get(self.name, AXES[self.name][:1]))
        return replace(asked, **{name: getattr(_EVERYTHING, name) for name in self.useless})

    @property
    def useless(self) -> Collection[str]:
        """What cannot be asked of the report that is shown."""
        return USELESS.get(self.name, ())

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of what there is is asked for."""
        return replace(self.now, by=()) != _EVERYTHING

    def turn(self, step: int) -> None:
        """Ask of the report so many to the right, and round again."""
        names = list(AXES)
        self.name = names[(names.index(self.name) + step) % len(names)]

    def take(self, chosen: Asked) -> None:
        """Ask that from now on."""
        self.by[self.name] = chosen.by
        kept = {name: getattr(self.asked, name) for name in self.useless}
        self.asked = replace(chosen, by=(), **kept)


def by_choices(name: str, now: Asked) -> list[Choice]:
    """What the rows can be."""
    return [Choice(axis.value, replace(now, by=(axis,))) for axis in AXES[name]]


def unit_choices(centre: Centre, now: Asked) -> list[Choice]:
    """Every unit, or one. Reads the mark sheets: for a thread."""
    units = sorted(centre.sheets.units.units.items())
    every = (Choice(one_line(f"{code}  {unit.title}"), replace(now, unit=code)) for code, unit in units)
    return [Choice("every unit", replace(now, unit="")), *every]


def member_choices(centre: Centre, now: Asked, role: Role) -> list[Choice]:
    """Everybody who acts in that role, or one of them; those who left as well. Reads the centre's record: for a
    thread."""

    def of(who: str) -> Asked:
        return replace(now, verifier=who) if role is Role.VERIFIER else replace(now, assessor=who)

    here = {each.id: each.name for each in centre.details.members if role in each.roles}
    gone = {
        change.id: f"{change.member.name} (left)"
        for change in centre.details.past().changes
        if change.member is not None and role in change.member.roles and centre.details.member(change.id) is None
    }
    people = sorted((here | gone).items())
    some = (Choice(one_line(f"{who}  {name}"), of(who)) for who, name in people)
    return [Choice(f"every {role}", of("")), *some]


def day_choices(centre: Centre, now: Asked) -> list[Choice]:
    """All days, or some: the last weeks, the college year, those of a plan. Reads the centre's record: for a thread."""
    return [Choice(words, replace(now, since=since, until=until)) for words, since, until in _days(centre)]


def _days(centre: Centre) -> Iterator[tuple[str, date | None, date | None]]:
    today, plans = centre.plan.today, centre.plan.every()
    yield "all days", None, None
    for days in _DAYS:
        since = today - timedelta(days - 1)
        yield f"the last {days} days, since {since}", since, None
    begins, ends = usual_period((), today)
    yield f"this college year, {begins} to {ends}", begins, ends
    yield (
        f"the college year before, {begins.replace(year=begins.year - 1)} to {begins - timedelta(1)}",
        begins.replace(year=begins.year - 1),
        begins - timedelta(1),
    )
    for plan in plans:
        yield f"the plan, {days_told(plan.begins, plan.ends)}", plan.begins, plan.ends


def current(choices: Sequence[Choice], now: Asked) -> int:
    """The number of the choice that is asked now; the first where none is."""
    return next((number for number, each in enumerate(choices) if each.asked == now), 0)
