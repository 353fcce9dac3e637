"""The sampling plans of a centre, as its record tells: what was adopted, and what was changed by hand since.

A plan is for a period. What was adopted later says that it takes the place of what it had seen; of two plans for a
period of which neither had seen the other both stand, and so do their samples. A change by hand stands over any plan of
its period until another one, which had seen it, takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.planning import PlanChange, PlanChanged, Planned, PlannedSample
from markterm.domain.record.event import Event
from markterm.domain.record.verifying import INTERIM, SUMMATIVE
from markterm.domain.words.counted import REASONS_APART, first_reasons
from markterm.domain.words.day_reckoned import days_after

Key = tuple[str, str]
"""The learner and the unit that a sample is of."""
_IN_PLAN = PlanChange.ADDED.aspect
_SEPTEMBER = 9


@dataclass(frozen=True, slots=True)
class Adopted:
    """A plan as somebody adopted it."""

    uid: str
    actor: str
    at: datetime
    said: Planned


@dataclass(frozen=True, slots=True)
class ByHand:
    """A change that somebody made in a plan."""

    uid: str
    actor: str
    at: datetime
    said: PlanChanged

    @property
    def key(self) -> Key:
        """The sample that was changed."""
        return self.said.learner, self.said.unit

    @property
    def words(self) -> str:
        """Who changed what, when and why."""
        what = {
            PlanChange.ADDED: "added",
            PlanChange.DROPPED: "dropped",
            PlanChange.DATED: f"planned for {self.said.day}",
            PlanChange.ASSIGNED: f"assigned to {self.said.verifier}",
            PlanChange.METHOD: f"method set to {self.said.method}",
        }[self.said.change]
        return f"{what} by {self.actor} on {self.at.date()}: {self.said.why.strip()}"


class Given(NamedTuple):
    """What a learner's record says of a sample since that moment: for which stage, who is to look at it, and until
    when; empty or None where that was not said."""

    at: datetime
    stage: str
    verifier: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class StandingSample:
    """A sample as it stands: as it was planned, with what was changed `by_hand` since. `planned_for` is the day that
    somebody set; the day that it is due where nobody did. `adopted` is when it was planned, and `given` what the
    learner's record says of it: verifier and day are those of the later act."""

    planned: PlannedSample
    by_hand: tuple[ByHand, ...] = ()
    adopted: datetime | None = None
    given: Given | None = None

    @property
    def key(self) -> Key:
        """The learner and the unit."""
        return self.planned.learner, self.planned.unit

    @property
    def because(self) -> tuple[str, ...]:
        """Why it is in the plan: the rules that put it there, and whoever did by hand."""
        added = (each.words for each in self.by_hand if each.said.change is PlanChange.ADDED)
        return tuple(dict.fromkeys((*self.planned.because, *added)))

    @property
    def in_words(self) -> str:
        """Every reason, one after another: what the learner's record says of it, and what is printed from that."""
        return REASONS_APART.join(self.because)

    @property
    def in_short(self) -> str:
        """The first reasons, and how many more there are."""
        return first_reasons(self.in_words)

    @property
    def planned_for(self) -> date | None:
        """The day on which it is to be looked at; the earlier one where two who had not seen each other set two."""
        changes = self._said_last(PlanChange.DATED)
        if self.given is not None and self.given.due is not None and self._is_older(changes):
            return self.given.due
        days = [each.said.day for each in changes if each.said.day is not None]
        return min(days) if days else self.planned.due

    def due_since(self, closed: date | None, days: int) -> date | None:
        """The day by which it is to be looked at, once the unit was closed on that day: what was closed after it was
        planned has so many days from then on, unless somebody set the day."""
        by = self.planned_for
        if closed is None or by is None or by != self.planned.due:
            return by
        return max(by, days_after(closed, days))

    @property
    def verifier(self) -> str:
        """Who is to look at it; nobody where that is empty."""
        changes = self._said_last(PlanChange.ASSIGNED)
        if self.given is not None and self.given.verifier and self._is_older(changes):
            return self.given.verifier
        assigned = [each.said.verifier for each in changes if each.said.verifier]
        return min(assigned) if assigned else self.planned.verifier

    @property
    def method(self) -> str:
        """How it is verified."""
        said = [each.said.method for each in self._said_last(PlanChange.METHOD) if each.said.method]
        return min(said) if said else self.planned.method

    def as_given(self, given: Given | None) -> StandingSample:
        """The sample with what the learner's record says of it, unless that is of an interim look before it."""
        is_its = given is not None and (given.stage == SUMMATIVE or self.planned.stage == INTERIM)
        return replace(self, given=given) if is_its else self

    def _is_older(self, changes: Iterable[ByHand]) -> bool:
        """Whether what the plan says, last by these changes, was said before what the learner's record says."""
        said = max((each.at for each in changes), default=self.adopted)
        return self.given is not None and (said is None or said <= self.given.at)

    def _said_last(self, change: PlanChange) -> list[ByHand]:
        """The changes of that kind; where there are none, those by which it was added, which may say the same."""
        own = [each for each in self.by_hand if each.said.change is change]
        return own or [each for each in self.by_hand if each.said.change is PlanChange.ADDED]


