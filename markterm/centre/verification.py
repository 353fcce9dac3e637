"""Verification of units: what is sampled, and a verifier's answer to its decisions, for whoever may answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from heapq import nlargest

from markterm.centre.caseload import Caseload
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.separation import SeparationOnRecord
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.strategy import Strategy
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.record.plans import PlannedDays, plans_of
from markterm.domain.record.states import VerificationState
from markterm.domain.record.verifying import SUMMATIVE, closings_verified
from markterm.domain.rules import verification
from markterm.domain.rules.answering import Asked, Said
from markterm.domain.rules.separation import LetPass, Separation, goes_on
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Step
from markterm.domain.views.queue import Queued, queue
from markterm.domain.views.to_verify import ToVerify
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.local_time import local


class Verification:
    """Samples units for verification and records the answers. Verbs raise as `Recorder.record` does.

    `load` gives the events of a record: those of other learners are read where the centre says how many units running
    of the same assessor are enough.
    """

    def __init__(
        self,
        recorder: Recorder,
        details: CentreDetails,
        separation: SeparationOnRecord,
        caseload: Caseload,
        load: Callable[[str], Sequence[Event]],
    ) -> None:
        self._recorder = recorder
        self._details = details
        self._separation = separation
        self._caseload = caseload
        self._load = load

    def sample(
        self,
        registration: str,
        unit_code: str,
        why: str,
        *,
        stage: str = SUMMATIVE,
        verifier: str = "",
        due: date | None = None,
    ) -> Recorded:
        """Sample the present attempt at a unit, and say why; give it to the `verifier` of that id, until the day `due`.

        Raises `WrongUse`, too, when the centre has no such member.
        """
        given_to = self._details.named(verifier) if verifier else None
        around = self._separation.of(registration)
        return self._recorder.record(
            registration,
            lambda act, now: verification.sample(
                act, now.unit(unit_code), now.portfolio, why, stage=stage, verifier=given_to, due=due, around=around
            ),
        )

    def take_back(self, registration: str, unit_code: str, why: str) -> Recorded:
        """Have the present attempt at a unit sampled no more, and say why."""
        return self._recorder.record(
            registration,
            lambda act, now: verification.take_back(act, now.unit(unit_code), now.portfolio, why),
        )

    def look(self, registration: str, unit_code: str, said: Said, *, let_pass: LetPass | None = None) -> Recorded:
        """Record an interim look at what is decided so far of a unit."""
        self._recorder.learners.require_whole(registration, "verified")
        around = replace(self._separation.of(registration), let_pass=let_pass)
        return self._recorder.record(
            registration,
            lambda act, now: verification.look(
                act,
                now.unit(unit_code),
                now.when_complete("verified").portfolio,
                said,
                around,
                self._asked(now.learner),
            ),
        )

    def verify(self, registration: str, unit_code: str, said: Said, *, let_pass: LetPass | None = None) -> Recorded:
        """Agree to the closing of a unit, or to single decisions that it rests on, or say why not."""
        self._recorder.learners.require_whole(registration, "verified")
        around = replace(self._with_running(registration, unit_code), let_pass=let_pass)
        return self._recorder.record(
            registration,
            lambda act, now: verification.verify(
                act,
                now.unit(unit_code),
                now.when_complete("verified").portfolio,
                said,
                around,
                self._asked(now.learner),
            ),
        )

    @property
    def today(self) -> date:
        """The day by which something is over its day or not."""
        return local(self._recorder.now()).date()

    def queue(self, rows: Iterable[CaseloadRow]) -> list[Queued]:
        """What waits for verifiers in the units of the learners of these rows, as whoever acts sees it. Raises
        `Unreadable` when the centre's own record cannot be read."""
        member, now, interests = self._recorder.member, self._recorder.now(), self._separation.interests

        def why_not(row: CaseloadRow, unit: UnitProgress, step: ToVerify) -> str:
            if member is None:
                return ""
            if Role.VERIFIER not in member.roles:
                return "no verifier"
            if member.id in step.people:
                return "your own work"
            if member.learning_to_verify and unit.verification is VerificationState.UNCOUNTERSIGNED:
                return "to be countersigned, and you are in training"
            if interests.declared and interests.at(member.id, (*row.earlier, row.registration), now) is not None:
                return "a conflict of interest"
            return ""

        planned = PlannedDays(plans_of(self._recorder.of_centre()))

        def until(row: CaseloadRow, unit: UnitProgress, step: ToVerify) -> date | None:
            if step.step is not Step.VERIFY:
                return step.due
            of = self._details.strategies.of
            days = min((of(each).due_days for each in row.qualifications), default=of("").due_days)
            return planned.until(
                (row.registration, *row.earlier), unit.code, step.closed, days, step.due, step.sampled_at
            )

        verifiers = {each.id for each in self._details.members if Role.VERIFIER in each.roles}
        return queue(rows, member.id if member is not None else "", verifiers, why_not, until)

    def countersign(
        self, registration: str, unit_code: str, note: str = "", *, let_pass: LetPass | None = None
    ) -> Recorded:
        """Countersign what a verifier in training answered to a unit."""
        self._recorder.learners.require_whole(registration, "verified")
        around = replace(self._with_running(registration, unit_code), let_pass=let_pass)
        return self._recorder.record(
            registration,
            lambda act, now: verification.countersign(
                act, now.unit(unit_code), now.when_complete("verified").portfolio, note, around
            ),
        )

    def check(self, registration: str, unit_code: str, *, let_pass: LetPass | None = None) -> None:
        """Raises `Refused` when whoever acts may not verify the unit as it stands: before a word is written for
        nothing. May look at every learner: for a thread."""
        self._recorder.learners.require_whole(registration, "verified")
        around = replace(self._with_running(registration, unit_code), let_pass=let_pass)
        now = self._recorder.learners.portfolio(registration).when_complete("verified")
        verification.may_verify(self._recorder.act(registration), now.unit(unit_code), now.portfolio, around)

    def asked(self, registration: str) -> Asked:
        """What the centre asks of every verification of that learner beside the answers."""
        return self._asked(self._recorder.learners.named(registration))

    def due_from(self, registration: str, today: date) -> date:
        """The day until which an action is to be done where nobody says another: as long as a verifier has for a
        sample of that learner."""
        own = self._strategies(self._recorder.learners.named(registration))
        return today + timedelta(days=min(each.due_days for each in own))

    def let_pass(self, lead: str, reason: str) -> LetPass:
        """That the member of that id lets a rule of separation be passed over. Raises `WrongUse` for no member."""
        return LetPass(self._details.named(lead), reason)

    def _strategies(self, learner: Learner) -> tuple[Strategy, ...]:
        """Those of the learner's qualifications: each holds, and so the strictest does."""
        of = self._details.strategies.of
        return tuple(map(of, learner.qualifications)) or (of(""),)

    def _asked(self, learner: Learner) -> Asked:
        own = self._strategies(learner)
        return Asked(any(each.vacsr for each in own), any(each.feedback_quality for each in own))

    def _with_running(self, registration: str, unit_code: str) -> Separation:
        """What is known beside the record; whose units were verified last only where the centre asks for it, and not of
        whoever has begun with this one."""
        around, member = self._separation.of(registration), self._recorder.member
        limits = [each.most_running for each in self._strategies(self._recorder.learners.named(registration))]
        most = min((each for each in limits if each), default=0)
        if not most or member is None:
            return around
        now = self._recorder.learners.portfolio(registration)
        if goes_on(now.portfolio.unit(now.unit(unit_code).key), member.id):
            return around
        last = nlargest(most, self._verified_by(member), key=lambda each: each[0])
        return replace(around, running=tuple(assessor for _, assessor in last), most_running=most)

    def _verified_by(self, member: Member) -> Iterator[tuple[datetime, str]]:
        """When that member began to verify a closing, and whose it was."""
        for row in self._caseload.now():
            if any(unit.verification is not VerificationState.NONE for unit in row.units):
                with suppress(Unreadable):  # What cannot be read is told of by whoever shows that learner.
                    answers = closings_verified(self._load(row.registration))
                    own = [(event.at, closing) for event, closing in answers if event.actor == member.id]
                    begun = {closing.uid: (at, closing.actor) for at, closing in sorted(own, key=_at, reverse=True)}
                    yield from begun.values()


def _at(verified: tuple[datetime, Event]) -> datetime:
    return verified[0]
