"""The unit of a sample as it stands: its decisions, and what was answered to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import DECIDED
from markterm.domain.record.verifying import Sample, Verification
from markterm.domain.views.answers import answers_now, contradicted, given, sampled_as
from markterm.domain.views.verified import AnswerOn


class SampleNow(NamedTuple):
    """What is shown of it. `shown` is the learner on this unit alone; `decided` how many decisions there are to answer
    to, `given` what was answered to them by the numbers of their criteria, and `contradicted` the criteria, or `the
    unit`, about which two verifiers differ."""

    shown: LearnerPortfolio
    unit: Unit
    record: UnitRecord
    sample: Sample | None
    decided: int
    given: Mapping[str, tuple[AnswerOn, ...]]
    answers: tuple[Verification, ...]
    contradicted: tuple[str, ...]


def sample_now(learner: LearnerPortfolio, unit_code: str) -> SampleNow:
    """The unit of that code, of that learner, as it stands. Raises `WrongUse` when they are not on it."""
    unit = learner.unit(unit_code)
    record = learner.portfolio.unit(unit.key)
    decided = sum(record.criterion(each.number).state in DECIDED for each in unit.criteria)
    return SampleNow(
        replace(learner, units=(unit,)),
        unit,
        record,
        sampled_as(record),
        decided,
        given(record),
        answers_now(record),
        contradicted(record),
    )
