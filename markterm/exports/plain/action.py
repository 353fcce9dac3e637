"""The plain form of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.domain.record.bodies.visiting import Held
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from datetime import date

    from markterm.domain.record.actions import ActionRecord
    from markterm.domain.record.centre_actions import CentreAction


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


def centre_action_as_json(asked: CentreAction, today: date) -> Json:
    """An action of the centre, as it stands on that day, as a JSON object: it is on no learner's unit."""
    return {
        "registration": None,
        "name": None,
        "unit": None,
        "version": None,
        "source": asked.source.value,
        "about": asked.about,
        "on": iso(asked.on),
        **action_as_json(asked.action),
        "holds_claims": asked.holds_now(Held.CLAIMS),
        "holds_retention": asked.holds_now(Held.RETENTION),
        "qualification": asked.qualification or None,
        "overdue": asked.action.is_overdue(today),
    }
