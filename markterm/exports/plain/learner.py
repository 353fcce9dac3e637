"""The plain form of a learner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.assessed.learner import Learner


def learner_as_json(learner: Learner) -> Json:
    """A learner, as their file registers them, as a JSON object."""
    return {
        "registration": learner.registration,
        "name": learner.name,
        "qualifications": list(learner.qualifications),
        "assessor": learner.assessor,
        "site": learner.site,
        "registered": iso(learner.registered),
    }


def named_as_json(learner: Learner) -> Json:
    """Who a learner is, as a JSON object."""
    return {"registration": learner.registration, "name": learner.name}
