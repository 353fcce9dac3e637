"""What somebody looks at when they ask what of it can be exported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Place(StrEnum):
    """Where they look at it; the value is what it is called."""

    CASELOAD = "the caseload"
    LEARNER = "a learner"
    FEEDBACK = "feedback"
    SAMPLE = "a sample"
    QUEUE = "the queue"
    PLAN = "the sampling plan"
    ACTIONS = "the actions"
    REPORTS = "the reports"
    STANDARDISATION = "standardisation"


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The `learners` by their registrations: those of a list as it is filtered by `filters`, or the one who is open;
    the `unit` and the `assignment` by their codes, where one is open; and of a plan its first and last day."""

    place: Place
    learners: tuple[str, ...] = ()
    filters: str = ""
    unit: str = ""
    assignment: str = ""
    period: tuple[date, date] | None = None