@dataclass(frozen=True)
class StandingPlan:
    """The plan for the days from `begins` to `ends`: everything `adopted` that nothing took the place of, and every
    change by hand that stands."""

    begins: date
    ends: date
    adopted: tuple[Adopted, ...] = ()
    changes: tuple[ByHand, ...] = ()

    @property
    def period(self) -> tuple[date, date]:
        """Its first and its last day."""
        return self.begins, self.ends

    @cached_property
    def by_hand(self) -> Mapping[Key, tuple[ByHand, ...]]:
        """The changes of each sample, in the order of the record."""
        found: dict[Key, tuple[ByHand, ...]] = {}
        for each in self.changes:
            found[each.key] = (*found.get(each.key, ()), each)
        return found

    @cached_property
    def dropped(self) -> Mapping[Key, str]:
        """What was taken out by hand, and by whom and why. Whoever added it without having seen that keeps it in."""
        told: dict[Key, str] = {}
        for key, changes in self.by_hand.items():
            about = [each for each in changes if each.said.change.aspect == _IN_PLAN]
            if about and all(each.said.change is PlanChange.DROPPED for each in about):
                told[key] = about[-1].words
        return told

    @cached_property
    def samples(self) -> Mapping[Key, StandingSample]:
        """What is to be looked at, in the order of learner and unit."""
        found: dict[Key, PlannedSample] = {}
        planned_at: dict[Key, datetime] = {}
        for adopted in self.adopted:
            for sample in adopted.said.samples:
                before = found.get((sample.learner, sample.unit))
                found[sample.learner, sample.unit] = sample if before is None else _joined(before, sample)
                planned_at[sample.learner, sample.unit] = adopted.at
        for each in self.changes:
            if each.said.change is PlanChange.ADDED:
                found.setdefault(each.key, PlannedSample(*each.key, how="by hand", due=each.said.day))
        return {
            key: StandingSample(sample, self.by_hand.get(key, ()), planned_at.get(key))
            for key, sample in sorted(found.items())
            if key not in self.dropped
        }

    @property
    def latest(self) -> Adopted | None:
        """What was adopted last; None where everything in it was added by hand."""
        return self.adopted[-1] if self.adopted else None

    def overlaps(self, begins: date, ends: date) -> bool:
        """Whether it is for some of these days."""
        return begins <= self.ends and self.begins <= ends


def _joined(one: PlannedSample, other: PlannedSample) -> PlannedSample:
    """One sample of two plans: what either says of it, the same whichever came first."""
    first, second = sorted((one, other), key=repr)
    return replace(
        first,
        because=tuple(dict.fromkeys((*first.because, *second.because))),
        drawn=first.drawn or second.drawn,
        verifier=first.verifier or second.verifier,
    )


def plans_of(events: Iterable[Event]) -> tuple[StandingPlan, ...]:
    """The plans that the events of the centre's record, in its order, come to; the earliest period first."""
    adopted: dict[tuple[date, date], list[Adopted]] = {}
    changed: dict[tuple[date, date], list[ByHand]] = {}
    replaced: set[str] = set()
    for event in events:
        if (plan := said_in(event, Planned)) is not None:
            adopted.setdefault((plan.begins, plan.ends), []).append(Adopted(event.uid, event.actor, event.at, plan))
        elif (change := said_in(event, PlanChanged)) is not None:
            period = change.begins, change.ends
            changed.setdefault(period, []).append(ByHand(event.uid, event.actor, event.at, change))
        else:
            continue
        replaced.update(event.supersedes)
    return tuple(
        StandingPlan(
            *period,
            tuple(sorted(_standing(adopted.get(period, ()), replaced), key=_in_time)),
            tuple(sorted(_standing(changed.get(period, ()), replaced), key=_in_time)),
        )
        for period in sorted(adopted.keys() | changed.keys())
    )


def _standing(every: Sequence, replaced: set[str]) -> list:  # type: ignore[type-arg]  # plans or changes, as they come
    return [each for each in every if each.uid not in replaced]


def _in_time(each: Adopted | ByHand) -> tuple[datetime, str]:
    return each.at, each.uid


class PlannedDays:
    """By which day the samples of these plans are to be looked at: the same wherever that is told. Of a sample that is
    in several it is the day of the plan that begins last."""

    def __init__(self, plans: Iterable[StandingPlan]) -> None:
        self._planned = {key: each for plan in plans for key, each in plan.samples.items()}

    def until(
        self,
        names: Iterable[str],
        unit: str,
        closed: date | None,
        days: int,
        said: date | None,
        sampled_at: datetime | None = None,
    ) -> date | None:
        """The day by which the unit of the learner who has these registrations is to be verified, when it was closed on
        that day and the strategy gives so many days; the day that was `said` where it is in no plan, or
        where it was sampled since the plan said one."""
        found = (self._planned[name, unit] for name in names if (name, unit) in self._planned)
        sample = next(found, None)
        if sample is None:
            return said
        given = Given(sampled_at, SUMMATIVE, due=said) if sampled_at is not None else None
        return sample.as_given(given).due_since(closed, days)


def plan_on(plans: Sequence[StandingPlan], day: date) -> StandingPlan | None:
    """The plan whose period that day is in; the one that began last, where there are several; None where none is."""
    return next((each for each in reversed(plans) if each.begins <= day <= each.ends), None)


def usual_period(plans: Sequence[StandingPlan], day: date) -> tuple[date, date]:
    """The days around that one that are in no plan, as far as its college year goes, from September to August."""
    begins = date(day.year if day.month >= _SEPTEMBER else day.year - 1, _SEPTEMBER, 1)
    ends = date(begins.year + 1, _SEPTEMBER - 1, 31)
    for plan in plans:
        if begins <= plan.ends < day:
            begins = days_after(plan.ends, 1)
        if day < plan.begins <= ends:
            ends = days_after(plan.begins, -1)
    return begins, ends
