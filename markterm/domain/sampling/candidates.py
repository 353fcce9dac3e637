"""The candidates of a plan: the units that were assessed in its period, with what its rules ask about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from markterm.domain.assessed.strategy import Always, Risk, Strategies
from markterm.domain.sampling.assessed_unit import AssessedUnit
from markterm.domain.sampling.candidate import Candidate, Stage

RiskOf = Callable[[str, str], Risk]
"""The risk of an assessor in a unit, by the id of the one and the code of the other."""


def candidates_of(
    every: Sequence[AssessedUnit],
    begins: date,
    ends: date,
    today: date,
    risk_of: RiskOf,
    strategies: Strategies,
) -> tuple[Candidate, ...]:
    """Those of all assessed units that a plan for these days chooses from, in the order of learner and unit: what was
    closed on one of them, and what is still being assessed, unless they are over. Their labels are as the `strategies`
    call them."""
    first = _first_of_assessors(every)
    known: dict[tuple[tuple[str, str], ...], frozenset[tuple[str, str]]] = {}
    found = []
    for each in sorted(every, key=lambda each: each[:2]):
        if is_of(each, begins, ends, today):
            labels = known.get(each.labels)
            if labels is None:
                labels = known[each.labels] = strategies.called(each.labels)
            is_first = any(first[who, each.unit] is each for who, _ in each.began)
            found.append(_candidate(each, risk_of(each.assessor, each.unit), labels, is_first=is_first))
    return tuple(found)


def is_of(unit: AssessedUnit, begins: date, ends: date, today: date) -> bool:
    """Whether a plan for these days chooses from it."""
    return today <= ends if unit.closed is None else begins <= unit.closed <= ends


def _first_of_assessors(every: Iterable[AssessedUnit]) -> Mapping[tuple[str, str], AssessedUnit]:
    """By whoever decided something and unit the learner's unit in which they did first, whenever that was."""
    first: dict[tuple[str, str], tuple[date, str]] = {}
    found: dict[tuple[str, str], AssessedUnit] = {}
    for each in every:
        for who, on in each.began:
            place = on, each.learner
            if place < first.get((who, each.unit), (date.max, "")):
                first[who, each.unit], found[who, each.unit] = place, each
    return found


_ALWAYS = (
    Always.FIRST_DECISIONS,
    Always.RESUBMISSIONS,
    Always.IN_TRAINING,
    Always.NOT_AGREED_BEFORE,
    Always.OPEN_CASE,
)
_NEVER = frozenset[Always]()


def _candidate(unit: AssessedUnit, risk: Risk, labels: frozenset[tuple[str, str]], *, is_first: bool) -> Candidate:
    holds = (is_first, unit.attempt > 1, unit.in_training, unit.not_agreed, unit.has_open_case)
    return Candidate(
        unit.learner,
        unit.unit,
        unit.assessor,
        unit.cohort,
        Stage.INTERIM if unit.closed is None else Stage.SUMMATIVE,
        unit.outcome,
        risk,
        labels,
        frozenset(each for each, is_so in zip(_ALWAYS, holds, strict=True) if is_so) if any(holds) else _NEVER,
        unit.sampled,
        unit.given,
    )
