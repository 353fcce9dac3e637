"""What somebody looks at when they ask what of it can be exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markterm.domain.standards.coverage_asked import CoverageAsked
    from markterm.domain.views.listed_claims import ListedClaim
    from markterm.exports.writing import Progress


class Place(StrEnum):
    """Where they look at it; the value is what it is called."""

    CASELOAD = "the caseload"
    LEARNER = "a learner"
    INDEX = "a portfolio by standard"
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
    DEVELOPMENT = "somebody beside a role"
    COVERAGE = "the coverage of a standard"
    STANDARDS = "the standards"


class Looking:
    """Finding out what would be written: how far it is, and whether somebody stopped it. Several threads may use it."""

    def __init__(self) -> None:
        self.stop = Event()
        """Set, it ends."""
        self.done = self.of = 0
        """How far it is; of none where nobody knows how many there are."""

    def take(self, progress: Progress) -> None:
        """It is so far now."""
        self.done, self.of = progress.done, progress.of

    def each(self, learners: Sequence[str]) -> Iterator[str]:
        """Each of these, who is looked at next. Raises `ExportStopped` when somebody stops it."""
        self.of = len(learners)
        for number, learner in enumerate(learners):
            self._go_on(number)
            yield learner

    def go_through(self, steps: Iterable[object]) -> None:
        """Go through these, each of them a learner who is looked at. Raises `ExportStopped` when somebody stops it."""
        for number, _ in enumerate(steps, 1):
            self._go_on(number)

    def _go_on(self, done: int) -> None:
        from markterm.exports.writing import ExportStopped  # When something is exported, and not at the start.

        self.done = done
        if self.stop.is_set():
            raise ExportStopped


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The `learners` by their registrations: those of a list as it is filtered by `filters`, or the one who is open;
    the `unit` and the `assignment` by their codes, where one is open; of a plan its first and last day; and of a list
    of `claims` its lines, and the `coverage` of a standard as it is shown.

    `answers` are to what is asked before it is exported, by the names of the questions: what the screen proposes, and
    then what was answered; `people` says of participants elsewhere which learner they are, as it was asked. `looking`
    is told how far it is.
    """

    place: Place
    learners: tuple[str, ...] = ()
    filters: str = ""
    unit: str = ""
    assignment: str = ""
    period: tuple[date, date] | None = None
    claims: Sequence[ListedClaim] = ()
    coverage: CoverageAsked | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    looking: Looking = field(default_factory=Looking, compare=False)

    def answer(self, name: str) -> str:
        """The answer to the question of that name; empty where there is none."""
        return self.answers.get(name, "").strip()
