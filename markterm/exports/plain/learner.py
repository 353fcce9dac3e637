"""The plain form of a learner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markterm.domain.assessed.claiming import Claiming
    from markterm.domain.assessed.learner import Learner


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
        "left": iso(learner.left),
        "legal_name": learner.legal_name or None,
        "born": iso(learner.born),
        "uln": learner.uln or None,
        "email": learner.email or None,
        "funded": learner.funded,
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
