"""Writing an assignment's sheet: a new one in its plain form, or one that is there with only what changed changed."""

from __future__ import annotations

from itertools import groupby

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.sheets.assignment_file import EVIDENCE, MIXED
from markterm.sheets.front_matter import Part, list_text, value_text
from markterm.sheets.kinds import ASSIGNMENT
from markterm.sheets.sheet_body import heading, title_heading
from markterm.sheets.sheet_parts import SheetWriter


def _parts(assignment: Assignment) -> dict[Part, str]:
    """Every part of the sheet with the lines that say it, in order."""
    parts: dict[Part, str] = {("fence", "open"): "---", ("front", "kind"): "kind: assignment"}
    approved = assignment.approved.isoformat() if assignment.approved else ""
    reference = f"ref {assignment.approval}" if assignment.approval else ""
    values = {
        "code": value_text(assignment.code),
        "title": value_text(assignment.title),
        "units": list_text(assignment.units),
        "approval": value_text(f"{approved} {reference}".strip()),
        "suites": MIXED if assignment.mixed_suites else "",
        "due": assignment.due.isoformat() if assignment.due is not None else "",
    }
    for key, value in values.items():
        if value not in ("", "[]"):
            parts["front", key] = f"{key}: {value}"
    parts["fence", "close"] = "---"
    parts["title",] = title_heading(assignment.code, assignment.title)
    if assignment.guidance:
        parts["guidance",] = assignment.guidance
    for task in assignment.tasks:
        parts.update(_task_parts(task))
    return parts


def _task_parts(task: Task) -> dict[Part, str]:
    number = str(task.number)
    parts: dict[Part, str] = {("task", number): heading(2, f"Task {number} {task.title}")}
    if task.brief:
        parts["brief", number] = task.brief
    for place, (unit, cells) in enumerate(groupby(task.cells, key=lambda cell: cell.unit)):
        named = ", ".join(_criterion(cell, task) for cell in cells)
        parts["criteria", number, str(place)] = f"- {unit}: {named}"
    if task.evidence:
        parts["evidence", number] = f"- {EVIDENCE}: {task.evidence}"
    return parts


def _criterion(cell: Cell, task: Task) -> str:
    return f"**{cell.criterion}**" if cell in task.decides else cell.criterion


ASSIGNMENT_WRITER = SheetWriter(
    ASSIGNMENT,
    _parts,
    "Give it a code, each task its own number, every title one line, and only criteria of its own units.",
)
"""Writes assignments, every criterion by its number; one whose brief names criteria in a list, for one, cannot be
written."""
