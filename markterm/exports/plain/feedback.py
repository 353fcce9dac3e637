"""The plain form of the feedback on a unit, and of the advice to whoever writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.evidence import citation_as_json
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.feedback.feedback import Remark, UnitFeedback
    from markterm.domain.feedback.feedback_advice import Advice


def feedback_as_json(told: UnitFeedback) -> Json:
    """What is told of a unit as a JSON object."""
    return {
        "unit": told.unit.code,
        "attempt": told.attempt,
        "outcome": told.closing.outcome.value if told.closing is not None else None,
        "grade": told.closing.grade.value if told.closing is not None and told.closing.grade is not None else None,
        "summary": told.closing.feedback if told.closing is not None else "",
        "outcomes": [
            {
                "number": outcome.number,
                "title": outcome.title,
                "strengths": [_remark_as_json(remark) for remark in outcome.strengths],
                "missing": [_remark_as_json(remark) for remark in outcome.missing],
                "not_achieved": [_remark_as_json(remark) for remark in outcome.not_achieved],
            }
            for outcome in told.outcomes
        ],
        "waiting": list(told.waiting),
        "higher_open": list(told.higher_open),
        "due_on": iso(told.due_on),
    }


def advice_as_json(advice: Advice) -> Json:
    """A piece of advice as a JSON object."""
    return {
        "concern": advice.concern.value,
        "unit": advice.unit,
        "criteria": list(advice.numbers),
        "sentence": advice.sentence,
    }


def _remark_as_json(remark: Remark) -> Json:
    return {
        "criterion": remark.criterion.number,
        "wording": remark.wording,
        "note": remark.note,
        "attempt": remark.attempt,
        # The place is told in full here, as the learner reads it.
        "citations": [citation_as_json(each) | {"place": each.passage.locator} for each in remark.citations],
    }
