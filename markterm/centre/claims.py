"""Claims: which units and qualifications of whom are ready, what blocks the others, and what became of each claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.learner import Learner
from markterm.domain.claims import steps
from markterm.domain.claims.claimable import AfterVisits, Claimable, Claimant, claimables
from markterm.domain.claims.standing import ClaimStanding, claim_standings
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.code import the_one
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.domain.words.nearly import did_you_mean

_SOME_WORDS = "…"
"""Stand for what is going to be written."""


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
        clock: Callable[[], datetime],
        visited: Callable[[], AfterVisits],
    ) -> None:
        self._details = details
        self._recorder = recorder
        self._sheets = sheets
        self._now = clock
        self.visited = visited
        """What visits of the external quality assurer left, as the centre's record is now."""

    def of(self, registration: str) -> ClaimsOf:
        """The learner's qualifications, then their units. Raises `Unreadable`."""
        return self.of_shown(self._recorder.learners.portfolio(registration), self.visited())

    def of_each(self, registrations: Iterable[str]) -> Iterator[ClaimsOf | None]:
        """Those of each of these learners, one after the other; None for one who cannot be read: the caseload tells of
        them."""
        visited = self.visited()
        for registration in registrations:
            found: ClaimsOf | None = None
            with suppress(MarkTermError):
                shown = self._recorder.learners.portfolio(registration, in_passing=True)
                found = self.of_shown(shown, visited)
            yield found

    def standings(self) -> tuple[ClaimStanding, ...]:
        """How the centre stands in each of its qualifications, and in what else its file names."""
        titles = {code: each.title for code, each in self._sheets.qualifications.by_code.items()}
        return claim_standings(self._details.claiming, self._details.awarding_organisation, titles, self.visited())

    def take(
        self, registration: str, code: str, step: ClaimStep, on: date | None = None, number: str = "", text: str = ""
    ) -> Recorded:
        """Record that step of the claim of a unit or a qualification. Raises `Refused`, too, for claiming while the
        record is incomplete."""
        self._require_whole(registration, step)
        visited = self.visited()
        return self._recorder.record(
            registration,
            lambda act, now: steps.take(act, named(self.of_shown(now, visited), code), step, on, number, text),
        )

    def check(self, registration: str, code: str, step: ClaimStep) -> Claimable:
        """What that step would be of, as it is now. Raises what taking it would, before it is said when and why."""
        self._require_whole(registration, step)
        now = self._recorder.learners.portfolio(registration)
        found = named(self.of_shown(now, self.visited()), code)
        steps.take(self._recorder.act(registration), found, step, text=_SOME_WORDS)
        return found

    def _require_whole(self, registration: str, step: ClaimStep) -> None:
        if step is ClaimStep.CLAIMED:
            self._recorder.learners.require_whole(registration, "claimed")

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
        did_you_mean(code, (each.code for each in every), f"They are on {codes}."),
    )
