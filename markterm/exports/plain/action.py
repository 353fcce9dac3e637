"""The plain form of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.actions import ActionRecord


def action_as_json(action: ActionRecord) -> Json:
    """An action with its steps as a JSON object."""
    return {
        "uid": action.uid,
        "criterion": action.criterion or None,
        "attempt": action.attempt,
        "text": action.text,
        "owner": action.owner,
        "due": iso(action.due),
        "state": action.state.value,
        "holds": action.holds,
        "verification": action.verification or None,
        "decisions": list(action.rests_on),
        "steps": [
            {
                "uid": each.uid,
                "step": each.step.value,
                "text": each.text,
                "owner": each.owner or None,
                "due": iso(each.due),
                "by": each.actor,
                "at": iso(each.at),
            }
            for each in action.steps
        ],
    }
