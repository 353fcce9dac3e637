"""The plain form of an assessor's risk rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.sampling.risk import AssessorRating


def rating_as_json(rated: AssessorRating) -> Json:
    """An assessor's rating in a unit as a JSON object, with the numbers that it rests on."""
    grounds, own = rated.grounds, rated.own
    return {
        "assessor": rated.assessor,
        "unit": rated.unit,
        "risk": rated.rating.risk.value,
        "points": rated.rating.points,
        "grounds": list(rated.rating.grounds),
        "decisions": grounds.decisions,
        "referrals": grounds.referrals,
        "looked_at": grounds.looked_at,
        "not_agreed": grounds.not_agreed,
        "in_training": grounds.in_training,
        "standardised": iso(grounds.standardised),
        "others_decisions": grounds.others_decisions,
        "others_referrals": grounds.others_referrals,
        "own": {"risk": own.risk.value, "reason": own.reason, "actor": own.actor, "until": own.until.isoformat()}
        if own is not None
        else None,
    }
