"""The plain form of a register beside the learners who are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.learner import learner_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.domain.register.beside import Beside


def beside_as_json(found: Beside) -> Json:
    """One learner of a register and what becomes of them, as a JSON object."""
    return {
        "lines": list(found.entry.lines),
        "verdict": found.verdict.value,
        "learner": learner_as_json(found.learner),
        "faults": list(found.entry.faults),
        "changes": [{"fact": each.fact, "was": each.was, "becomes": each.becomes} for each in found.changes],
        "notes": list(found.entry.notes),
    }
