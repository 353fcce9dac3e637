"""What can be done in a centre to assure the quality of its assessment, and to look all of it through: each a noun that
is made when it is asked for, beside those of `capabilities.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from markterm.centre.capabilities import Capabilities
from markterm.domain.words.local_time import local
from markterm.system.made_once import made_once
from markterm.system.platform import CENTRE_RECORD

if TYPE_CHECKING:
    from markterm.centre.actions import Actions
    from markterm.centre.alike import AlikeWork
    from markterm.centre.audits import Audits
    from markterm.centre.badges import BadgesOfLearners
    from markterm.centre.cases import Cases
    from markterm.centre.centre_actions import CentreActions
    from markterm.centre.centre_due import DueOfCentre
    from markterm.centre.check import Check
    from markterm.centre.claims import Claims
    from markterm.centre.duties import Duties
    from markterm.centre.export.cohort import CohortExports
    from markterm.centre.export.exports import Exports
    from markterm.centre.export.matrix import MatrixExports
    from markterm.centre.export.pack import PackExports
    from markterm.centre.export.retention import RetentionExports
    from markterm.centre.export.scripts import ScriptExports
    from markterm.centre.export.verification import VerificationExports
    from markterm.centre.imports import Imports
    from markterm.centre.interests import ConflictsOfInterest
    from markterm.centre.observations import Observations
    from markterm.centre.plan import SamplingPlan
    from markterm.centre.ratings import Ratings
    from markterm.centre.reports import Reports
    from markterm.centre.retention import Retention
    from markterm.centre.signing_keys import SigningKeys
    from markterm.centre.standardisation import Standardisations
    from markterm.centre.tracked import TrackedLearners
    from markterm.centre.verification import Verification
    from markterm.centre.visits import Visits
    from markterm.centre.work_of_learners import WorkOfLearners
    from markterm.domain.record.cpd import Cpd


class QualityAssurance(Capabilities):
    """The centre from the side of its verifiers, and of whoever looks it through."""

    @made_once
    def verification(self) -> Verification:
        """What is sampled for verification, and what verifiers answer."""
        from markterm.centre.verification import Verification

        return Verification(self.recorder, self.details, self._separation, self.caseload, self._survey.load)

    @made_once
    def interests(self) -> ConflictsOfInterest:
        """Members and learners who are close."""
        from markterm.centre.interests import ConflictsOfInterest

        return ConflictsOfInterest(self.recorder, self._separation, self.details)

    @made_once
    def signing_keys(self) -> SigningKeys:
        """The keys with which members sign, and what is signed with them."""
        from markterm.centre.signing_keys import SigningKeys

        return SigningKeys(self.recorder, self._signing, self._store, self.details)

    @made_once
    def actions(self) -> Actions:
        """What verifiers want done, and whether it is."""
        from markterm.centre.actions import Actions

        return Actions(self.recorder, self.details, self._separation, self.caseload, self._survey, self._looks)

    @made_once
    def centre_actions(self) -> CentreActions:
        """What minutes, briefs and visits ask for, and whether it is done."""
        from markterm.centre.centre_actions import CentreActions

        return CentreActions(self.details, self.recorder)

    @made_once
    def due(self) -> DueOfCentre:
        """What is due of the centre as a whole, and of no unit."""
        from markterm.centre.centre_due import DueOfCentre

        return DueOfCentre(
            lambda: not self._survey.stamp(CENTRE_RECORD),
            lambda: local(self._clock()).date(),
            lambda: self.caseload.rows,
            frozenset(each.id for each in self.details.members),
            lambda: self.centre_actions,
            lambda: self.standardisation,
            lambda: self.observations,
            self._cpd_of_staff,
        )

    def _cpd_of_staff(self) -> Mapping[str, Cpd]:
        from markterm.domain.record.cpd import of_members

        return of_members(self.recorder.of_centre())

    @made_once
    def duties(self) -> Duties:
        """What one member has to do, one by one."""
        from markterm.centre.duties import Duties

        return Duties(self.caseload, self._survey, lambda: self.due)

    @made_once
    def cases(self) -> Cases:
        """Malpractice, appeals, complaints, adjustments and recognition of prior learning."""
        from markterm.centre.cases import Cases

        return Cases(self.recorder, self.evidence, self.fixing, self.caseload, self._survey, self._looks)

    @made_once
    def alike(self) -> AlikeWork:
        """What the work of several learners has in common."""
        from markterm.centre.alike import AlikeWork
        from markterm.centre.alike_texts import AlikeTexts
        from markterm.centre.evidence import Evidence
        from markterm.centre.stems import english_stems
        from markterm.domain.texts.word_prints import FORM
        from markterm.evidence.readers import VERSION
        from markterm.own.fingerprint_index import FingerprintIndex

        index = FingerprintIndex(self._own.fingerprints, f"{FORM} {VERSION}")
        # Everybody's work is read, and nobody looks at it.
        evidence = Evidence(self.folder, self._own.conversions)
        texts = AlikeTexts(self.folder, evidence, self.same_bytes, index, english_stems)
        return AlikeWork(
            texts,
            self.same_bytes,
            self.caseload,
            self.learners,
            lambda: self.cases,
            self.seeing,
            lambda: self.member,
        )

    @made_once
    def observations(self) -> Observations:
        """Assessors observed at work, and interviews about it."""
        from markterm.centre.observations import Observations

        return Observations(self.details, self.sheets, self.recorder)

    @made_once
    def ratings(self) -> Ratings:
        """How closely each assessor is looked at, and why."""
        from markterm.centre.ratings import Ratings

        return Ratings(self.details, self.sheets, self.recorder)

    @made_once
    def work(self) -> WorkOfLearners:
        """What waits for whom, and what was done, learner by learner."""
        from markterm.centre.work_of_learners import WorkOfLearners

        def today() -> date:
            return local(self._clock()).date()

        own, units_of = self._own.work, self.seeing.units_of
        return WorkOfLearners(self.folder, self.sheets, self.caseload, self._survey, own, today, units_of)

    @made_once
    def reports(self) -> Reports:
        """Figures over the records of all learners."""
        from markterm.centre.counted_records import CountedRecords
        from markterm.centre.reports import Reports
        from markterm.centre.work_reports import ActionReport, PlanReport, WorkloadReport, WorkReport
        from markterm.domain.reports import followed_up, planned, working

        work: dict[str, WorkReport] = {
            planned.NAME: PlanReport(self.details, self.assessed, self.plan),
            followed_up.NAME: ActionReport(self.details, self.work, self.centre_actions),
            working.NAME: WorkloadReport(self.details, self.work, self.centre_actions, self.plan),
        }
        counted = CountedRecords(self._survey, self._own.counted, self.seeing.registration, self.seeing.units_of)
        return Reports(self.folder, self.details, self.sheets, counted, self.caseload, work)

    @made_once
    def badges(self) -> BadgesOfLearners:
        """Badges for courses of the centre's own."""
        from markterm.centre.badges import BadgesOfLearners

        return BadgesOfLearners(self.recorder, self._signing, self.details)

    @made_once
    def claims(self) -> Claims:
        """What is ready to claim, and what was claimed."""
        from markterm.centre.claims import Claims

        return Claims(self.details, self.recorder, self.sheets, self._clock, lambda: self.visits.after())

    @made_once
    def visits(self) -> Visits:
        """Visits of the external quality assurer, and what they ask for."""
        from markterm.centre.visits import Visits

        return Visits(self.details, self.sheets, self.recorder)

    @made_once
    def exports(self) -> Exports:
        """What can leave the centre."""
        from markterm.centre.export.exports import Exports

        return Exports(
            self.folder,
            self.named_files,
            self.details,
            self.recorder,
            self._signing,
            self._store,
            self.attempts,
            self.sheets,
            self.printed,
            self.feedback,
            self.caseload,
            self.fixing,
            lambda: self.claims,
        )

    @made_once
    def imports(self) -> Imports:
        """Taking in what was exported."""
        from markterm.centre.imports import Imports

        return Imports(self.folder, self.details, self._store, self.destructions, self.seeing)

    @made_once
    def packs(self) -> PackExports:
        """Visit packs: all of the learners that are asked for, for somebody from outside."""
        from markterm.centre.export.pack import PackExports
        from markterm.centre.export.pack_sources import PackSources
        from markterm.centre.export.standing import AsItStands

        return PackExports(
            PackSources(
                self.details,
                AsItStands(self.learners, self._store),
                self._store,
                self.exports,
                self.evidence,
                self.caseload,
                self.reports,
                self.plan,
                self.matrix,
                self.verification_exports,
                self.retention,
                self.cohort,
                self._signing.keys,
                self.badges.of_shown,
                lambda: self.sheets.qualifications.by_code,
                self._clock,
                self.seeing,
                self._looks,
            )
        )

    @made_once
    def standardisation(self) -> Standardisations:
        """What members marked alone and compared, and what they agreed on."""
        from markterm.centre.standardisation import Standardisations

        return Standardisations(self.details, self.sheets, self.caseload, self.evidence, self.fixing, self.recorder)

    @made_once
    def plan(self) -> SamplingPlan:
        """What is to be verified, by whom until when, and why."""
        from markterm.centre.plan import SamplingPlan

        return SamplingPlan(
            self.details,
            self.assessed,
            self.caseload,
            self._survey,
            self.recorder,
            self.ratings,
            self._separation,
            self.verification,
            self.observations,
        )

    @made_once
    def tracked(self) -> TrackedLearners:
        """Where the criteria of everybody's units stand."""
        from markterm.centre.tracked import TrackedLearners

        return TrackedLearners(
            self.folder,
            self.sheets,
            self.caseload,
            self._survey,
            self._own.tracked,
            self._held_by_brief,
            self.seeing.units_of,
        )

    @made_once
    def matrix(self) -> MatrixExports:
        """The tracking matrix, as it leaves the centre."""
        from markterm.centre.export.matrix import MatrixExports

        return MatrixExports(self.folder, self.details, self.sheets, self.tracked, self._clock)

    @made_once
    def cohort(self) -> CohortExports:
        """A cohort on one page, as it leaves the centre."""
        from markterm.centre.export.cohort import CohortExports
        from markterm.centre.export.pages import Pages

        pages = Pages(self.folder.templates, self._clock)
        return CohortExports(self.details, self.sheets, self.tracked, self.reports, pages, self._clock)

    @made_once
    def scripts(self) -> ScriptExports:
        """Anonymised scripts for standardisation, as they leave the centre."""
        from markterm.centre.export.scripts import ScriptExports
        from markterm.centre.export.standing import AsItStands

        return ScriptExports(
            self.details,
            self.recorder,
            AsItStands(self.learners, self._store),
            self.caseload,
            self.evidence,
            self.fixing,
            self.sheets,
            self.standardisation,
        )

    @made_once
    def verification_exports(self) -> VerificationExports:
        """What is shown of internal verification, as it leaves the centre."""
        from markterm.centre.export.standing import AsItStands
        from markterm.centre.export.verification import VerificationExports

        return VerificationExports(
            self.folder,
            self.details,
            self.caseload,
            AsItStands(self.learners, self._store),
            self.assessed,
            self.plan,
            self.centre_actions,
            self.observations,
            self.standardisation,
            self.briefs,
            self.staff,
            self.interests,
            self.visits,
            self._signing.keys,
            self._clock,
        )

    @made_once
    def retention_exports(self) -> RetentionExports:
        """What is kept of everybody until when, as it leaves the centre."""
        from markterm.centre.export.retention import RetentionExports
        from markterm.centre.export.standing import AsItStands

        standing = AsItStands(self.learners, self._store)
        return RetentionExports(self.folder, self.details, self.caseload, standing, self.retention, self._clock)

    @made_once
    def check(self) -> Check:
        """Whether the centre's sheets, learners' files and records hang together."""
        from markterm.centre.check import Check

        return Check(
            self.folder,
            self.details,
            self.sheets,
            self.sheet_changes,
            self.registrations,
            self.standardisation,
            self.briefs,
            self.observations,
            self.due,
            self.retention,
            self.seeing,
            self._caveats_of_records,
            self._own.writers,
            self._clock,
        )

    def _caveats_of_records(self) -> tuple[str, ...]:
        """What of the records may be lost or changed where they are kept. Raises `Unreadable`."""
        if not self.details.record_store:
            return ()
        from markterm.centre import stores

        return stores.status_of(self.folder, self._own, self.details).caveats

    @made_once
    def retention(self) -> Retention:
        """What is kept of each learner until when, and what is destroyed."""
        from markterm.centre.retention import Retention

        return Retention(
            self.folder,
            self.details,
            self.sheets,
            self.recorder,
            (self._store, self._survey),
            self.destructions,
            self.caseload,
            self.presence,
            lambda: self.audits,
            self._own,
        )

    @made_once
    def audits(self) -> Audits:
        """What verifies records, and remembers on this machine what it saw."""
        from markterm.centre.audits import Audits
        from markterm.centre.stores import seen_by_others
        from markterm.domain.record.separated import Known

        return Audits(
            self._survey,
            self._own.seen_heads,
            lambda: seen_by_others(self._own),
            f"{self.details.number} {self.details.name}",
            lambda: Known(
                self.members.history, self._separation.as_last_read, self.details.policy.interest_bars_assessors
            ),
            self.details.strategies.most_running,
            self._signing.keys,
            self._clock,
            self.destructions.every,
            self.folder.evidence,
            self.seeing,
        )
