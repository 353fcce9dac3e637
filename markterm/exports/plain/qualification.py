"""The plain form of how far a learner is in a qualification."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.assessed.qualification import GroupUnit
    from markterm.domain.assessed.qualification_progress import QualificationProgress


def progress_as_json(attained: QualificationProgress) -> Json:
    """How far a learner is in a qualification as a JSON object."""
    return {
        "code": attained.qualification.code,
        "title": attained.qualification.title,
        "credits": attained.credits,
        "needed": attained.needed,
        "complete": attained.complete,
        "gained_by": _units(attained.counted),
        "missing": _units(attained.missing),
        "choices": [
            {
                "rule": str(choice.rule),
                "amount": choice.amount,
                "of": "units" if choice.in_units else "credits",
                "among": _units(choice.among),
            }
            for choice in attained.choices
        ],
        "example": _units(attained.example),
        "barring": [list(pair) for pair in attained.barring],
        "exact": attained.exact,
        "left_out": [
            {"unit": each.unit.code, "beside": each.beside.code, "sentence": each.sentence}
            for each in attained.left_out
        ],
        "rules": [
            {"rule": str(verdict.rule), "met": verdict.met, "sentence": verdict.sentence}
            for verdict in attained.verdicts
        ],
        "ends": iso(attained.ends),
        "days_left": attained.days_left,
        "sentence": attained.sentence,
    }


def _units(units: Sequence[GroupUnit]) -> list[Json]:
    return [{"code": unit.code, "title": unit.title, "credit": unit.credit} for unit in units]
