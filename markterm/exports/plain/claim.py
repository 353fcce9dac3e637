"""The plain form of what can be claimed, and was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markterm.domain.claims.claimable import Claimable
    from markterm.domain.claims.standing import ClaimStanding
    from markterm.domain.record.claims import ClaimRecord


def claim_as_json(claim: ClaimRecord, changed: Sequence[str]) -> Json:
    """What was claimed, with its steps and with what changed since, as a JSON object."""
    return {
        "unit": claim.unit.code if claim.unit is not None else None,
        "version": claim.unit.version if claim.unit is not None else None,
        "qualification": claim.qualification or None,
        "state": claim.state.value if claim.state is not None else None,
        "changed_since": list(changed),
        "steps": _steps(claim),
    }


def claimable_as_json(each: Claimable) -> Json:
    """A unit or a qualification with how far its claim is, and what blocks it, as a JSON object."""
    state = each.state
    return {
        "code": each.code,
        "title": each.title,
        "unit": each.unit.code if each.unit is not None else None,
        "version": each.unit.version if each.unit is not None else None,
        "qualification": each.qualification or None,
        "state": state.value if state is not None else None,
        "claimed_with": each.claimed_with or None,
        "ready": each.is_ready,
        "achieved": iso(each.achieved),
        "credits": each.credits,
        "grade": each.grade.value if each.grade is not None else None,
        "blocked_by": [
            {"code": block.code.value, "unit": block.unit or None, "sentence": block.sentence} for block in each.blocks
        ],
        "changed_since": list(each.changed),
        "steps": _steps(each.claim) if each.claim is not None else [],
        "badge": each.badge.state.value if each.badge is not None else None,
    }


def claim_standing_as_json(each: ClaimStanding) -> Json:
    """How the centre stands in a qualification, and what that means for claims, as a JSON object."""
    return {
        "qualification": each.code,
        "title": each.title or None,
        "organisation": each.organisation or None,
        "status": each.standing.status.value if each.standing.status is not None else None,
        "since": iso(each.standing.since),
        "signed_off": iso(each.signed_off),
        "held_by": list(each.holding),
        "needs": [fact.value for fact in each.needs],
    }


def _steps(claim: ClaimRecord) -> list[Json]:
    return [
        {
            "uid": step.uid,
            "step": step.step.value,
            "on": iso(step.on),
            "number": step.number or None,
            "text": step.text,
            "closings": list(step.rests_on),
            "taken_back": step.uid in claim.undone,
            "by": step.actor,
            "at": iso(step.at),
        }
        for step in claim.steps
    ]
