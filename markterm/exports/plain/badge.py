"""The plain form of a badge: as the centre lists it, and as it was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.badges import BadgeIssued
    from markterm.exports.badge.credential import BadgeChecked


def badge_as_json(learner: str, badge: BadgeIssued, state: str, why: str) -> Json:
    """A badge of a learner, what it is by now, and why it is to be revoked, as a JSON object."""
    revoked = badge.revoked
    return {
        "id": badge.uid,
        "learner": learner,
        "unit": badge.unit.code,
        "version": badge.unit.version,
        "state": state,
        "why": why or None,
        "issued": iso(badge.at),
        "issued_by": badge.actor,
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
