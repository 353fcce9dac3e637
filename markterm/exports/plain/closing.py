"""The plain form of a unit's closing, and of the release of its feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.after_closing import Release
    from markterm.domain.record.portfolio import Closing


def closing_as_json(closing: Closing) -> Json:
    """A closing as a JSON object."""
    return {
        "uid": closing.uid,
        "outcome": closing.outcome.value,
        "grade": closing.grade.value if closing.grade is not None else None,
        "feedback": closing.feedback,
        "actor": closing.actor,
        "at": iso(closing.at),
        "reopened": closing.reopened,
        "evidence_changed": list(closing.evidence_changed),
    }


def release_as_json(release: Release) -> Json:
    """A release, with the text that went to the learner, as a JSON object."""
    return {"attempt": release.attempt, "actor": release.actor, "at": iso(release.at), "text": release.text}
