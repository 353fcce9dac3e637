"""What counts towards the least of an assessor and of a unit beside the plan itself: what was looked at, or is planned,
in the twelve months that end with the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from markterm.domain.record.plans import Key, StandingPlan
from markterm.domain.sampling.assessed_unit import AssessedUnit
from markterm.domain.words.day_reckoned import days_after, months_after

LookedAtBefore = Mapping[tuple[str, str, str], int]
"""How many units were looked at or are planned elsewhere, by assessor, unit and cohort."""
NOTHING_BEFORE: LookedAtBefore = {}


def looked_at_before(
    units: Iterable[AssessedUnit],
    plans: Sequence[StandingPlan],
    stands: StandingPlan,
    now_called: Mapping[Key, Key],
    chosen_from: Collection[Key],
) -> LookedAtBefore:
    """What of these units was answered in the twelve months that end with the plan that `stands`, or is a sample of
    another one of the `plans` for a day in them; but for those that the plan itself is `chosen_from`."""
    begins, ends = _year_before(stands.ends), stands.ends
    planned: dict[Key, str] = {}
    for plan in plans:
        if plan.period != stands.period and plan.begins <= ends and begins <= plan.ends:
            for key, sample in plan.samples.items():
                if begins <= (sample.planned_for or plan.ends) <= ends:
                    planned[now_called.get(key, key)] = sample.planned.assessor
    found = Counter[tuple[str, str, str]]()
    for unit in units:
        answered = unit.answered is not None and begins <= unit.answered.on <= ends
        if (answered or unit.key in planned) and unit.key not in chosen_from:
            found[planned.get(unit.key) or unit.assessor, unit.unit, unit.cohort] += 1
    return found


def _year_before(day: date) -> date:
    """The first of the twelve months of which that is the last day."""
    return months_after(days_after(day, 1), -12)
