"""The front desk: opens a centre's folder and offers the verbs. Both front ends speak only to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.caseload import Caseload
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.learners_files import LearnersFiles
from markterm.centre.marking import Marking
from markterm.centre.members_on_record import MembersOnRecord
from markterm.centre.presence import Presence
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.caseload import CaseloadRow, could_be, the_one_meant
from markterm.domain.errors import MarkTermError, Unreadable
from markterm.domain.event import Event
from markterm.domain.finding import Finding
from markterm.domain.learner import Learner
from markterm.domain.member import CentreDetails, Member
from markterm.domain.portfolio import Portfolio, fold
from markterm.domain.record_format import NEWEST
from markterm.domain.renaming import gone_on, successors
from markterm.evidence.progress import Progress
from markterm.own.drafts import Drafts
from markterm.own.places import WRITERS, Places
from markterm.records.folder.store import FolderStore
from markterm.records.store import EventStore
from markterm.sheets.centre_file import CENTRE_FILE, read_centre
from markterm.system.platform import CENTRE_RECORD, folder_name

if TYPE_CHECKING:
    from markterm.centre.across import AcrossLearners
    from markterm.centre.attempts import Attempts
    from markterm.centre.audit import Audit, Compared, RecordAudit
    from markterm.centre.closing import Closings
    from markterm.centre.differences import Differences
    from markterm.centre.feedback import FeedbackToLearners
    from markterm.centre.marking_drafts import MarkingDrafts
    from markterm.centre.registrations import Registrations
    from markterm.centre.remarks import RemarkBank
    from markterm.centre.sheet_changes import SheetChanges
    from markterm.centre.staff import Staff
    from markterm.centre.verification import Verification
    from markterm.domain.attainment import Attainment
    from markterm.domain.closing_evidence import Terms
    from markterm.domain.integration import Proposal
    from markterm.domain.learner_names import LearnerNames
    from markterm.domain.recent import RecentDecision
    from markterm.evidence.text.referenced import ReferencedPassages
    from markterm.own.remembered_member import RememberedMember


class Centre:
    """A centre's folder, opened. Safe to call from several threads; every verb returns when its event is durable."""

    def __init__(
        self,
        path: Path,
        details: CentreDetails,
        store: EventStore,
        survey: EventStore,
        places: Places,
        clock: Callable[[], datetime],
    ) -> None:
        self.path = path
        self.members = MembersOnRecord(path / CENTRE_FILE, store)
        self.details = replace(details, past=lambda: self.members.history)
        self.drafts = Drafts(places.state / "drafts")
        self.sheets = CentreSheets(path / "mark_sheets")
        self._store = store
        self._survey = survey
        self._places = places
        self.recorder = Recorder(path / "learners", store, self.sheets, clock, self.members)
        self.files = LearnersFiles(
            path / "learners", places.cache, lambda name: self.recorder.portfolio(name).portfolio
        )
        self.presence = Presence(path / "presence")

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        member: str | None = None,
        places: Places | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Centre:
        """The centre in `path`, with `member` acting. Raises `Unreadable` and `WrongUse`."""
        if not (path / CENTRE_FILE).exists():
            raise Unreadable(
                "No centre in this folder",
                f"{path} holds no {CENTRE_FILE}.",
                "Name the folder of a centre, or make one with markterm init.",
            )
        details = read_centre(path / CENTRE_FILE)
        own = (places or Places.of_user()).of_centre(path)
        # Two stores: surveying ten thousand records must not push those being marked out of memory.
        writers = own.state / WRITERS
        store, survey = (FolderStore(path / "records", writers, details.record_format) for _ in range(2))
        centre = cls(path, details, store, survey, own, clock)
        if member is not None:
            centre.act_as(member)
        return centre

    @property
    def member(self) -> Member | None:
        """Who acts; None while nobody was named."""
        return self.recorder.member

    def act_as(self, member_id: str) -> Member:
        """Let that member act from now on. Raises `WrongUse` when the centre has no such member."""
        member = self.details.named(member_id)
        self.recorder.member = member
        return member

    def same_person(self, member_id: str) -> Member:
        """Record that the member of that id is who the record knows under another name.

        Raises `WrongUse` and `Refused` when there is nothing to say, and `NotSaved`.
        """
        member = self.details.named(member_id)
        self.members.same_person(self.recorder.act(CENTRE_RECORD), member)
        return member

    def act_as_remembered(self) -> str:
        """Let the member act from now on who was remembered on this machine; returns the id of one who was remembered
        and is no member any more, whom it forgets, else an empty text."""
        member_id = self._remembered.get()
        if not member_id:
            return ""
        if self.details.member(member_id) is None:
            self._remembered.keep("")
            return member_id
        self.act_as(member_id)
        return ""

    def remember_member(self) -> None:
        """Have whoever acts now act the next time as well, on this machine and in this centre."""
        if self.member is not None:
            self._remembered.keep(self.member.id)

    @property
    def needs_upgrade(self) -> bool:
        """Whether the centre has an older format, in which some acts cannot be recorded: ask before they begin."""
        return self.details.record_format < NEWEST

    def upgrade(self) -> None:
        """Bring the centre to the newest format: `centre.toml` says so, and every record goes on in it from now on.

        Nothing that is recorded changes. An older MarkTerm then says that a newer one is needed, and marks nothing. A
        centre that has the format is left alone. Raises `Unreadable` and `NotSaved`.
        """
        from markterm.centre.upgrade import upgrade_centre  # Once in a centre's life.

        upgrade_centre(self.path / CENTRE_FILE)
        self.details = replace(self.details, record_format=NEWEST)
        self._store.record_format = self._survey.record_format = NEWEST

    def close_down(self) -> None:
        """Let go of the records, so that a later session goes on in the same segments, and keep the index."""
        self.presence.leave()
        self._store.close()
        self._survey.close()
        if "caseload" in self.__dict__:
            self.caseload.save()
        if "bank" in self.__dict__:
            self.bank.save()

    # What there is

    def progress(self, registration: str) -> tuple[Attainment, ...]:
        """How far the learner is in each of their qualifications that the centre has a sheet for, as of today."""
        shown = self.portfolio(registration)
        return self._attainments(shown.learner, shown.portfolio)

    def _attainments(self, learner: Learner, portfolio: Portfolio) -> tuple[Attainment, ...]:
        return self.sheets.attainments(learner, portfolio, self.recorder.now().date())

    @cached_property
    def begun(self) -> MarkingDrafts:
        """What was begun to write and is in no record yet."""
        from markterm.centre.marking_drafts import MarkingDrafts  # When it is needed, like the mark sheets.

        return MarkingDrafts(
            self.drafts,
            lambda: self.member.id if self.member is not None else "",
            self.sheets.asked,
            self._store.earlier,
        )

    @cached_property
    def _remembered(self) -> RememberedMember:
        from markterm.own.remembered_member import RememberedMember  # For the screens alone.

        return RememberedMember(self._places.state)

    @cached_property
    def caseload(self) -> Caseload:
        """The rows of every learner."""
        index = self._places.cache / "caseload.json"
        reading = self.sheets.programme_of, self._attainments, self.details.policy
        return Caseload(self.path, self._survey, *reading, index)

    @cached_property
    def bank(self) -> RemarkBank:
        """The bank of remarks of whoever acts."""
        from markterm.centre.remarks import RemarkBank  # When it is needed, like the mark sheets.

        stores, index = (self._store, self._survey), self._places.cache / "remarks.json"
        names = self.known_names, self.names
        return RemarkBank(self.path, self.details, self.recorder, self.sheets, *stores, index, *names)

    @cached_property
    def marking(self) -> Marking:
        """The criteria, decided."""
        return Marking(self.recorder, self.sheets)

    @cached_property
    def attempts(self) -> Attempts:
        """What the learners hand in, attempt by attempt."""
        from markterm.centre.attempts import Attempts  # When it is needed, like the mark sheets.

        return Attempts(self.recorder, self.files, self.details)

    @cached_property
    def closings(self) -> Closings:
        """The closing of units, and the evidence that it rests on."""
        from markterm.centre.closing import Closings  # When it is needed, like the mark sheets.

        return Closings(self.recorder, self.files, self.sheets)

    @cached_property
    def across(self) -> AcrossLearners:
        """One criterion across the learners, and the next open one anywhere."""
        from markterm.centre.across import AcrossLearners  # When it is needed, like the mark sheets.

        return AcrossLearners(self.caseload, self._survey, self.sheets, self.portfolio)

    @cached_property
    def differences(self) -> Differences:
        """What changed in a learner's evidence between two attempts."""
        from markterm.centre.differences import Differences  # When it is needed, like the mark sheets.

        return Differences(self.recorder, self.files)

    @cached_property
    def feedback(self) -> FeedbackToLearners:
        """What the learners are told."""
        from markterm.centre.feedback import FeedbackToLearners  # When it is needed, like the mark sheets.

        return FeedbackToLearners(
            self.recorder, self.details, self.drafts, self.names, self.sheets.titles, self._store.earlier
        )

    @cached_property
    def verification(self) -> Verification:
        """What is picked for verification, and what verifiers answer."""
        from markterm.centre.verification import Verification  # When it is needed, like the mark sheets.

        return Verification(self.recorder)

    @cached_property
    def sheet_changes(self) -> SheetChanges:
        """What was decided on sheets that say something else by now."""
        from markterm.centre.sheet_changes import SheetChanges  # When it is needed, like the mark sheets.

        return SheetChanges(lambda: self.caseload, self.sheets, self.recorder)

    @cached_property
    def registrations(self) -> Registrations:
        """Which record is whose, and registrations that are corrected."""
        from markterm.centre.registrations import Registrations  # When it is needed, like the mark sheets.

        return Registrations(self.path, self.recorder, self._store, self.caseload)

    @cached_property
    def staff(self) -> Staff:
        """What the members have shown of their competence, and what waits for a countersignature."""
        from markterm.centre.staff import Staff  # When it is needed, like the mark sheets.

        return Staff(self.path, self.details, self.sheets, self.recorder)

    def take_new_sheets(self) -> bool:
        """Read the mark sheets anew if any changed since they were read; whether one did.

        The rows of the caseload are read anew at its next look.
        """
        changed = self.caseload.outdate()
        if changed:
            self.sheets.forget()
            # What it read was read of the sheets as they were.
            self.__dict__.pop("across", None)
        return changed

    def caseload_now(self) -> tuple[CaseloadRow, ...]:
        """Every row, as the files are now."""
        for _ in self.caseload.refresh():
            pass
        return self.caseload.rows

    def names(self) -> LearnerNames:
        """Everybody's names, as the learners' files are now: what looks for learners in a text."""
        self.caseload_now()
        return self.known_names()

    def known_names(self) -> LearnerNames:
        """Everybody's names as they were last known, without looking."""
        return self.caseload.names(member.name for member in self.details.members)

    def find_learner(self, text: str) -> str:
        """The registration that `text` means: the whole registration, or words that only one learner's name has.

        Whoever cuts a registration off, or names a unit or a site, means nobody: what is marked is never marked for
        somebody who was guessed. Raises `WrongUse` when it means nobody or several.
        """
        folder = self.path / "learners" / folder_name(text)
        # Some systems find jon2041 where JON2041 is, and a record has one name.
        if folder.is_dir() and any(each.name == folder.name for each in folder.parent.iterdir()):
            return text
        rows = self.caseload_now()
        if not could_be(rows, text) and (after := successors(text, self._store.goes_on_as)):
            raise gone_on(text, after[-1])
        return the_one_meant(rows, text).registration

    def learner(self, registration: str) -> Learner:
        """The learner of that registration. Raises `Unreadable`."""
        return self.recorder.learner(registration)

    def portfolio(self, registration: str) -> LearnerPortfolio:
        """The learner's portfolio as the record tells it now. Raises `Unreadable`."""
        return self.recorder.portfolio(registration)

    def poll(self, registration: str) -> LearnerPortfolio | None:
        """The portfolio if others added to it since it was last read, else None. Raises `Unreadable`."""
        return self.recorder.poll(registration)

    def history(self, registration: str, unit: str | None = None, criterion: str | None = None) -> tuple[Event, ...]:
        """What happened to the learner's portfolio, or to one unit or criterion of it, oldest first."""
        return self._store.select(registration, unit=unit, criterion=criterion)

    def findings(self, registration: str) -> tuple[Finding, ...]:
        """What is wrong with the learner's record as it was last read."""
        return self._store.findings(registration)

    def references(self, registration: str, progress: Progress) -> ReferencedPassages:
        """The passages in which the learner refers to the criteria of their units.

        Reads every file, and converts those that were not read before: for a thread. Stopped, it has the references of
        what was read, and `progress.left` files are not among them. Raises `Unreadable`.
        """
        from markterm.domain.evidence_reference import find_references  # When it is needed, like the mark sheets.
        from markterm.evidence.text.referenced import ReferencedPassages

        shown = self.portfolio(registration)
        units = [unit.on_sheet for unit in shown.units]
        read = self.files.read_every(registration, progress)
        documents = {file.name: said for file, said in read if not isinstance(said, Unreadable)}
        sources = ((name, document.source) for name, document in documents.items())
        found = ReferencedPassages(find_references(sources, units, shown.assignments), documents, units)
        found.find_all(progress.stop)
        return found

    def mark_sheet(self, registration: str, unit_code: str) -> str:
        """The completed mark sheet of a unit as Markdown, as far as it is completed."""
        from markterm.exports.mark_sheet import completed_mark_sheet  # When it is needed, like the mark sheets.

        shown = self.portfolio(registration)
        return completed_mark_sheet(
            self.details,
            shown.learner,
            shown.unit(unit_code),
            shown.portfolio,
            damaged=bool(shown.incomplete),
            since=self.attempts.since_submitted(registration),
            assignments=shown.assignments,
        )

    def combined_sheet(self, registration: str, assignment: str) -> str:
        """The combined mark sheet of an assignment as Markdown, as far as it is completed.

        Also of one whose own sheet has errors by now: what was decided counts, and what no task covers is named.
        """
        from markterm.exports.combined_sheet import combined_mark_sheet  # When it is needed, like the mark sheets.

        shown = self.recorder.portfolio(registration, even_with_errors=True)
        named, damaged = shown.assignment(assignment), bool(shown.incomplete)
        since = self.attempts.since_submitted(registration)
        return combined_mark_sheet(
            self.details, shown.learner, named, shown.units, shown.portfolio, damaged=damaged, since=since
        )

    def integrate(self, units: Sequence[str]) -> Proposal:
        """A proposal for an integrated assignment of those units, given by code or its end.

        Raises `WrongUse` and `Refused`.
        """
        from markterm.centre.design import propose_for  # When it is needed, like the mark sheets.

        return propose_for(self.sheets.units, units)

    def draft(self, proposal: Proposal, code: str = "", title: str = "") -> str:
        """The sheet of a proposal's draft as Markdown. Raises `WrongUse`."""
        from markterm.centre.design import draft_sheet  # When it is needed, like the mark sheets.

        return draft_sheet(proposal, self.sheets.assignments.by_code, code, title)

    def recent(self, most: int, actor: str = "") -> tuple[RecentDecision, ...]:
        """The last decisions, of that member or of anybody, the newest first; of the learners in the caseload as it was
        read last. Records that cannot be read are left out: the caseload tells of them."""
        from markterm.domain.recent import recent_decisions

        def portfolio_of(registration: str) -> Portfolio | None:
            with suppress(MarkTermError):
                return fold(self._survey.load(registration))
            return None

        dated = ((row.registration, row.latest) for row in self.caseload.rows)
        return recent_decisions(dated, portfolio_of, most, actor)

    def check(self) -> tuple[Finding, ...]:
        """What is wrong with the centre's sheets and learners' files, and with how these and the records fit."""
        from markterm.centre.check import check_centre  # When it is needed, like the mark sheets.

        found = check_centre(self.path, self.details, self.sheets, self.sheet_changes.look())
        return (*found, *self.registrations.findings())

    @cached_property
    def audits(self) -> Audit:
        """What verifies records, and remembers on this machine what it saw."""
        from markterm.centre.audit import Audit  # When it is needed, like the mark sheets.

        named = f"{self.details.number} {self.details.name}"
        return Audit(self._survey, self._places.state, named, lambda: self.members.history, self.recorder.now)

    def audit(self, registration: str | None = None, compared: Compared | None = None) -> Iterator[RecordAudit]:
        """Every record, or that of one learner, verified from its first byte; one that cannot be read is a finding.

        With `compared`, also against the heads that were kept, and also those of which nothing is left.
        """
        return self.audits.every(compared) if registration is None else self.audits.one(registration, compared)

    # What is done

    def close(self, registration: str, unit_code: str, feedback: str, terms: Terms | None = None) -> Recorded:
        """Close a unit, as `Closings.close` does; the last of what it recorded."""
        from markterm.domain.closing_evidence import PLAIN  # When it is needed, like the mark sheets.

        return list(self.closings.close(registration, unit_code, feedback, terms or PLAIN))[-1]
