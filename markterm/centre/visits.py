"""Visits of the external quality assurer: their reports, what they sign off and what they ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.claims.claimable import AfterVisits
from markterm.domain.record.bodies.visiting import Held, Visited
from markterm.domain.record.centre_actions import Source, centre_actions
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.record.visits import Visit, signed_off, visits
from markterm.domain.rules import visiting
from markterm.domain.rules.act import Act
from markterm.domain.words.code import the_one
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean
from markterm.domain.words.uid import of_uid


class Visits:
    """The visits that the centre's own record tells of. Verbs return the visit after them, and raise `Refused`,
    `WrongUse`, `NotSaved` and `Unreadable`."""

    def __init__(self, details: CentreDetails, sheets: CentreSheets, recorder: Recorder) -> None:
        self._details = details
        self._sheets = sheets
        self._recorder = recorder

    def every(self) -> Sequence[Visit]:
        """All of them by their days, those that were dropped too. Raises `Unreadable`, and `Refused` as
        `Seeing.require_looking` does."""
        self._recorder.seeing.require_looking()
        return visits(self._recorder.of_centre())

    def named(self, named: str) -> Visit:
        """The one whose id begins so. Raises `WrongUse` when there is not exactly one, and `Unreadable`."""
        return of_uid(self.every(), named, "visit", lambda each: f"{each.short}, {each.in_words}")

    def record(self, said: Visited, report: Path | None = None) -> Visit:
        """Record a visit; its `report` is kept by name and hash, and stays where it is. Of the centre's own awarding
        organisation where none is named; qualifications may be given by the ends of their codes."""
        named = replace(
            said,
            organisation=said.organisation or self._details.awarding_organisation,
            signed_off=tuple(dict.fromkeys(map(self._qualification, said.signed_off))),
        )
        if report is not None:
            named = replace(named, report=report.name, sha256=_sha256(report))
        codes = self._sheets.qualifications.by_code
        event = self._recorder.record_of_centre(lambda act, _: visiting.record_visit(act, named, codes))
        return self.named(event.uid)

    def ask_for(
        self, named: str, text: str, owner: str, due: date, holds: Collection[Held] = (), qualification: str = ""
    ) -> Visit:
        """Record something that the visit asks for."""
        whose = self._details.named(owner)
        code = self._qualification(qualification) if qualification else ""
        codes = self._sheets.qualifications.by_code
        return self._step(named, lambda act, visit: visiting.ask_for(act, visit, text, whose, due, holds, code, codes))

    def drop(self, named: str, text: str) -> Visit:
        """Record that the visit was recorded by mistake."""
        return self._step(named, lambda act, visit: visiting.drop_visit(act, visit, text))

    def after(self) -> AfterVisits:
        """What the visits left that claims depend on; where the centre's record cannot be read, that it cannot: that
        holds up nobody who only looks, and nothing is claimed then."""
        try:
            events = self._recorder.of_centre()
        except MarkTermError:
            return AfterVisits(unknown="the centre's own record cannot be read, and may hold claims")
        holding = tuple(
            (each.qualification, f"action {each.action.short} of {each.where} is not accepted")
            for each in centre_actions(events)
            if each.source is Source.VISIT and each.holds_now(Held.CLAIMS)
        )
        return AfterVisits(signed_off(events), holding)

    def _step(self, named: str, step: Callable[[Act, Visit], Event]) -> Visit:
        uid = self.named(named).uid
        self._recorder.record_of_centre(
            lambda act, events: step(act, next(each for each in visits(events) if each.uid == uid))
        )
        return self.named(uid)

    def _qualification(self, code: str) -> str:
        known = self._sheets.qualifications.by_code
        otherwise = WrongUse(
            "No such qualification",
            f"The centre has no sheet of a qualification {one_line(code)}.",
            did_you_mean(code, known, f"It has {one_line(', '.join(known)) or 'none'}."),
        )
        return the_one(known.values(), code, "qualification", otherwise).code


def _sha256(file: Path) -> str:
    if not file.is_file():
        raise WrongUse("No such file", f"{file} is no file.", "Name the file of the report.")
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise WrongUse(
            "The report cannot be read", f"{file}: {error.strerror or error}.", "Name the file of the report."
        ) from error
