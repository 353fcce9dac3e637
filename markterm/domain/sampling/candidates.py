"""The candidates of a plan: the units that were assessed in its period, with what its rules ask about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from markterm.domain.assessed.strategy import Always, Risk
from markterm.domain.sampling.assessed_unit import AssessedUnit
from markterm.domain.sampling.candidate import Candidate, Stage

RiskOf = Callable[[str, str], Risk]
"""The risk of an assessor in a unit, by the id of the one and the code of the other."""


def candidates_of(every: Sequence[AssessedUnit], begins: date, ends: date, risk_of: RiskOf) -> tuple[Candidate, ...]:
    """Those of all assessed units that a plan for these days chooses from, in the order of learner and unit: what was
    closed on one of them, and what is still being assessed."""
    first = _first_of_assessors(every)
    return tuple(
        _candidate(each, risk_of(each.assessor, each.unit), is_first=each.key in first)
        for each in sorted(every, key=lambda each: each.key)
        if each.closed is None or begins <= each.closed <= ends
    )


def _first_of_assessors(every: Iterable[AssessedUnit]) -> frozenset[tuple[str, str]]:
    """The first learner's unit of each assessor in each unit, whenever that was."""
    first: dict[tuple[str, str], AssessedUnit] = {}
    for each in every:
        own = each.assessor, each.unit
        before = first.get(own)
        if before is None or (each.begun, each.learner) < (before.begun, before.learner):
            first[own] = each
    return frozenset(each.key for each in first.values())


def _candidate(unit: AssessedUnit, risk: Risk, *, is_first: bool) -> Candidate:
    always = {
        Always.FIRST_DECISIONS: is_first,
        Always.RESUBMISSIONS: unit.attempt > 1,
        Always.IN_TRAINING: unit.in_training,
        Always.NOT_AGREED_BEFORE: unit.not_agreed,
        Always.OPEN_CASE: unit.has_open_case,
    }
    return Candidate(
        unit.learner,
        unit.unit,
        unit.assessor,
        unit.cohort,
        Stage.INTERIM if unit.closed is None else Stage.SUMMATIVE,
        unit.outcome,
        risk,
        frozenset(unit.labels),
        frozenset(each for each, holds in always.items() if holds),
        unit.sampled,
    )
