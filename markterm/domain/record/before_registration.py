"""Decisions that were made before the learner was registered with the awarding organisation: that is told, and refused
nowhere, for the day may have been written down wrongly as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.portfolio import Portfolio, UnitRecord
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


def of_the_registration(learner: Learner, portfolio: Portfolio, key: UnitKey) -> Iterator[str]:
    """What whoever reads a sheet of that unit has to know of the learner's registration, each a sentence: that it was
    decided before any of it began, and that the learner left."""
    if early := before_registration(portfolio.unit(key), learner.registered_on(learner.qualifications)):
        yield f"It was {early}."
    departure = portfolio.departure
    if departure is not None and departure.is_away:
        yield f"The learner {departure.with_day}."
