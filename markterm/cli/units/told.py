"""What a unit that is taken in or typed comes to, as JSON."""

from __future__ import annotations

from markterm.centre.unit_papers import UnitTakenIn
from markterm.exports.plain.doubts import doubts_as_json, left_out_as_json
from markterm.exports.plain.finding import finding_as_json
from markterm.exports.plain.values import Json


def unit_as_json(taken: UnitTakenIn) -> Json:
    """The unit with its counts and all that is to be checked, as a JSON object."""
    unit = taken.unit
    sheet = taken.sheet
    return {
        "code": unit.code or None,
        "number": taken.number or None,
        "version": unit.version,
        "title": unit.title or None,
        "level": unit.level,
        "credit": unit.credit,
        "glh": unit.glh,
        "graded": unit.graded,
        "outcomes": [
            {
                "number": outcome.number,
                "title": outcome.title,
                "criteria": [
                    {
                        "number": each.number,
                        "text": each.text,
                        "level": each.level.value if each.level is not None else None,
                        "descriptors": {told.standing.value: told.text for told in each.descriptors},
                        "marks": None if each.marks is None else [each.marks.maximum, each.marks.minimum],
                    }
                    for each in outcome.criteria
                ],
            }
            for outcome in unit.outcomes
        ],
        "sheet": None
        if sheet is None
        else {"file": sheet.path.name, "meets": sheet.meets.value, "differs": list(sheet.differs)},
        "to_check": doubts_as_json(taken.doubts, taken.places.of_line),
        "left_out": left_out_as_json(taken.left_out, taken.places.of_line),
        "findings": [finding_as_json(each) for each in taken.to_mend],
        "form_without_place": None if taken.without_place is None else list(taken.without_place),
    }
