"""Claims: which units and qualifications of whom are ready, what blocks the others, and what became of each claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from markterm.centre.caseload import Caseload
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.learner import Learner
from markterm.domain.claims import steps
from markterm.domain.claims.claimable import AfterVisits, Claimable, Claimant, claimables
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.rules.act import Act
from markterm.domain.words.code import the_one
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local


@dataclass(frozen=True, slots=True)
class ClaimsOf:
    """What can be claimed for a learner, and was."""

    learner: Learner
    claimables: tuple[Claimable, ...]


class Claims:
    """The claims of a centre's learners. Verbs raise as `Recorder.record` does, and `WrongUse` for what the learner is
    not on."""

    def __init__(
        self,
        details: CentreDetails,
        recorder: Recorder,
        sheets: CentreSheets,
        caseload: Caseload,
        clock: Callable[[], datetime],
        visited: Callable[[], AfterVisits],
    ) -> None:
        self._details = details
        self._recorder = recorder
        self._sheets = sheets
        self._caseload = caseload
        self._now = clock
        self.visited = visited
        """What visits of the external quality assurer left, as the centre's record is now."""

    def of(self, registration: str) -> ClaimsOf:
        """The learner's qualifications, then their units. Raises `Unreadable`."""
        return self.of_shown(self._recorder.learners.portfolio(registration), self.visited())

    def of_everybody(self) -> Iterator[ClaimsOf | None]:
        """Those of each learner in the caseload as it was read last, one after the other; None for one who cannot be
        read: the caseload tells of them."""
        visited = self.visited()
        for row in self._caseload.rows:
            found: ClaimsOf | None = None
            with suppress(MarkTermError):
                found = self.of_shown(self._recorder.learners.portfolio(row.registration), visited)
            yield found

    def claim(self, registration: str, code: str, on: date | None = None, number: str = "", text: str = "") -> Recorded:
        """Record that a unit or a qualification was claimed. Raises `Refused`, too, while the record is incomplete."""
        self._recorder.learners.require_whole(registration, "claimed")
        return self._record(registration, code, lambda act, of: steps.claim(act, of, on, number, text))

    def go_on(
        self,
        registration: str,
        code: str,
        step: ClaimStep,
        on: date | None = None,
        number: str = "",
        text: str = "",
    ) -> Recorded:
        """Record that its certificate was received, or sent."""
        return self._record(registration, code, lambda act, of: steps.go_on(act, of, step, on, number, text))

    def exempt(self, registration: str, code: str, text: str, on: date | None = None) -> Recorded:
        """Record that no certificate of it is needed."""
        return self._record(registration, code, lambda act, of: steps.exempt(act, of, text, on))

    def take_back(self, registration: str, code: str, text: str) -> Recorded:
        """Record that the furthest step of its claim was no such thing."""
        return self._record(registration, code, lambda act, of: steps.take_back(act, of, text))

    def _record(self, registration: str, code: str, step: Callable[[Act, Claimable], Event]) -> Recorded:
        visited = self.visited()
        return self._recorder.record(registration, lambda act, now: step(act, named(self.of_shown(now, visited), code)))

    def of_shown(self, shown: LearnerPortfolio, visited: AfterVisits) -> ClaimsOf:
        """The same of a learner as they were read just now."""
        today = local(self._now()).date()
        progress = self._sheets.progress_in_qualifications(shown.learner, shown.portfolio, today)
        who = Claimant(
            shown.learner,
            shown.units,
            shown.portfolio,
            progress,
            self._details.claiming,
            today,
            shown.incomplete,
            bool(shown.newer),
            visited,
        )
        return ClaimsOf(shown.learner, claimables(who))


def named(of: ClaimsOf, code: str) -> Claimable:
    """The unit or qualification of the learner that the code means. Raises `WrongUse` when there is not exactly one."""
    return the_one(of.claimables, code, "unit or qualification", _nothing_such(of.learner, of.claimables, code))


def _nothing_such(learner: Learner, every: Sequence[Claimable], code: str) -> WrongUse:
    codes = ", ".join(each.code for each in every) or "none with a sound sheet"
    return WrongUse(
        "No such unit or qualification",
        f"{learner.registration} is neither on a unit nor on a qualification {one_line(code)}.",
        f"They are on {codes}.",
    )
