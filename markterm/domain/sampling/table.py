"""The plan as a verifier works by it: each sample with where it stands now, and what the drawn part proves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from markterm.domain.record.plans import Key, StandingPlan, StandingSample
from markterm.domain.sampling.assessed_unit import AssessedUnit
from markterm.domain.sampling.candidate import order_in
from markterm.domain.sampling.proof import in_words


class Where(StrEnum):
    """Where a sample stands."""

    PLANNED = "planned"
    OVERDUE = "overdue"
    AGREED = "agreed"
    NOT_AGREED = "not agreed"
    NOT_THERE = "not there any more"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A sample with what it came to: `actual` is the day on which it was looked at, `nobody` why the verifier who was
    to look at it may not. `unit` is None where the learner or the unit is not there any more."""

    sample: StandingSample
    where: Where
    unit: AssessedUnit | None = None
    actual: date | None = None
    nobody: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows in the order of assessor, learner and unit; what the part that was drawn `proves`, in a sentence, and of
    how many of the others so much was looked at and not agreed."""

    rows: tuple[PlanRow, ...]
    proves: str
    others: tuple[int, int, int]


def table(
    plan: StandingPlan,
    units: Sequence[AssessedUnit],
    now_called: Mapping[Key, Key],
    today: date,
    why_not: Callable[[str, Key], str],
) -> Table:
    """The plan beside the units as they are assessed now; `why_not` says why a verifier may not look at a sample."""
    by_key = {each.key: each for each in units}
    rows = [_row(sample, by_key.get(now_called.get(key, key)), today, why_not) for key, sample in plan.samples.items()]
    rows.sort(key=lambda row: (row.sample.planned.assessor, row.sample.key))
    drawn, answered = drawn_part(plan), _answers(rows)
    others = [answered[row.sample.key] for row in rows if row.sample.key not in drawn]
    counts = len(others), sum(each is not None for each in others), sum(each is False for each in others)
    return Table(tuple(rows), _proves(plan, drawn, answered), counts)


def drawn_part(plan: StandingPlan) -> frozenset[Key]:
    """Everything that was drawn at random, as the last plan that was adopted has it."""
    if plan.latest is None:
        return frozenset()
    said = plan.latest.said
    every = [(learner, group.unit) for group in said.candidates for learner in group.learners]
    return frozenset(sorted(every, key=lambda key: (order_in(said.seed, key), key))[: said.drawn])


def _row(sample: StandingSample, unit: AssessedUnit | None, today: date, why_not: Callable[[str, Key], str]) -> PlanRow:
    if unit is None:
        return PlanRow(sample, Where.NOT_THERE)
    if unit.answered is not None:
        where = Where.AGREED if unit.answered.agrees else Where.NOT_AGREED
        return PlanRow(sample, where, unit, unit.answered.on)
    by = sample.planned_for
    where = Where.OVERDUE if by is not None and by < today else Where.PLANNED
    return PlanRow(sample, where, unit, nobody=why_not(sample.verifier, unit.key))


def _answers(rows: Sequence[PlanRow]) -> Mapping[Key, bool | None]:
    return {
        row.sample.key: None if row.unit is None or row.unit.answered is None else row.unit.answered.agrees
        for row in rows
    }


def _proves(plan: StandingPlan, drawn: frozenset[Key], answered: Mapping[Key, bool | None]) -> str:
    """What the drawn part proves. What was dropped from it by hand counts as not agreed: somebody chose to leave it
    out, and a sample that is chosen proves nothing."""
    if plan.latest is None or not plan.latest.said.drawn_from:
        return "Nothing was drawn at random: nothing is proved of the rest."
    gone = len(drawn & plan.dropped.keys())
    answers = [answer for key in drawn if (answer := answered.get(key)) is not None]
    told = in_words(plan.latest.said.drawn_from, len(answers) + gone, answers.count(False) + gone)
    left_out = f" {gone} of the drawn were dropped by hand and count as not agreed." if gone else ""
    return told + left_out
