"""The plain form of an integrated assignment, as its sheet has it and as one is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.assessed.assignment import Assignment, Cell
    from markterm.domain.assessed.unit import Unit
    from markterm.domain.views.integration import Proposal


def cell_as_json(cell: Cell) -> Json:
    """A criterion that a task carries as a JSON object."""
    return {"unit": cell.unit, "criterion": cell.criterion}


def assignment_as_json(assignment: Assignment, units: Mapping[str, Unit]) -> Json:
    """An assignment beside the sheets of its units, by code, as a JSON object: in each task every criterion with the
    task that decides it, and what is not covered."""

    def text(cell: Cell) -> str:
        criterion = units[cell.unit].criterion(cell.criterion) if cell.unit in units else None
        return criterion.text if criterion is not None else ""

    return {
        "code": assignment.code,
        "title": assignment.title,
        "approved": iso(assignment.approved),
        "approval": assignment.approval,
        "units": list(assignment.units),
        "tasks": [
            {
                "number": task.number,
                "title": task.title,
                "evidence": task.evidence,
                "criteria": [
                    {
                        **cell_as_json(cell),
                        "carried_by": [each.number for each in assignment.tasks_carrying(cell)],
                        "decided_in": decides.number if (decides := assignment.deciding_task(cell)) else None,
                    }
                    for cell in dict.fromkeys(task.cells)
                ],
            }
            for task in assignment.tasks
        ],
        "not_covered": [{**cell_as_json(cell), "text": text(cell)} for cell in assignment.uncovered(units)],
        "decided_in_no_single_task": [cell_as_json(cell) for cell in assignment.undecided],
        "units_without_mark_sheet": list(assignment.without_sheet(units)),
    }


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
