"""What somebody looks at when they ask what of it can be exported."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where they look at it."""

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
class Shown:
    """The `learners` by their registrations: those of a list as it is filtered, or the one who is open; the `unit` and
    the `assignment` by their codes, where one is open; and `named` what else it is about: a report, for one."""

    place: Place
    learners: tuple[str, ...] = ()
    unit: str = ""
    assignment: str = ""
    named: str = ""
