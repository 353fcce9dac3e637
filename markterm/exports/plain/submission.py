"""The plain form of what a learner handed in and declared, and of what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.declaration import Declaration
    from markterm.domain.record.submission import Changes, Submission


def submission_as_json(submission: Submission | None) -> Json | None:
    """A submission as a JSON object."""
    if submission is None:
        return None
    return {
        "attempt": submission.attempt,
        "files": dict(submission.files),
        "actor": submission.actor,
        "at": iso(submission.at),
        "authorised_by": submission.authorised_by or None,
        "conditions": list(submission.conditions),
        "at_closing": submission.at_closing,
        "no_evidence": submission.no_evidence or None,
        "unread": list(submission.unread),
    }


def declaration_as_json(declared: Declaration | None) -> Json | None:
    """A declaration of authenticity as a JSON object."""
    if declared is None:
        return None
    return {
        "form": declared.form,
        "on": iso(declared.on),
        "refuses_use": declared.refuses_use,
        "attempt": declared.attempt,
        "actor": declared.actor,
        "at": iso(declared.at),
    }


def changes_as_json(changes: Changes | None) -> Json | None:
    """What became of files, by their names, as a JSON object."""
    if changes is None:
        return None
    return {
        "added": list(changes.added),
        "changed": list(changes.changed),
        "removed": list(changes.removed),
        "renamed": [list(pair) for pair in changes.renamed],
    }
