"""What verifiers answered to the decisions that stand now: what a sample shows, and goes on with."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.verifying import INTERIM, SUMMATIVE, Sample, Verification, contradict
from markterm.domain.views.verified import AnswerOn


def answers_now(record: UnitRecord) -> tuple[Verification, ...]:
    """The verifications of the closing that stands, or the interim looks of the attempt that is being marked: several
    where two verifiers had not seen each other's."""
    closing = record.closing
    if closing is not None:
        return record.after.verified(closing.uid)
    return tuple(each for each in record.after.looks if each.attempt == record.attempt)


def given(record: UnitRecord) -> Mapping[str, tuple[AnswerOn, ...]]:
    """Those of them to what stands, by the numbers of the criteria."""
    found: dict[str, tuple[AnswerOn, ...]] = {}
    for verification in answers_now(record):
        for each in verification.answers:
            if each.decision in record.standing:
                found[each.criterion] = (*found.get(each.criterion, ()), AnswerOn(each, verification, stands=True))
    return found


def contradicted(record: UnitRecord) -> tuple[str, ...]:
    """The criteria, or `the unit`, about which two verifiers answered differently without having seen each other's
    answer."""
    return contradict(answers_now(record))


def sampled_as(record: UnitRecord) -> Sample | None:
    """Why the unit is verified now: the sample of its present attempt, of the stage that it is at first; None where
    nobody sampled it."""
    closing = record.closing
    if closing is not None:
        return record.after.sample(closing.attempt, SUMMATIVE)
    return record.after.sample(record.attempt, INTERIM) or record.after.sample(record.attempt, SUMMATIVE)
