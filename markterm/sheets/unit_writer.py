"""Writing a unit's mark sheet: a new one in its plain form, or an existing one with only the changed lines changed."""

from __future__ import annotations

from markterm.domain.errors import WrongUse
from markterm.domain.foreign_text import one_line
from markterm.domain.unit import Criterion, Unit
from markterm.sheets.front_matter import Part, value_text
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_body import heading, title_heading
from markterm.sheets.sheet_parts import rewritten, text_of
from markterm.sheets.unit_sheet import STANDARDS, read_unit


def render_unit(unit: Unit) -> str:
    """The sheet of `unit` in its plain form; reading it gives `unit` again.

    Raises WrongUse for a unit that no sheet can hold, such as one with a line break in a criterion.
    """
    sheet = text_of(_parts(unit))
    if read_unit(sheet).sheet != unit:
        raise WrongUse(
            "This unit cannot be written",
            f"The sheet of {one_line(unit.code) or 'a unit without code'} would be read differently.",
            "Give it a code, each outcome and criterion its own number, and every text one line.",
        )
    return sheet


def rewrite_unit(reading: SheetReading[Unit], unit: Unit) -> str:
    """The sheet of `reading` changed to say `unit`, with every line that need not change kept byte for byte.

    A text, a value, a criterion or a descriptor that is changed, added or taken out touches its own lines. When that
    is not enough (something changes its place, or free text that stands in several places changes), the sheet is
    written anew in its plain form. Raises WrongUse for a unit that no sheet can hold.
    """
    if unit == reading.sheet:
        return reading.source
    return rewritten(
        reading.source,
        reading.places,
        (_parts(reading.sheet) if reading.sheet is not None else None, _parts(unit)),
        lambda text: read_unit(text).sheet == unit,
        lambda: render_unit(unit),
    )


def _parts(unit: Unit) -> dict[Part, str]:
    """Every part of the sheet with the lines that say it, in order."""
    parts: dict[Part, str] = {("fence", "open"): "---", ("front", "kind"): "kind: unit"}
    values = {"code": unit.code, "title": unit.title, "level": unit.level, "credit": unit.credit, "glh": unit.glh}
    for key, value in {**values, "version": unit.version}.items():
        if value not in (None, ""):
            parts["front", key] = f"{key}: {value_text(str(value))}"
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
