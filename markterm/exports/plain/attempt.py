"""The plain form of an attempt at a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.closing import closing_as_json, release_as_json
from markterm.exports.plain.decision import decision_as_json
from markterm.exports.plain.submission import changes_as_json, declaration_as_json, submission_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.domain.record.submission import Changes
    from markterm.domain.rules.attempt import Attempt


def attempt_as_json(attempt: Attempt, since: Changes | None) -> Json:
    """An attempt as a JSON object; `since` is what became of its files after they were submitted, where that is
    known."""
    closing, released = attempt.closing, attempt.released
    return {
        "attempt": attempt.number,
        "always_sampled": attempt.always_sampled,
        "submission": submission_as_json(attempt.submission),
        "changes": changes_as_json(attempt.changes),
        "since_submitted": changes_as_json(since),
        "declaration": declaration_as_json(attempt.declaration),
        "decisions": [
            {"criterion": number, **decision_as_json(each), "stale": number in attempt.stale}
            for number, each in attempt.decided
        ],
        "closing": (
            closing_as_json(closing) | {"changed_since": attempt.changed_since} if closing is not None else None
        ),
        "also_closed": [closing_as_json(each) for each in attempt.also_closed],
        "released": release_as_json(released) if released is not None else None,
    }
