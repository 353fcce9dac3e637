"""The plain form of a decision, and of the criterion that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.assessed.unit import UnitKey
    from markterm.domain.record.decision import Decision


def place_as_json(unit: UnitKey, criterion: str) -> Json:
    """Which criterion of which unit, as a JSON object."""
    return {"unit": unit.code, "version": unit.version, "criterion": criterion}


def decision_as_json(decision: Decision) -> Json:
    """A decision as a JSON object."""
    occasion, scale = decision.occasion, decision.scale
    return {
        "uid": decision.uid,
        "result": decision.result.value,
        "decided": decision.state.value,
        "level": decision.level.value if decision.level is not None else None,
        "note": decision.note,
        "note_by": list(decision.note_authors),
        "reason": decision.reason or None,
        "actor": decision.actor,
        "at": iso(decision.at),
        "attempt": decision.attempt,
        "wording": decision.wording,
        "carried_to": decision.carried_to or None,
        "assignment": occasion.assignment or None,
        "task": occasion.task,
        "task_title": occasion.title or None,
        "batch": occasion.batch or None,
        "marks": decision.marks,
        "maximum": scale.maximum if scale is not None else None,
        "minimum": scale.minimum if scale is not None else None,
        "in_training": decision.in_training,
        "amended": decision.amended or None,
        "countersigned_by": decision.countersigned_by or None,
    }
