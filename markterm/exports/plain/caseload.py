"""The plain form of a learner's row in the caseload, and of what is due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.views.caseload import CaseloadRow, UnitProgress
    from markterm.domain.views.due import Due


def row_as_json(row: CaseloadRow, today: date) -> Json:
    """A row of the caseload as a JSON object; by `today` an action, or an item of CPD, is overdue or not."""
    return {
        "registration": row.registration,
        "name": row.name,
        "folder": row.folder,
        "qualifications": list(row.qualifications),
        "credits": [
            {"qualification": each.code, "gained": each.gained, "needed": each.needed, "complete": each.complete}
            for each in row.credits
        ],
        "new_files": row.new,
        "new_files_for": list(row.new_for),
        "units": [_progress_as_json(unit, today) for unit in row.units],
        "decided": row.decided,
        "passed": row.passed,
        "criteria": row.criteria,
        "waiting": row.next.person.value if row.next is not None else None,
        "step": row.next.step.value if row.next is not None else None,
        "since": iso(row.since),
        "due_on": iso(row.due_day),
        "assessor": row.assessor,
        "site": row.site,
        "problem": row.problem,
        "cpd_due": [iso(day) for day in row.cpd],
        "cpd_overdue": row.cpd_overdue(today),
        "left": row.left or None,
    }


def _progress_as_json(unit: UnitProgress, today: date) -> Json:
    return {
        "code": unit.code,
        "state": unit.state.value,
        "decided": unit.decided,
        "passed": unit.passed,
        "criteria": unit.criteria,
        "higher_open": unit.higher_open,
        "conflicts": unit.conflicts,
        "uncountersigned": unit.uncountersigned,
        "changed": unit.changed,
        "stale": unit.stale,
        "sampled": unit.sampled,
        "owners": list(unit.owners),
        "owed": [
            {
                "step": each.step.value,
                "member": each.member,
                "criterion": each.criterion or None,
                "due": iso(each.due),
                "overdue": each.is_overdue(today),
            }
            for each in unit.owed
        ],
        "verification": unit.verification.value or None,
        "answered": unit.answered,
        "case_open": unit.has_case,
        "claim": unit.claim or None,
        "claim_changed": unit.claim_changed,
        "badge": unit.badge or None,
        "evidence_destroyed": unit.destroyed,
        "before_registration": unit.before_registration or None,
        "due_on": iso(unit.due_on),
        "late": unit.due_day is not None and unit.due_day < today,
        "waiting": [due_as_json(each) for each in unit.due],
    }


def due_as_json(due: Due) -> Json:
    """A step that is due, who takes it, and since when, as a JSON object."""
    return {"step": due.step.value, "person": due.person.value, "since": iso(due.since)}
