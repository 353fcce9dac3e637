"""What somebody looks at when they ask what of it can be exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markterm.domain.views.listed_claims import ListedClaim


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
    CLAIMS = "the claims"
    VISITS = "the visits"
    RETENTION = "what is kept until when"


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The `learners` by their registrations: those of a list as it is filtered by `filters`, or the one who is open;
    the `unit` and the `assignment` by their codes, where one is open; of a plan its first and last day; and of a list
    of `claims` its lines.

    `answers` are to what is asked before it is exported, by the names of the questions: what the screen proposes, and
    then what was answered; `people` says of participants elsewhere which learner they are, as it was asked.
    """

    place: Place
    learners: tuple[str, ...] = ()
    filters: str = ""
    unit: str = ""
    assignment: str = ""
    period: tuple[date, date] | None = None
    claims: Sequence[ListedClaim] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def answer(self, name: str) -> str:
        """The answer to the question of that name; empty where there is none."""
        return self.answers.get(name, "").strip()
