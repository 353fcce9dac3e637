"""Closing units: the outcome, and the evidence that it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.centre.evidence import Evidence
from markterm.centre.fixing import Fixing
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder, Verb
from markterm.centre.sheets import CentreSheets
from markterm.domain.record.event import Event
from markterm.domain.rules import marking
from markterm.domain.rules.act import Act
from markterm.domain.rules.closing_evidence import (
    PLAIN,
    ClosingEvidence,
    Terms,
    closed_on,
    closing_evidence,
    fixed_at_closing,
)
from markterm.domain.words.errors import Refused


class Closings:
    """Closes the units of a centre's learners. Verbs raise as `Recorder.record` does."""

    def __init__(self, recorder: Recorder, evidence: Evidence, fixing: Fixing, sheets: CentreSheets) -> None:
        self._recorder = recorder
        self._files = evidence
        self._fixing = fixing
        self._sheets = sheets

    def evidence(self, registration: str, unit_code: str) -> ClosingEvidence:
        """The evidence on which a unit would be closed now. Hashes the learner's files: for a thread.

        Raises `Refused` when it may not be closed at all: nobody is asked anything then.
        """
        self._recorder.learners.require_whole(registration, "closed")
        now = self._recorder.learners.portfolio(registration)
        evidence = self._evidence(registration, unit_code, now)
        self._closing(unit_code, "", evidence, PLAIN)(self._recorder.act(registration), now)
        return evidence

    def close(self, registration: str, unit_code: str, feedback: str, terms: Terms = PLAIN) -> Recorded:
        """Close a unit as `close_in_steps` does; the last of what it recorded, which is the closing."""
        return list(self.close_in_steps(registration, unit_code, feedback, terms))[-1]

    def close_in_steps(
        self, registration: str, unit_code: str, feedback: str, terms: Terms = PLAIN
    ) -> Iterator[Recorded]:
        """Close a unit with the outcome that its criteria come to, and the summary feedback.

        Yields what is recorded when it is durable: the submission that fixes the evidence, if nobody fixed it before,
        then the closing. Hashes the learner's files: for a thread. Raises `Refused` before the first if a rule forbids
        either, and when the evidence is not as `terms` have it.
        """
        self._recorder.learners.require_whole(registration, "closed")
        now = self._recorder.learners.portfolio(registration)
        evidence = self._evidence(registration, unit_code, now)
        close = self._closing(unit_code, feedback, evidence, terms)
        act = self._recorder.act(registration)
        close(act, now)
        unit = now.unit(unit_code)
        if fixed_at_closing(act, unit, now.portfolio.unit(unit.key), evidence, terms) is not None:
            self._files.keep(registration)
            yield self._recorder.record(registration, _fixing(unit_code, evidence, terms))
        yield self._recorder.record(registration, close)

    def reopen(self, registration: str, unit_code: str, reason: str) -> Recorded:
        """Reopen a closed unit."""
        return self._recorder.record(
            registration, lambda act, now: marking.reopen(act, now.unit(unit_code), now.portfolio, reason)
        )

    def _evidence(self, registration: str, unit_code: str, now: LearnerPortfolio) -> ClosingEvidence:
        from markterm.domain.views.handed_in import handed_in  # When it is needed, like the mark sheets.

        unit = now.unit(unit_code)
        self._fixing.require_all_listed(registration)
        files = self._fixing.fingerprints(registration)
        own, _ = handed_in(files, unit.code, now.portfolio.placing)
        unread, _ = handed_in(
            dict.fromkeys(self._fixing.unread(registration, files), ""), unit.code, now.portfolio.placing
        )
        kept = (sha256 for each in now.portfolio.accounts.kept for sha256 in each.files.values())
        return closing_evidence(now.portfolio.unit(unit.key), own, unread, kept)

    def _closing(self, unit_code: str, feedback: str, evidence: ClosingEvidence, terms: Terms) -> Verb:
        def close(act: Act, now: LearnerPortfolio) -> Event:
            unit = self._sheets.fit(now.unit(unit_code))
            closing = marking.close(act, unit, now.when_complete("closed").portfolio, feedback)
            return closed_on(closing, now.portfolio.unit(unit.key), terms, evidence)

        return close


def _fixing(unit_code: str, evidence: ClosingEvidence, terms: Terms) -> Verb:
    def fix(act: Act, now: LearnerPortfolio) -> Event:
        unit = now.unit(unit_code)
        record = now.portfolio.unit(unit.key)
        again = closing_evidence(record, evidence.files, evidence.unread, evidence.kept)
        event = fixed_at_closing(act, unit, record, again, terms)
        if event is None:
            raise Refused(
                "Submitted meanwhile",
                f"{unit.code} of {act.learner} stays open: somebody submitted it a moment ago.",
                "Look at what was submitted, and close it again.",
            )
        return event

    return fix
