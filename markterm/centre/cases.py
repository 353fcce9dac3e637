"""Cases of learners: opened by anybody, then reported, decided and closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from markterm.centre.caseload import Caseload
from markterm.centre.evidence import Evidence
from markterm.centre.fixing import Fixing
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.looks import Looks
from markterm.centre.recorder import Recorded, Recorder
from markterm.domain.record.bodies.cases import CaseAbout, RecognisedAs
from markterm.domain.record.cases import CaseRecord
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import fold
from markterm.domain.rules import cases
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import MarkTermError, Unreadable
from markterm.records.query import Query
from markterm.records.store import EventStore


@dataclass(frozen=True, slots=True)
class CaseOf:
    """A case, and whose it is."""

    registration: str
    name: str
    case: CaseRecord


class Cases:
    """The cases of a centre's learners. Verbs raise as `Recorder.record` does.

    A step of a case is named by the beginning of its id; without it the only open one is meant. `looks` is told of
    whose are shown, before they are.
    """

    def __init__(
        self,
        recorder: Recorder,
        evidence: Evidence,
        fixing: Fixing,
        caseload: Caseload,
        store: EventStore,
        looks: Looks,
    ) -> None:
        self._recorder = recorder
        self._evidence = evidence
        self._fixing = fixing
        self._caseload = caseload
        self._store = store
        self._looks = looks

    def of(self, registration: str) -> tuple[CaseOf, ...]:
        """Every case of a learner, the oldest first. Raises `Unreadable`."""
        shown = self._recorder.learners.portfolio(registration)
        return tuple(CaseOf(registration, shown.learner.name, each) for each in shown.portfolio.cases)

    def of_everybody(self) -> Iterator[tuple[CaseOf, ...]]:
        """Those of each learner in the caseload as it was read last, one after the other.

        Records that cannot be read have none: the caseload tells of them.
        """
        for row in self._caseload.rows:
            found: tuple[CaseOf, ...] = ()
            with suppress(MarkTermError):
                if row.latest is not None and self._store.select(row.registration, Query(kinds=(Kind.CASE.value,))):
                    entries = self._recorder.seeing.entries(row.registration, self._store.load(row.registration))
                    found = tuple(CaseOf(row.registration, row.name, each) for each in fold(entries).cases)
            if found:  # What cannot be noted is not shown: that is told, and no empty list.
                self._looks.listed([row.registration])
            yield found

    def open(
        self,
        registration: str,
        about: CaseAbout,
        text: str,
        unit_code: str = "",
        criterion: str = "",
        on: date | None = None,
        recognised_as: RecognisedAs | None = None,
        evidence: Iterable[str] = (),
    ) -> Recorded:
        """Open a case: on all of the learner's work, on a unit, or on a criterion of it; `evidence` names files of
        theirs that show what recognition of prior learning is to give."""
        files = self._files(registration, evidence)

        def opened(act: Act, now: LearnerPortfolio) -> Event:
            unit = now.unit(unit_code) if unit_code else None
            return cases.open_case(act, now.portfolio, about, text, unit, criterion, on, recognised_as, files)

        return self._recorder.record(registration, opened)

    def check(
        self, registration: str, about: CaseAbout, text: str, unit_code: str = "", evidence: Iterable[str] = ()
    ) -> None:
        """Raises what `open` raises where that case could not be opened, before anything is recorded."""
        self._files(registration, evidence)

        def opened(act: Act, now: LearnerPortfolio) -> Event:
            unit = now.unit(unit_code) if unit_code else None
            return cases.open_case(act, now.portfolio, about, text, unit)

        self._recorder.check(registration, opened)

    def report(self, registration: str, named: str, to: str, text: str = "", on: date | None = None) -> Recorded:
        """Record that a case was reported to somebody."""
        return self._step(registration, named, lambda act, _, case: cases.report_case(act, case, to, text, on))

    def decide(
        self,
        registration: str,
        named: str,
        *,
        upheld: bool,
        text: str,
        on: date | None = None,
        evidence: Iterable[str] = (),
    ) -> Recorded:
        """Record what a case comes to, and why; `evidence` as in `open`. Raises `Refused`, too, while the record is
        incomplete."""
        self._recorder.learners.require_whole(registration, "decided")
        files = self._files(registration, evidence)
        return self._step(
            registration,
            named,
            lambda act, now, case: cases.decide_case(
                act, now.portfolio, case, upheld=upheld, text=text, on=on, evidence=files
            ),
        )

    def close(self, registration: str, named: str, text: str = "", on: date | None = None) -> Recorded:
        """Close a case: what it held goes on. Raises `Refused`, too, while the record is incomplete."""
        self._recorder.learners.require_whole(registration, "closed")
        return self._step(registration, named, lambda act, _, case: cases.close_case(act, case, text, on))

    def _files(self, registration: str, named: Iterable[str]) -> dict[str, str]:
        """The SHA-256 of these files of the learner, by name."""
        names = [self._evidence.named(registration, each).name for each in named]
        known = self._fixing.fingerprints(registration) if names else {}
        if unread := [name for name in names if name not in known]:
            raise Unreadable("It cannot be read", f"{unread[0]} has no hash.", "Look whether it may be read.")
        return {name: known[name] for name in names}

    def _step(
        self, registration: str, named: str, step: Callable[[Act, LearnerPortfolio, CaseRecord], Event]
    ) -> Recorded:
        return self._recorder.record(
            registration,
            lambda act, now: step(act, now, cases.the_case(registration, now.portfolio.cases, named)),
        )
