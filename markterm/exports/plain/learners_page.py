"""What a learner is told of themselves, as JSON."""

from __future__ import annotations

from typing import Any

from markterm.domain.views.told_to_learner import ToldToLearner


def learners_page_as_json(told: ToldToLearner) -> dict[str, Any]:
    """All that is on the learner's page."""
    return {
        "registration": told.learner.registration,
        "name": told.learner.name,
        "day": told.today.isoformat(),
        "left": told.left,
        "incomplete": told.incomplete,
        "units": [
            {
                "unit": each.code,
                "title": each.title,
                "stands": each.standing.value,
                "reached": each.reached,
                "on": each.on.isoformat() if each.on is not None else None,
                "attempt": each.attempt,
                "due": each.due.isoformat() if each.due is not None else None,
                "outstanding": each in told.outstanding,
            }
            for each in told.units
        ],
        "qualifications": [
            {
                "qualification": each.qualification.code,
                "credits": each.credits,
                "needed": each.needed,
                "passed": [unit.code for unit in each.counted],
                "missing": [unit.code for unit in each.missing],
            }
            for each in told.progress
        ],
        "feedback": [
            {
                "of": each.code,
                "attempt": each.release.attempt,
                "released": each.on.isoformat(),
                "stands": each.stands,
                "text": each.release.text,
            }
            for each in told.feedback
        ],
        "rated": [
            {"statement": str(each.link), "rating": each.rating, "example": each.example, "on": each.on.isoformat()}
            for each in told.ratings
        ],
    }
