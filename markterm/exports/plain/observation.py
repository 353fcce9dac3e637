"""The plain form of an observation of an assessor, or of an interview about their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from datetime import date

    from markterm.domain.record.observation import Observation


def observation_as_json(observation: Observation, today: date) -> Json:
    """An observation as a JSON object, on that day."""
    said, plan = observation.said, observation.plan
    return {
        "id": observation.uid,
        "state": observation.state.value,
        "overdue": observation.is_overdue(today),
        "assessor": said.assessor,
        "how": said.how.value,
        "verifier": said.verifier,
        "unit": said.unit or None,
        "learner": said.learner or None,
        "witness": said.witness or None,
        "due": iso(plan.due) if plan is not None else None,
        "why": (plan.text or None) if plan is not None else None,
        "dropped": observation.dropped,
        "records": [
            {
                "actor": each.actor,
                "on": iso(each.said.on),
                "text": each.said.text,
                "strengths": each.said.strengths,
                "development": each.said.development,
            }
            for each in observation.records
        ],
    }
