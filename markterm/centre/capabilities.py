"""What can be done in a centre: each a noun that is made when it is asked for, such as `centre.marking`.

Most is loaded when it is asked for too: a caseload needs little of it, and opens at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from markterm.centre.folder import CentreFolder
from markterm.centre.looks import Looks
from markterm.own.places import CentrePlaces
from markterm.system.made_once import made_once

if TYPE_CHECKING:
    from markterm.centre.across import AcrossLearners
    from markterm.centre.appending import Appending
    from markterm.centre.assessed import AssessedLearners
    from markterm.centre.attempts import Attempts
    from markterm.centre.briefs import Briefs
    from markterm.centre.caseload import Caseload
    from markterm.centre.centre_format import CentreFormat
    from markterm.centre.closings import Closings
    from markterm.centre.design import Design
    from markterm.centre.destructions_on_record import DestructionsOnRecord
    from markterm.centre.differences import Differences
    from markterm.centre.drafts import MarkingDrafts
    from markterm.centre.evidence import Evidence
    from markterm.centre.feedback import FeedbackToLearners
    from markterm.centre.fixing import Fixing
    from markterm.centre.glances import Glances
    from markterm.centre.history import History
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.centre.learners import Learners
    from markterm.centre.marking import Marking
    from markterm.centre.members_on_record import MembersOnRecord
    from markterm.centre.named_files import NamedFiles
    from markterm.centre.presence import Presence
    from markterm.centre.printed import PrintedSheets
    from markterm.centre.recorder import Recorder
    from markterm.centre.register import Registering
    from markterm.centre.registrations import Registrations
    from markterm.centre.remarks import RemarkBank
    from markterm.centre.same_bytes import SameBytes
    from markterm.centre.saving import Saving
    from markterm.centre.seeing import Seeing
    from markterm.centre.separation import SeparationOnRecord
    from markterm.centre.sheet_changes import SheetChanges
    from markterm.centre.sheets import CentreSheets
    from markterm.centre.signing import Signing
    from markterm.centre.staff import Staff
    from markterm.centre.visit_lists import VisitLists
    from markterm.domain.assessed.assignment import Cell
    from markterm.domain.assessed.learner import Learner
    from markterm.domain.assessed.member import Member
    from markterm.domain.record.centre_details import CentreDetails
    from markterm.domain.views.where_to_begin import Beginning
    from markterm.evidence.hashing import Hashing
    from markterm.own.drafts import Drafts
    from markterm.records.store import EventStore


class Capabilities:
    """The centre in `folder`, with its `details` and the user's `own` places, from the side of what can be done.

    Safe to use from several threads. `clock` gives the time; `watch`, asked before anything is hashed, what is told of
    it.
    """

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        own: CentrePlaces,
        clock: Callable[[], datetime],
        watch: Callable[[], Hashing] | None,
    ) -> None:
        self.folder = folder
        self.details = replace(details, past=lambda: self.members.history)
        self.member: Member | None = None
        """Who acts; None while nobody was named."""
        self.reads_for: Member | None = None
        """The external quality assurer for whose visit something is made ready: all of it is what they read then."""
        self.signed_in = bool(own.signed_in)
        """Whether a server signed in who acts: they are nobody else, and no file of the server is theirs to name."""
        self._own = own
        self._clock = clock
        self._watch = watch

    def _new_store(self) -> EventStore:
        from markterm.centre import stores  # With all that reads records: the rows are on the screen before.

        return stores.store_of(self.folder, self._own, self.details)

    @made_once
    def _store(self) -> EventStore:
        return self._new_store()

    @made_once
    def _survey(self) -> EventStore:
        """Another one: surveying ten thousand records must not push those being marked out of memory."""
        return self._new_store()

    @made_once
    def _appending(self) -> Appending:
        from markterm.centre.appending import Appending, SameStore

        return Appending(self._store, SameStore(self.folder.file, self.details.record_store).check)

    @made_once
    def _texts(self) -> Drafts:
        from markterm.own.drafts import Drafts

        return Drafts(self._own.drafts)

    @made_once
    def _looks(self) -> Looks:
        return Looks(self.seeing, lambda: self.visit_lists)

    @made_once
    def visit_lists(self) -> VisitLists:
        """Whom external quality assurers look at and pick while they are here."""
        from markterm.centre.visit_lists import VisitLists

        return VisitLists(self.recorder, self.seeing)

    def _require_issued(self, shown: LearnerPortfolio, cell: Cell) -> None:
        if self.details.policy.marking_waits_for_brief:
            self.briefs.require_issued(shown, cell)

    def _held_by_brief(self, learner: Learner) -> frozenset[Cell]:
        if not (learner.assignments and self.details.policy.marking_waits_for_brief):
            return frozenset()
        return self.briefs.held_of(learner)

    def _not_issued(self) -> tuple[str, ...]:
        return tuple(self.briefs.not_issued) if self.details.policy.marking_waits_for_brief else ()

    # What it rests on

    @made_once
    def sheets(self) -> CentreSheets:
        """What the centre marks by."""
        from markterm.centre.sheets import CentreSheets

        return CentreSheets(self.folder.mark_sheets, lambda: self.seeing.require_staff())

    @made_once
    def members(self) -> MembersOnRecord:
        """The members, as the centre's own record has them."""
        from markterm.centre.members_on_record import MembersOnRecord

        return MembersOnRecord(self.folder.file, self._appending)

    @made_once
    def learners(self) -> Learners:
        """The learners: who is meant, and what their records come to."""
        from markterm.centre.learners import Learners

        return Learners(
            self.folder,
            self._store,
            self.sheets,
            self._clock,
            lambda: self.caseload.now(),
            self._held_by_brief,
            self.seeing,
            self._looks,
        )

    @made_once
    def recorder(self) -> Recorder:
        """Where an act becomes an entry."""
        from markterm.centre.recorder import Recorder

        return Recorder(
            self.learners,
            self._appending,
            self.members,
            self._separation,
            self.destructions,
            self._signing,
            self._clock,
            lambda: self.member,
            self.seeing,
            self.saving,
        )

    @made_once
    def saving(self) -> Saving:
        """Whether something is being recorded just now."""
        from markterm.centre.saving import Saving

        return Saving()

    @made_once
    def destructions(self) -> DestructionsOnRecord:
        """What the centre's own record says of what was destroyed, or is to be."""
        from markterm.centre.destructions_on_record import DestructionsOnRecord

        return DestructionsOnRecord(self._appending)

    @made_once
    def _separation(self) -> SeparationOnRecord:
        from markterm.centre.separation import SeparationOnRecord

        return SeparationOnRecord(self._appending, self.details.policy, self._store.earlier)

    @made_once
    def _signing(self) -> Signing:
        from markterm.centre.signing import Signing

        return Signing(self._appending, None if self.signed_in else self._own.keys)

    @made_once
    def named_files(self) -> NamedFiles:
        """Files as whoever acts names them."""
        from markterm.centre.named_files import NamedFiles

        return NamedFiles.of_whoever_acts(self.folder, self._own, self.details.server)

    @made_once
    def seeing(self) -> Seeing:
        """Who may see which learner."""
        from markterm.centre.seeing import Seeing

        return Seeing(
            self.folder,
            self.details,
            lambda: self.member,
            self._clock,
            lambda folder: self.caseload.known_of_anybody(folder),
            lambda folder: self.caseload.now_of_anybody(folder),
            lambda: {each: row.registration for row in self.caseload.everybody for each in row.earlier},
            lambda: self.sheets,
            lambda: self.caseload.names() if self.caseload.everybody else self.caseload.names_now(),
            self.reads_for,
        )

    @made_once
    def presence(self) -> Presence:
        """Who looks at which learner now."""
        from markterm.centre.presence import Presence

        return Presence(self.folder.presence)

    # What can be done

    @made_once
    def caseload(self) -> Caseload:
        """The rows of every learner."""
        from markterm.centre.caseload import Caseload

        return Caseload(
            self.folder,
            lambda: self._survey,
            self.sheets,
            self.details,
            self._clock,
            self._own.caseload,
            self._held_by_brief,
            self._not_issued,
            lambda file: self.same_bytes.digest(file),  # Few are asked for.
            self.seeing,
        )

    @made_once
    def evidence(self) -> Evidence:
        """The files that learners handed in."""
        from markterm.centre.evidence import Evidence

        return Evidence(self.folder, self._own.conversions, self.learners.portfolio, self._looks)

    @made_once
    def glances(self) -> Glances:
        """Learners at a glance, beside the caseload."""
        from markterm.centre.glances import Glances

        return Glances(self.learners, self.evidence, self.seeing, lambda: self.visit_lists)

    @made_once
    def fixing(self) -> Fixing:
        """Those files, fixed byte for byte."""
        from markterm.centre.fixing import Fixing

        return Fixing(self.evidence, self._watch() if self._watch is not None else None)

    @made_once
    def same_bytes(self) -> SameBytes:
        """Which learners have the same bytes."""
        from markterm.centre.same_bytes import SameBytes
        from markterm.own.evidence_hashes import evidence_hashes

        return SameBytes(self.folder, evidence_hashes(self._own.hashes))

    @made_once
    def marking(self) -> Marking:
        """The criteria, decided."""
        from markterm.centre.marking import Marking

        return Marking(self.recorder, self.sheets, self._require_issued)

    @made_once
    def drafts(self) -> MarkingDrafts:
        """What was begun to write and is in no record yet."""
        from markterm.centre.drafts import MarkingDrafts

        return MarkingDrafts(
            self._texts,
            lambda: self.member.id if self.member is not None else "",
            self.sheets.asked,
            self._store.earlier,
        )

    @made_once
    def remarks(self) -> RemarkBank:
        """The bank of remarks of whoever acts."""
        from markterm.centre.remarks import RemarkBank

        return RemarkBank(
            self.folder,
            self.details,
            self.recorder,
            self.sheets,
            self._store,
            self._survey,
            self._own.remarks,
            self.caseload,
        )

    @made_once
    def attempts(self) -> Attempts:
        """What the learners hand in, attempt by attempt."""
        from markterm.centre.attempts import Attempts

        return Attempts(self.recorder, self.evidence, self.fixing, self.details)

    @made_once
    def differences(self) -> Differences:
        """What changed in a learner's evidence between two attempts."""
        from markterm.centre.differences import Differences

        return Differences(self.recorder, self.evidence, self.fixing)

    @made_once
    def closings(self) -> Closings:
        """The closing of units, and the evidence that it rests on."""
        from markterm.centre.closings import Closings

        return Closings(self.recorder, self.evidence, self.fixing, self.sheets)

    @made_once
    def feedback(self) -> FeedbackToLearners:
        """What the learners are told."""
        from markterm.centre.feedback import FeedbackToLearners

        return FeedbackToLearners(
            self.recorder,
            self.details,
            self._texts,
            self.caseload.names_now,
            self.sheets.titles,
            self._store.earlier,
            self.fixing.accounts,
        )

    @made_once
    def staff(self) -> Staff:
        """What the members have shown of their competence, and what waits for a countersignature."""
        from markterm.centre.staff import Staff

        return Staff(self.folder, self.details, self.sheets, self.recorder)

    @made_once
    def briefs(self) -> Briefs:
        """The briefs of assignments, verified before they are issued."""
        from markterm.centre.briefs import Briefs

        return Briefs(self.details, self.sheets, self.recorder)

    @made_once
    def assessed(self) -> AssessedLearners:
        """What everybody's records say of what was assessed."""
        from markterm.centre.assessed import AssessedLearners

        return AssessedLearners(self.folder, self.sheets, self.caseload, self._survey, self._own.assessed, self.seeing)

    @made_once
    def across(self) -> AcrossLearners:
        """One criterion across the learners, and the next open one anywhere."""
        from markterm.centre.across import AcrossLearners

        def begin(shown: LearnerPortfolio, named: Collection[str]) -> Beginning | None:
            new_for = self.caseload.new_for(shown.learner.registration)
            return shown.beginning(self.details.policy_for(shown.learner), self.member, named, new_for)

        portfolio = self.learners.portfolio
        return AcrossLearners(self.caseload, self._survey, self.sheets, portfolio, begin, self._looks)

    @made_once
    def history(self) -> History:
        """What was recorded, when and by whom."""
        from markterm.centre.history import History

        return History(self._store, self._survey, self.caseload, self.seeing, self._looks)

    @made_once
    def printed(self) -> PrintedSheets:
        """The mark sheets of the learners, as they are printed."""
        from markterm.centre.printed import PrintedSheets

        return PrintedSheets(self.details, self.recorder, self.attempts, self.briefs, self.fixing)

    @made_once
    def design(self) -> Design:
        """Proposals for integrated assignments."""
        from markterm.centre.design import Design

        return Design(self.sheets)

    @made_once
    def sheet_changes(self) -> SheetChanges:
        """What was decided on sheets that say something else by now."""
        from markterm.centre.sheet_changes import SheetChanges

        return SheetChanges(self.caseload, self.sheets, self.recorder)

    @made_once
    def registrations(self) -> Registrations:
        """Which record is whose, and registrations that are corrected."""
        from markterm.centre.registrations import Registrations

        return Registrations(self.folder, self.recorder, self._store, self.caseload, self.destructions)

    @made_once
    def registering(self) -> Registering:
        """Learners who come: one by hand, or all that a register names."""
        from markterm.centre.register import Registering

        return Registering(self.folder, self.details, self.sheets, self._store, self.caseload, self._clock, self.seeing)

    @made_once
    def format(self) -> CentreFormat:
        """The format of the centre, and bringing it to the newest."""
        from markterm.centre.centre_format import CentreFormat

        return CentreFormat(self.folder.file, (self._store, self._survey), self.seeing.require_staff)
