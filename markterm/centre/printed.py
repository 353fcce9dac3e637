"""The mark sheets of a learner, as they are printed: completed as far as the record goes."""

from __future__ import annotations

from markterm.centre.attempts import Attempts
from markterm.centre.briefs import Briefs
from markterm.centre.fixing import Fixing
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorder
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.rules.action_steps import day_of
from markterm.exports.document.combined_sheet import combined_mark_sheet
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.document.model import Document
from markterm.exports.document.verification_report import verification_report


class PrintedSheets:
    """The completed mark sheets of a centre's learners, as documents: which form they are given is the front end's."""

    def __init__(
        self, details: CentreDetails, recorder: Recorder, attempts: Attempts, briefs: Briefs, fixing: Fixing
    ) -> None:
        self._details = details
        self._recorder = recorder
        self._attempts = attempts
        self._briefs = briefs
        self._fixing = fixing

    def mark_sheet(self, registration: str, unit_code: str) -> Document:
        """The completed mark sheet of a unit, as far as it is completed. Raises `WrongUse` and `Unreadable`."""
        return self.unit_of(self._recorder.learners.portfolio(registration), unit_code)

    def combined_sheet(self, registration: str, assignment: str) -> Document:
        """The combined mark sheet of an assignment, as far as it is completed. Raises `WrongUse` and `Unreadable`.

        Also of one whose own sheet has errors by now: what was decided counts, and what no task covers is named.
        """
        return self.assignment_of(self._recorder.learners.portfolio(registration, even_with_errors=True), assignment)

    def verification_report(self, registration: str, unit_code: str) -> Document:
        """The report of the last verification of a unit. Raises `Refused` when nothing was verified, `WrongUse` and
        `Unreadable`."""
        return self.verification_of(self._recorder.learners.portfolio(registration), unit_code)

    # Of a portfolio that was read already

    def unit_of(self, shown: LearnerPortfolio, unit_code: str) -> Document:
        """As `mark_sheet`."""
        return completed_mark_sheet(
            self._details,
            shown.learner,
            shown.unit(unit_code),
            shown.portfolio,
            damaged=bool(shown.incomplete),
            since=self._attempts.since_submitted(shown.learner.registration),
            assignments=shown.assignments,
            accounts=self._fixing.accounts(shown.learner.registration, shown.portfolio),
        )

    def assignment_of(self, shown: LearnerPortfolio, assignment: str) -> Document:
        """As `combined_sheet`."""
        named = shown.assignment(assignment)
        return combined_mark_sheet(
            self._details,
            shown.learner,
            named,
            shown.units,
            shown.portfolio,
            damaged=bool(shown.incomplete),
            since=self._attempts.since_submitted(shown.learner.registration),
            accounts=self._fixing.accounts(shown.learner.registration, shown.portfolio),
            brief_words="; ".join(brief.in_words(self._details.name_of) for brief in self._briefs.told((named,))),
        )

    def verification_of(self, shown: LearnerPortfolio, unit_code: str) -> Document:
        """As `verification_report`."""
        return verification_report(
            self._details,
            shown.learner,
            shown.unit(unit_code),
            shown.portfolio,
            day_of(self._recorder.now()),
            damaged=bool(shown.incomplete),
        )
