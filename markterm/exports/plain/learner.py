"""The plain form of a learner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markterm.domain.assessed.claiming import Claiming
    from markterm.domain.assessed.learner import Learner
    from markterm.domain.record.leaving import Departure


def learner_as_json(learner: Learner) -> Json:
    """A learner, as their file registers them, as a JSON object."""
    return {
        "registration": learner.registration,
        "name": learner.name,
        "qualifications": list(learner.qualifications),
        "standards": list(learner.standards),
        "assessor": learner.assessor,
        "site": learner.site,
        "registered": iso(learner.registered),
        "expires": iso(learner.expires),
        "registered_for": [
            {"qualification": each.qualification, "registered": iso(each.registered), "expires": iso(each.expires)}
            for each in learner.registered_for
        ],
        "left": iso(learner.left),
        "legal_name": learner.legal_name or None,
        "born": iso(learner.born),
        "uln": learner.uln or None,
        "email": learner.email or None,
        "funded": learner.funded,
    }


def departure_as_json(departure: Departure | None) -> Json | None:
    """That a learner left, transferred or came back, as a JSON object; null where nothing of it was recorded."""
    if departure is None:
        return None
    return {
        "step": departure.step.value,
        "on": iso(departure.on),
        "text": departure.text,
        "actor": departure.actor,
        "at": iso(departure.at),
    }


def standings_as_json(claiming: Claiming, qualifications: Iterable[str]) -> list[Json]:
    """How the centre stands in these qualifications, each as a JSON object."""
    known = {code: claiming.standing(code) for code in qualifications}
    return [
        {
            "qualification": code,
            "organisation": own.organisation or None,
            "status": own.status.value if own.status is not None else None,
            "since": iso(own.since),
        }
        for code, own in known.items()
    ]


def named_as_json(learner: Learner) -> Json:
    """Who a learner is, as a JSON object."""
    return {"registration": learner.registration, "name": learner.name}
