"""The plain form of what an external quality assurer looked at and picked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.visit_lists import VisitList


def visit_list_as_json(told: VisitList) -> Json:
    """The list of a visit as a JSON object."""
    return {
        "member": told.actor,
        "visit": iso(told.visit),
        "picked": [
            {"registration": each.registration, "at": iso(each.at), "why": each.why or None} for each in told.picked
        ],
        "looked_at": [
            {"registration": each, "at": iso(look.at), "opened": _at(look.opened), "listed": _at(look.listed)}
            for each, look in told.looked.items()
        ],
    }


def _at(when: datetime | None) -> str | None:
    return iso(when) if when is not None else None
