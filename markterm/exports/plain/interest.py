"""The plain form of a conflict of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from datetime import date

    from markterm.domain.record.interest import Interest


def interest_as_json(interest: Interest) -> Json:
    """A conflict of interest as a JSON object."""
    return {
        "uid": interest.uid,
        "member": interest.member,
        "registration": interest.learner,
        "why": interest.why,
        "since": _day(interest.since),
        "told": _day(interest.told),
        "ended": _day(interest.ended),
        "actor": interest.actor,
        "at": iso(interest.at),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
