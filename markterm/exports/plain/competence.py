"""The plain form of a requirement for staff, with what a member has shown for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.assessed.competence import Competence


def competence_as_json(each: Competence) -> Json:
    """A requirement and whether it is met as a JSON object."""
    requirement, shown = each.requirement, each.shown
    return {
        "code": requirement.code,
        "text": requirement.text,
        "cpd": requirement.is_cpd,
        "years": requirement.years,
        "evidence": list(requirement.evidence),
        "lasting": list(requirement.lasting),
        "state": each.state.value,
        "until": iso(each.until),
        "shown": (
            {"day": iso(shown.day), "what": shown.what, "for_good": shown.for_good} if shown is not None else None
        ),
    }
