"""The report on sampling plans: what was planned, looked at and not agreed, and what the rules asked and got."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from markterm.domain.record.bodies.planning import PlannedRule
from markterm.domain.record.plans import StandingPlan
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.report import Cell, Column, Entry, Report, Row, Shape, share
from markterm.domain.reports.tally import Measure, number, rows
from markterm.domain.sampling.table import PlanRow, Table, Where

PLAN = "plan"
NOBODY_PLANNED = "No plan was adopted: nothing was planned."


class PlannedLook(NamedTuple):
    """A sample of a plan that stands."""

    plan: StandingPlan
    row: PlanRow

    @property
    def is_on_time(self) -> bool:
        """Whether it was looked at by its day."""
        return self.row.actual is not None and self.row.by is not None and self.row.actual <= self.row.by

    @property
    def is_late(self) -> bool:
        """Whether it was looked at after its day."""
        return self.row.actual is not None and self.row.by is not None and self.row.actual > self.row.by

    @property
    def is_gone(self) -> bool:
        """Whether nobody can look at it: the learner is not there any more, or nothing is decided in the unit."""
        return self.row.unit is None


_MEASURES: tuple[Measure[PlannedLook], ...] = (
    Measure(Column("planned", "planned", Shape.COUNT), len),
    number("looked_at", "looked at", lambda each: each.row.actual is not None),
    Measure(
        Column("done", "done", Shape.SHARE),
        lambda every: share(sum(each.row.actual is not None for each in every), len(every)),
    ),
    number("on_time", "on time", lambda each: each.is_on_time),
    number("late", "late", lambda each: each.is_late),
    number("overdue", "overdue", lambda each: each.row.where is Where.OVERDUE),
    number("not_agreed", "not agreed", lambda each: each.row.where is Where.NOT_AGREED),
    number("conflict", "verifiers differ", lambda each: each.row.where is Where.CONFLICT, shown=False),
    number("stale", "stale", lambda each: each.row.where is Where.STALE),
    number("not_closed", "not closed yet", lambda each: each.row.where is Where.NOT_CLOSED, shown=False),
    number("drawn", "drawn at random", lambda each: each.row.sample.planned.drawn, shown=False),
    number("gone", "nothing to look at", lambda each: each.is_gone, shown=False),
)


def planned(tables: Sequence[tuple[StandingPlan, Table]], asked: Asked) -> Report:
    """The report on these plans as they stand, each with its table; rows by period, unit, assessor and verifier."""
    by = asked.by or (Axis.PERIOD,)
    looks = [
        PlannedLook(plan, row)
        for plan, table in tables
        for row in table.rows
        if asked.takes(row.sample.key[1], _assessor(row), row.sample.verifier, row.by or plan.ends)
    ]
    # What the drawn part proves, it proves of everything that it was drawn from.
    proves = {_period(plan): table.proves for plan, table in tables}
    says = by == (Axis.PERIOD,) and asked == Asked(asked.by)
    return Report(
        PLAN,
        f"Sampling plan {asked.in_words or 'by period'}",
        (*(Column(axis.value, axis.value) for axis in by), *(each.column for each in _MEASURES)),
        tuple(
            rows(
                looks,
                lambda look: tuple(_KEYS[axis](look) for axis in by),
                _MEASURES,
                _entry,
                lambda cells, _: proves[str(cells[0])] if says else "",
            )
        ),
        notes=(
            "Planned is what stands in the plans; looked at what a verifier answered to, late what they did after its "
            "day, overdue what nobody did by then. Stale is an answer to what does not stand any more.",
        ),
        warnings=tuple(_warnings(tables, looks)),
        plotted="done",
        over=by[0].value,
    )


def rules(tables: Sequence[tuple[StandingPlan, Table]]) -> Report:
    """What each rule of the strategy asked and got in each plan, as it was adopted last."""
    adopted = [(plan, rule) for plan, _ in tables if plan.latest is not None for rule in plan.latest.said.rules]
    return Report(
        PLAN,
        "Sampling plan by rule",
        (
            Column("period", "period"),
            Column("rule", "rule"),
            Column("asked", "asked", Shape.COUNT),
            Column("of", "of", Shape.COUNT),
            Column("got", "got", Shape.COUNT),
            Column("lacking", "lacking", Shape.COUNT),
        ),
        tuple(_rule(plan, rule) for plan, rule in adopted),
        notes=("What each rule asked of how many when the plan was adopted, what it got, and why fewer.",),
        warnings=() if adopted else (NOBODY_PLANNED,),
        plotted="lacking",
        over="rule",
    )


def _rule(plan: StandingPlan, rule: PlannedRule) -> Row:
    lacking = max(rule.asked - rule.got, 0)
    return Row((_period(plan), rule.words, rule.asked, rule.of, rule.got, lacking), said=rule.why if lacking else "")


def _period(plan: StandingPlan) -> str:
    return f"{plan.begins} to {plan.ends}"


def _assessor(row: PlanRow) -> str:
    """Who assessed it: as it is now, or as it was planned where nothing is decided any more."""
    return row.unit.assessor if row.unit is not None else row.sample.planned.assessor


_KEYS: Mapping[Axis, Callable[[PlannedLook], Cell]] = {
    Axis.PERIOD: lambda look: _period(look.plan),
    Axis.UNIT: lambda look: look.row.sample.key[1],
    Axis.ASSESSOR: lambda look: _assessor(look.row),
    Axis.VERIFIER: lambda look: look.row.sample.verifier,
}


def _entry(look: PlannedLook) -> Entry:
    row = look.row
    learner, unit = row.unit.key if row.unit is not None else row.sample.key
    by = f", by {row.by}" if row.by is not None and row.actual is None else ""
    late = ", late" if look.is_late else ""
    on: date | None = row.actual if row.actual is not None else row.by
    return Entry(learner, unit, "", on, f"{row.where}{by}{late}", row.sample.verifier, "")


def _warnings(tables: Sequence[tuple[StandingPlan, Table]], looks: Sequence[PlannedLook]) -> Iterator[str]:
    if not tables:
        yield NOBODY_PLANNED
    gone = sum(each.is_gone for each in looks)
    if gone:
        yield f"{gone} planned of learners who are not there any more, or of units in which nothing is decided."
