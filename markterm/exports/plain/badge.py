"""The plain form of a badge: as the centre lists it, and as it was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.assessed.unit import UnitKey
    from markterm.domain.claims.badges import BadgeStanding
    from markterm.exports.badge.credential import BadgeChecked


def badge_as_json(learner: str, unit: UnitKey, standing: BadgeStanding, fault: str = "") -> Json:
    """Where the badge of a unit of a learner stands, as a JSON object; `fault` is why what the record holds is none
    that the centre issued."""
    badge = standing.badge
    revoked = badge.revoked if badge is not None else None
    return {
        "id": badge.uid if badge is not None else None,
        "learner": learner,
        "unit": unit.code,
        "version": unit.version,
        "state": standing.state.value,
        "why": standing.why or None,
        "fault": fault or None,
        "issued": iso(badge.at) if badge is not None else None,
        "issued_by": badge.actor if badge is not None else None,
        "revoked": {"by": revoked.actor, "at": iso(revoked.at), "why": revoked.why} if revoked is not None else None,
    }


def checked_as_json(badge: BadgeChecked) -> Json:
    """What checking a badge came to, as a JSON object."""
    return {
        "proved": not badge.fault,
        "fault": badge.fault or None,
        "id": badge.identifier or None,
        "name": badge.name or None,
        "issuer": badge.issuer or None,
        "learner": badge.learner or None,
        "valid_from": badge.valid_from or None,
        "key": badge.public or None,
    }
