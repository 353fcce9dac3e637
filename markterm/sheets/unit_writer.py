"""Writing a unit's mark sheet: a new one in its plain form, or an existing one with only the changed lines changed."""

from __future__ import annotations

from markterm.domain.assessed.unit import Criterion, Unit
from markterm.sheets.front_matter import Part, value_text
from markterm.sheets.kinds import UNIT
from markterm.sheets.sheet_body import heading, title_heading
from markterm.sheets.sheet_parts import SheetWriter
from markterm.sheets.unit_sheet import STANDARDS


def _parts(unit: Unit) -> dict[Part, str]:
    """Every part of the sheet with the lines that say it, in order."""
    parts: dict[Part, str] = {("fence", "open"): "---", ("front", "kind"): "kind: unit"}
    values = {"code": unit.code, "title": unit.title, "level": unit.level, "credit": unit.credit, "glh": unit.glh}
    for key, value in {**values, "version": unit.version}.items():
        if value not in (None, ""):
            parts["front", key] = f"{key}: {value_text(str(value))}"
    if unit.graded is not None:
        parts["front", "graded"] = f"graded: {'yes' if unit.graded else 'no'}"
    if not unit.regulated:
        parts["front", "regulated"] = "regulated: no"
    if unit.due is not None:
        parts["front", "due"] = f"due: {unit.due}"
    parts["fence", "close"] = "---"
    parts["title",] = title_heading(unit.code, unit.title)
    if unit.guidance:
        parts["guidance",] = unit.guidance
    for outcome in unit.outcomes:
        parts["outcome", str(outcome.number)] = heading(2, f"LO{outcome.number} {outcome.title}")
        for criterion in outcome.criteria:
            parts.update(_criterion_parts(criterion))
    return parts


def _criterion_parts(criterion: Criterion) -> dict[Part, str]:
    marks = f" {{{criterion.marks.maximum}/{criterion.marks.minimum}}}" if criterion.marks else ""
    number = criterion.number
    parts: dict[Part, str] = {("criterion", number): f"- **{number}** {criterion.text}{marks}"}
    for descriptor in criterion.descriptors:
        parts["descriptor", number, descriptor.standing] = f"  - {descriptor.standing}: {descriptor.text}"
    if criterion.standards:
        parts["descriptor", number, STANDARDS] = f"  - {STANDARDS}: {', '.join(criterion.standards)}"
    return parts


UNIT_WRITER = SheetWriter(
    UNIT,
    _parts,
    "Give it a code, each outcome and criterion its own number, and every text one line.",
)
"""Writes units; one with a line break in a criterion, for one, cannot be written."""
