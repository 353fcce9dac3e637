"""The plain form of what waits for a verifier."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.views.queue import Queued


def queued_as_json(each: Queued, today: date) -> Json:
    """A step of a verifier in a unit of a learner as a JSON object; whether it is over is by that day."""
    step = each.step
    return {
        "registration": each.row.registration,
        "name": each.row.name,
        "unit": each.unit.code,
        "step": step.step.value,
        "what": each.what,
        "since": iso(step.since),
        "due": iso(step.due),
        "over": step.due is not None and step.due < today,
        "attempt": step.attempt,
        "criterion": step.criterion or None,
        "assessor": step.assessor,
        "verifier": step.verifier or None,
        "has_left": each.has_left,
        "whose": each.whose.value,
        "why_not": each.why_not,
        "verification": each.unit.verification.value or None,
        "why": step.why,
    }
