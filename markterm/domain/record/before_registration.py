"""Decisions that were made before the learner was registered with the awarding organisation: that is told, and refused
nowhere, for the day may have been written down wrongly as well."""

from __future__ import annotations

from datetime import date

from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.words.local_time import local


def before_registration(record: UnitRecord, registered: date | None) -> str:
    """That something that stands in the unit was decided before the registration, with both days; empty where nothing
    was, or nobody knows the day."""
    if registered is None:
        return ""
    first = min((local(each.at).date() for own in record.criteria.values() for each in own.standing), default=None)
    if first is None or first >= registered:
        return ""
    return f"decided on {first.isoformat()}, before the registration on {registered.isoformat()}"
