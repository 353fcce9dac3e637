"""The plain form of an integrated assignment, as its sheet has it and as one is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.domain.assignment import Cell
    from markterm.domain.integration import Proposal


def cell_as_json(cell: Cell) -> Json:
    """A criterion that a task carries as a JSON object."""
    return {"unit": cell.unit, "criterion": cell.criterion}


def proposal_as_json(proposal: Proposal) -> Json:
    """A proposal as a JSON object."""
    return {
        "units": [unit.code for unit in proposal.units],
        "tasks": [
            {
                "number": number,
                "title": task.title,
                "score": task.score,
                "saves": task.saves,
                "shared": list(task.shared),
                "reasons": list(task.reasons),
                "warnings": list(task.warnings),
                "criteria": [
                    {
                        **cell_as_json(asked.cell),
                        "text": asked.criterion.text,
                        "verb": asked.verb.word if asked.verb else None,
                    }
                    for asked in task.asked
                ],
            }
            for number, task in enumerate(proposal.tasks, 1)
        ],
        "saves": proposal.saves,
        "saving": proposal.saving,
        "notes": list(proposal.notes),
    }
