"""The report on sampling plans: what was planned, looked at and not agreed, and what the rules asked and got."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.planning import PlannedRule
from markterm.domain.record.plans import StandingPlan
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.grouped import By, Group
from markterm.domain.reports.report import Column, Entry, Report, Row, Shape, share
from markterm.domain.reports.tally import Measure, number, table
from markterm.domain.sampling.table import PlanRow, Table, Where

NAME = "plan"
AXES = (Axis.PERIOD, Axis.ASSESSOR, Axis.VERIFIER, Axis.UNIT, Axis.MONTH, Axis.RULE)
_NOBODY_PLANNED = "No sampling plan was adopted: nothing was planned."
_NOTES = (
    "Planned is what stands in the plans. Looked at is what a verifier answered to, late what they answered after its "
    "day, overdue what nobody did by then; stale is an answer to what does not stand any more.",
)

Plans = Sequence[tuple[StandingPlan, Table]]
"""Plans as they stand, each with where its samples stand."""


class PlannedLook(NamedTuple):
    """A sample of a plan that stands."""

    plan: StandingPlan
    row: PlanRow

    @property
    def period(self) -> str:
        """The days of its plan."""
        return period_of(self.plan)

    @property
    def unit(self) -> UnitKey:
        """What the unit is called now."""
        return UnitKey(self.row.unit.unit if self.row.unit is not None else self.row.sample.key[1], "")

    @property
    def assessor(self) -> str:
        """Who assessed it: as it is now, or as it was planned where nothing is decided any more."""
        return self.row.unit.assessor if self.row.unit is not None else self.row.sample.planned.assessor

    @property
    def verifier(self) -> str:
        """Who looks at it, or did."""
        answered = self.row.unit.answered if self.row.unit is not None else None
        return answered.verifier if answered is not None else self.row.sample.verifier

    @property
    def on(self) -> date:
        """The day by which it is to be looked at; the last one of its plan where it has none."""
        return self.row.by or self.plan.ends

    @property
    def is_looked_at(self) -> bool:
        """Whether a verifier looked at what stands, as the plan counts it."""
        return self.row.is_looked_at

    @property
    def is_late(self) -> bool:
        """Whether it was looked at after its day."""
        row = self.row
        return row.is_looked_at and row.actual is not None and row.by is not None and row.actual > row.by


_MEASURES: tuple[Measure[PlannedLook], ...] = (
    Measure(Column("planned", "planned", Shape.COUNT), len),
    number("looked_at", "looked at", lambda each: each.is_looked_at),
    Measure(
        Column("share_looked_at", "share looked at", Shape.SHARE, shown=False),
        lambda every: share(sum(each.is_looked_at for each in every), len(every)),
    ),
    number("on_time", "on time", lambda each: each.is_looked_at and not each.is_late, shown=False),
    number("late", "late", lambda each: each.is_late),
    number("overdue", "overdue", lambda each: each.row.where is Where.OVERDUE),
    number("not_agreed", "not agreed", lambda each: each.row.where is Where.NOT_AGREED),
    number("conflict", "verifiers differ", lambda each: each.row.where is Where.CONFLICT, shown=False),
    number("stale", "stale", lambda each: each.row.where is Where.STALE),
    number("not_closed", "not closed yet", lambda each: each.row.where is Where.NOT_CLOSED, shown=False),
    number("drawn", "drawn at random", lambda each: each.row.sample.planned.drawn, shown=False),
)


def planned(plans: Plans, asked: Asked, name_of: Callable[[str], str]) -> Report:
    """The report on these plans, by what is asked for; by rule what each rule of the strategy asked and got."""
    if asked.by == (Axis.RULE,):
        return _rules(plans, asked)
    by = By(asked.by, name_of)
    looks = [
        look
        for plan, standing in plans
        for row in standing.rows
        if asked.takes((look := PlannedLook(plan, row)).unit.code, look.assessor, look.verifier, look.on)
    ]
    # What the drawn part proves, it proves of everything that it was drawn from.
    told = plans if asked == Asked(asked.by) else ()
    proves: dict[Group, str] = {(period_of(plan),): standing.proves for plan, standing in told}
    columns, rows = table(looks, by, _MEASURES, _entry, lambda group: proves.get(group, ""))
    return Report(
        NAME,
        f"Sampling plan {asked.in_words}",
        columns,
        rows,
        _NOTES,
        tuple(_warnings(plans, looks)),
        plotted="share_looked_at",
        over=by.over,
        behind=lambda: map(_entry, looks),
    )


def period_of(plan: StandingPlan) -> str:
    """The days of a plan: `2026-09-01 to 2027-08-31`."""
    return f"{plan.begins} to {plan.ends}"


def _rules(plans: Plans, asked: Asked) -> Report:
    """What each rule of the strategy asked and got in each plan, as it was adopted last."""
    adopted = [(plan, rule) for plan, _ in plans if plan.latest is not None for rule in plan.latest.said.rules]
    told = [] if adopted else [_NOBODY_PLANNED]
    if asked != Asked(asked.by):
        told.append("Rules are asked of whole plans: nothing else that was asked for narrows them.")
    return Report(
        NAME,
        "Sampling plan by rule",
        (
            Column("period", "period"),
            Column("asked", "asked", Shape.COUNT),
            Column("of", "of", Shape.COUNT),
            Column("got", "got", Shape.COUNT),
            Column("lacking", "lacking", Shape.COUNT),
            Column("rule", "rule"),
        ),
        tuple(_rule(plan, rule) for plan, rule in adopted),
        ("What each rule asked of how many when the plan was adopted, what it got, and why fewer.",),
        tuple(told),
    )


def _rule(plan: StandingPlan, rule: PlannedRule) -> Row:
    lacking = max(rule.asked - rule.got, 0)
    cells = period_of(plan), rule.asked, rule.of, rule.got, lacking, rule.words
    return Row(cells, said=rule.why if lacking else "")


def _entry(look: PlannedLook) -> Entry:
    row = look.row
    learner = row.unit.learner if row.unit is not None else row.sample.key[0]
    due = f", due {row.by}" if row.by is not None and not look.is_looked_at else ""
    late = f", late: due {row.by}" if look.is_late else ""
    return Entry(learner, look.unit, "", row.actual or row.by, f"{row.where}{due}{late}", look.verifier, "")


def _warnings(plans: Plans, looks: Sequence[PlannedLook]) -> Iterator[str]:
    if not plans:
        yield _NOBODY_PLANNED
    gone = sum(each.row.unit is None for each in looks)
    if gone:
        yield f"{gone} planned of whoever left or is not there any more, or in which nothing is decided."
