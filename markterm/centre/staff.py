"""The centre's staff: what each member has shown of what is asked of them, and what waits for a countersignature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from markterm.centre.folder import CentreFolder
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.competence import (
    Competence,
    CompetenceSheet,
    CompetenceState,
    Shown,
    competence,
    shown_at_centre,
)
from markterm.domain.assessed.member import Member
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.cpd import Cpd, of_members
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.member_history import history_of
from markterm.domain.rules import countersignature
from markterm.domain.rules.member_changes import said_to_be_the_same
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.finding import Finding
from markterm.domain.words.local_time import local


@dataclass(frozen=True, slots=True)
class MemberCompetence:
    """A member and where they stand with each requirement of each sheet that applies to them.

    `has_file` is False when only `centre.toml` says something of them; `findings` are about their file.
    """

    member: Member
    competence: tuple[tuple[CompetenceSheet, tuple[Competence, ...]], ...]
    has_file: bool
    findings: tuple[Finding, ...] = ()

    def count(self, *states: CompetenceState) -> int:
        """How many requirements are in one of these states."""
        return sum(each.state in states for _, own in self.competence for each in own)

    @property
    def complete(self) -> bool:
        """Whether nothing lapsed and nothing is missing."""
        return not self.count(CompetenceState.LAPSED, CompetenceState.MISSING)


@dataclass(frozen=True, slots=True)
class ToCountersign:
    """A decision made in training that waits for a countersignature."""

    learner: LearnerPortfolio
    unit: Unit
    criterion: str
    decision: Decision


class Staff:
    """The members of the centre in `folder`. Every call reads their files as they are now."""

    def __init__(self, folder: CentreFolder, details: CentreDetails, sheets: CentreSheets, recorder: Recorder) -> None:
        self._folder = folder
        self._details = details
        self._sheets = sheets
        self._recorder = recorder

    def everybody(self) -> Iterator[MemberCompetence]:
        """Every member, in the order of `centre.toml`."""
        for member in self._details.members:
            yield self._of(member)

    def member(self, member_id: str) -> MemberCompetence:
        """The member of that id. Raises `WrongUse` when the centre has no such member."""
        return self._of(self._details.named(member_id))

    def asked_of(self, member_id: str) -> tuple[str, ...]:
        """The codes of what is asked of that member. Raises `WrongUse` when the centre has no such member."""
        member = self._details.named(member_id)
        sheets = self._sheets.competence.by_code.values()
        return tuple(dict.fromkeys(each.code for sheet in sheets for each in sheet.asked_of(member)))

    def same_person(self, member_id: str) -> Member:
        """Record that the member of that id is who the record knows under another name.

        Raises `WrongUse` and `Refused` when there is nothing to say, and `NotSaved`.
        """
        member = self._details.named(member_id)
        self._recorder.record_of_centre(lambda act, events: said_to_be_the_same(act, history_of(events), member))
        return member

    def waiting(self, rows: Iterable[CaseloadRow]) -> Iterator[ToCountersign]:
        """What waits for a countersignature in these rows of the caseload, learner by learner. Raises `Unreadable`."""
        for row in rows:
            if not row.left and any(unit.uncountersigned for unit in row.units):
                yield from self.waiting_of(row.registration)

    def waiting_of(self, registration: str) -> Iterator[ToCountersign]:
        """What waits for a countersignature in one learner's portfolio. Raises `Unreadable`."""
        shown = self._recorder.learners.portfolio(registration)
        for unit in shown.units:
            for number, decision in countersignature.waiting(unit, shown.portfolio):
                yield ToCountersign(shown, unit, number, decision)

    def countersign(
        self, registration: str, unit_code: str, criterion: str, note: str = "", *, shown: CriterionRecord | None = None
    ) -> Recorded:
        """Countersign the decision on a criterion, which was made in training. `shown` is its record as it was read.

        Raises `Refused`, `WrongUse`, `NotSaved` and `Unreadable`.
        """
        return self._recorder.record(
            registration,
            lambda act, now: countersignature.countersign(
                act, now.unit(unit_code), now.portfolio, criterion, note, shown
            ),
        )

    def _of(self, member: Member) -> MemberCompetence:
        # The days in a member's file are those of the calendar on the wall.
        today = local(self._recorder.now()).date()
        asked = [(sheet, sheet.asked_of(member)) for sheet in self._sheets.competence.by_code.values()]
        read = self._read(member, today)
        shown, findings = read or ((), ())
        done = self._done(member)
        own = []
        for sheet, requirements in asked:
            if requirements:
                counting = shown_at_centre(member, requirements, today) if read is None else shown
                counting = (*counting, *done)
                own.append((sheet, competence(requirements, counting, today)))
        return MemberCompetence(member, tuple(own), read is not None, findings)

    def _done(self, member: Member) -> tuple[Shown, ...]:
        """What the centre's record says that they did for what is asked of them: it is read beside their file."""
        done = of_members(self._recorder.of_centre()).get(member.id, Cpd()).done
        return tuple(Shown(each.said.requirements, each.said.on, each.said.what) for each in done)

    def _read(self, member: Member, today: date) -> tuple[tuple[Shown, ...], tuple[Finding, ...]] | None:
        """What the member's file says, and what is wrong with it; None if there is no such file."""
        from markterm.sheets.member_file import read_member
        from markterm.sheets.sheet_folder import text_below

        folder = self._folder.members
        file = folder / f"{member.id}.md"
        # A link that leads nowhere is a file that cannot be read.
        if not file.exists() and not file.is_symlink():
            return None
        text = text_below(file, folder)
        if isinstance(text, Finding):
            return (), (text,)
        reading = read_member(text, file, today)
        return (reading.sheet.shown if reading.sheet is not None else ()), reading.findings
