"""The plain form of what was found in a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.exports.form.form import Form


def form_as_json(form: Form) -> Json:
    """What a form asks for as a JSON object."""
    reading = form.reading
    return {
        "form": form.file.path.name,
        "unit": form.unit.code,
        "version": form.unit.version,
        "complete": form.is_complete,
        "found": [
            {
                "what": each.field.value,
                "criterion": each.criterion or None,
                "section": each.section,
                "where": each.where,
                "label": each.label,
            }
            for each in reading.found
        ],
        "without_place": list(form.without_place()),
        "left": [{"where": each.where, "label": each.label, "why": each.why} for each in reading.left],
        "problems": list(reading.problems),
        "notes": list(form.notes),
    }
