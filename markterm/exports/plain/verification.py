"""The plain form of what verifiers sampled of a unit, looked at and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.domain.record.so_far import so_far
from markterm.domain.views.verified import own_result, same_results
from markterm.exports.plain.action import action_as_json
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.actions import Acknowledgement
    from markterm.domain.record.bodies.verifying import Answer
    from markterm.domain.record.portfolio import UnitRecord
    from markterm.domain.record.verifying import Sample, Verification


def unit_verification_as_json(record: UnitRecord) -> Json:
    """What was sampled of a unit, looked at and answered, and what that comes to, as a JSON object."""
    after = record.after
    return {
        "state": record.verification.value or None,
        "samples": [_sample_as_json(each) for each in after.samples],
        "looks": [verification_as_json(each, record) for each in after.looks],
        "verifications": [verification_as_json(each, record) for each in after.verifications],
        "actions": [action_as_json(each) for each in after.actions],
    }


def verification_as_json(verification: Verification, record: UnitRecord) -> Json:
    """A verifier's answer, to a closing or as an interim look, as a JSON object; `stale` says why it is."""
    report, far = verification.report, so_far(verification, record)
    return {
        "uid": verification.uid,
        "closing": verification.closing or None,
        "attempt": verification.attempt,
        "agrees": verification.agrees,
        "unfinished": verification.unfinished,
        "in_training": verification.in_training,
        "countersigns": verification.countersigns or None,
        "answered": far.answered,
        "decisions": far.decisions,
        "reason": verification.reason,
        "answers": [_answer_as_json(each, record) for each in verification.answers],
        "second_assessment": {"assessed": len(verification.own), "same_result": len(same_results(verification, record))}
        if verification.own
        else None,
        "strengths": report.strengths,
        "development": report.development,
        "vacsr": list(report.valid) if report.valid is not None else None,
        "feedback_quality": list(report.feedback) if report.feedback is not None else None,
        "overrides": [
            {"rule": each.rule, "authorised_by": each.authorised_by, "reason": each.reason}
            for each in verification.overrides
        ],
        "acknowledged": _acknowledgement_as_json(record.after.acknowledged(verification.uid)),
        "stale": record.why_stale(verification) or None,
        "actor": verification.actor,
        "at": iso(verification.at),
    }


def _acknowledgement_as_json(read: Acknowledgement | None) -> Json | None:
    return {"word": read.word, "actor": read.actor, "at": iso(read.at)} if read is not None else None


def _sample_as_json(sample: Sample) -> Json:
    return {
        "uid": sample.uid,
        "attempt": sample.attempt,
        "stage": sample.stage,
        "why": sample.why,
        "verifier": sample.verifier or None,
        "due": sample.due.isoformat() if sample.due is not None else None,
        "actor": sample.actor,
        "at": iso(sample.at),
    }


def _answer_as_json(answer: Answer, record: UnitRecord) -> Json:
    return {
        "criterion": answer.criterion,
        "decision": answer.decision,
        "agrees": answer.agrees,
        "reason": answer.reason,
        "looked": answer.looked.value if answer.looked is not None else None,
        "own_result": answer.own.value if answer.own is not None else None,
        "own_decided": own_result(answer, record) or None,
        "by": answer.by or None,
    }
