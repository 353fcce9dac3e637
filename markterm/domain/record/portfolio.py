"""A learner's portfolio as the events tell it: a pure fold, the same in any front end, for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from markterm.domain.assessed.level import Level, level_named
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.after_closing import NOTHING_FOLLOWED, AfterClosing, Release, after_closing
from markterm.domain.record.aside import ASIDE, NOTHING_DONE, Aside
from markterm.domain.record.bodies.closing import Closed
from markterm.domain.record.bodies.handed_in import Declared, Submitted
from markterm.domain.record.carrying import NOTHING_CARRIED, Placing, placing
from markterm.domain.record.criterion_fold import criterion_record
from markterm.domain.record.decision import OPEN_CRITERION, CriterionRecord, Decision, attempt_of
from markterm.domain.record.declaration import Declaration, declaration_of
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.record.states import CriterionState, UnitState, VerificationState
from markterm.domain.record.submission import Submission
from markterm.domain.record.understanding import is_understood
from markterm.domain.record.verifying import Verification
from markterm.domain.words.foreign_text import one_name

if TYPE_CHECKING:
    from markterm.domain.assessed.unit import Criterion
    from markterm.domain.record.holds import DestroyedEvidence
    from markterm.domain.record.opened_evidence import OpenedEvidence


@dataclass(frozen=True, slots=True)
class Closing:
    """A unit's outcome as the assessor closed it: `rests_on` are the uids of the decisions it was drawn from, and
    `evidence_changed` what had become of the files since they were submitted, if it was closed on those all the same.
    `reopened` says that it was taken back since; `grade` is what a graded unit reached, None for any other.
    """

    uid: str
    outcome: Result
    feedback: str
    actor: str
    at: datetime
    attempt: int
    rests_on: tuple[str, ...]
    reopened: bool = False
    evidence_changed: tuple[str, ...] = ()
    grade: Level | None = None

    @property
    def state(self) -> UnitState:
        """Where the unit stands while it is closed so."""
        if self.outcome is Result.REFER:
            return UnitState.CLOSED_REFER
        return UnitState(self.grade.value) if self.grade is not None else UnitState.CLOSED_PASS

    @property
    def word(self) -> str:
        """The outcome in a word: the grade where there is one, `merit`, else pass or refer."""
        return self.state.value


@dataclass(frozen=True)
class UnitRecord:
    """Everything that happened to one unit of one learner. `closing` is None unless the unit is closed now; `closings`,
    `submissions` and `declarations` are all that there were, oldest first. `outdated` says that the outcome of the
    closing is not what the criteria of the sheet come to now; `not_asked` are the uids of what nobody asks for now.
    """

    criteria: Mapping[str, CriterionRecord] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    closing: Closing | None = None
    closings: tuple[Closing, ...] = ()
    submissions: tuple[Submission, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    after: AfterClosing = NOTHING_FOLLOWED
    outdated: bool = False
    not_asked: frozenset[str] = frozenset()

    def criterion(self, number: str) -> CriterionRecord:
        """The record of that criterion; an open one if nothing happened to it."""
        return self.criteria.get(number, OPEN_CRITERION)

    def states(self, criteria: Iterable[Criterion]) -> list[CriterionState]:
        """Where these criteria stand, in their order."""
        own = self.criteria.get
        return [own(each.number, OPEN_CRITERION).state for each in criteria]

    @cached_property
    def unsigned(self) -> Mapping[str, tuple[Decision, ...]]:
        """By the number of its criterion what waits for a countersignature; what does not fit the sheet is settled
        first."""
        found: dict[str, tuple[Decision, ...]] = {}
        for number, own in self.criteria.items():
            for each in () if own.stale else own.standing:
                if each.waits_for_countersignature:
                    found[number] = (*found.get(number, ()), each)
        return found

    @cached_property
    def attempt(self) -> int:
        """The attempt that is being marked, counted from 1."""
        decided = max((decision.attempt for each in self.criteria.values() for decision in each.live), default=1)
        return max(decided, self.submission.attempt) if self.submission is not None else decided

    @property
    def submission(self) -> Submission | None:
        """The last one of the latest attempt; None before the unit was submitted."""
        return max(reversed(self.submissions), key=lambda each: each.attempt, default=None)

    def handed_in(self, attempt: int) -> Submission | None:
        """When the work of that attempt was submitted, first; None where nobody did: what is fixed at closing is not
        handed in by that."""
        return next((each for each in self.submissions if each.attempt == attempt and not each.at_closing), None)

    @property
    def releases(self) -> tuple[Release, ...]:
        """The feedback that went to the learner, the oldest first, without what a later release replaced."""
        return self.after.releases

    @property
    def is_sampled(self) -> bool:
        """Whether the attempt is verified once it is closed: it was sampled, or is a resubmission."""
        return self.after.is_sampled(self.closing.attempt if self.closing is not None else self.attempt)

    @property
    def awaits_verification(self) -> bool:
        """Whether it is closed, its attempt is one that is verified, and no verifier agreed to this closing yet.

        An attempt that was sampled is verified, and every resubmission is.
        """
        closing = self.closing
        if closing is None or not self.is_sampled:
            return False
        return self.verification is not VerificationState.AGREED

    @cached_property
    def standing(self) -> frozenset[str]:
        """The uids of every decision that stands."""
        return frozenset(decision.uid for record in self.criteria.values() for decision in record.standing)

    @property
    def verification(self) -> VerificationState:
        """What the verification of the present attempt comes to."""
        closing = self.closing
        if closing is None:
            return self.after.verification("", self.attempt, self.why_stale)
        return self.after.verification(closing.uid, closing.attempt, self.why_stale)

    def why_stale(self, answer: Verification) -> str:
        """Why a verifier's answer is not to what stands now, in a clause; empty while it is, and for an earlier attempt
        that was not taken back."""
        closing = self.closing
        now = closing.attempt if closing is not None else self.attempt
        if answer.attempt != now:
            taken_back = any(each.uid == answer.closing and each.reopened for each in self.closings)
            return "the unit was reopened since" if taken_back else ""
        if gone := answer.no_longer_stand(self.standing):
            return "; ".join(gone)
        if not answer.is_interim and (closing is None or closing.uid != answer.closing):
            return "the unit was reopened or closed anew since"
        if self.outdated and self.is_as_closed:
            return "it was closed on another wording than is marked by now"
        is_of_all = self.outdated or not answer.answers
        return "decisions were made since" if is_of_all and self.changed_since_closing else ""

    @property
    def changed_since_closing(self) -> bool:
        """Whether the closing does not hold as it is: decisions stand that it did not rest on, because somebody marked
        without having seen it, or the sheet asks for something else by now."""
        return self.closing is not None and (self.outdated or not self.is_as_closed)

    @property
    def is_done(self) -> bool:
        """Whether it is closed as passed and holds as it is: nothing is to be handed in."""
        closing = self.closing
        return closing is not None and closing.outcome is not Result.REFER and not self.changed_since_closing

    @property
    def referred_at(self) -> datetime | None:
        """When it was closed as a referral that holds as it is: the learner hands in again. None where it is not."""
        closing = self.closing
        if closing is None or closing.outcome is not Result.REFER or self.changed_since_closing:
            return None
        return closing.at

    @property
    def is_as_closed(self) -> bool:
        """Whether it is closed, and what stands is what the closing rests on, but for what nobody asks for now."""
        if self.closing is None:
            return False
        return self.standing == set(self.closing.rests_on) - self.not_asked


EMPTY_UNIT = UnitRecord()
# Names of an enumeration are looked up anew each time, and every event of a record is asked when it is opened.
_CARRIED, _RENAMED = Kind.CARRIED.value, Kind.RENAMED.value


@dataclass(frozen=True, slots=True)
class Portfolio(Aside):
    """A learner's record, folded. `declaration` is the last one made; `unknown` are events that this version
    cannot fold: they are kept and shown, never dropped. `last` is the newest event; `latest` the latest time that one
    bears, which is another's where clocks differ, of those with which something was done; `begun` for each unit's code
    the version that it was last recorded in. `events` are all of the record, `aside` those of them that decide nothing:
    steps of cases and of claims, comments, due days, holds, badges, signatures, self-assessments, CPD, accounts,
    methods, departures, arrivals, openings, and that evidence was destroyed; `placing` says where what was settled
    stands."""

    units: Mapping[UnitKey, UnitRecord] = field(default_factory=dict)
    declaration: Declaration | None = None
    unknown: tuple[Event, ...] = ()
    last: Event | None = None
    latest: datetime | None = None
    begun: Mapping[str, UnitKey] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    placing: Placing = NOTHING_CARRIED
    aside: tuple[Event, ...] = ()

    @property
    def opened_evidence(self) -> OpenedEvidence:
        """What of the learner's evidence an assessor has opened."""
        from markterm.domain.record.opened_evidence import opened_evidence

        return opened_evidence(self.events)

    def destroyed_of(self, key: UnitKey) -> DestroyedEvidence | None:
        """That the evidence of that unit was destroyed; None where it was not, or where nothing of it was fixed or
        closed then."""
        destroyed = self.evidence_destroyed
        if destroyed is None:
            return None
        record = self.unit(key)
        uids = {*(each.uid for each in record.submissions), *(each.uid for each in record.closings)}
        return None if destroyed.rests_on.isdisjoint(uids) else destroyed

    def unit(self, key: UnitKey) -> UnitRecord:
        """The record of that unit; an empty one if nothing happened to it."""
        return self.units.get(key, EMPTY_UNIT)

    def declared(self, key: UnitKey) -> Declaration | None:
        """The declaration that covers the present attempt at that unit, or None.

        One for the whole portfolio covers first attempts: work that is handed in again is new work.
        """
        record = self.unit(key)
        attempt = record.attempt
        own = next((each for each in reversed(record.declarations) if each.attempt == attempt), None)
        return self.declaration if own is None and attempt == 1 else own

    def batch(self, uid: str) -> tuple[tuple[UnitKey, str, Decision], ...]:
        """The decisions that were made at once under that batch uid and were not withdrawn: unit, criterion, each."""
        return tuple(
            (key, number, decision)
            for key, unit in self.units.items()
            for number, record in unit.criteria.items()
            for decision in record.live
            if uid and decision.occasion.batch == uid
        )

    def with_event(self, event: Event) -> Portfolio:
        """The portfolio after one more event; only the criterion or unit that it names is folded again, unless it says
        where decisions stand."""
        if self.placing.touches(event):
            return fold((*self.events, event))
        return _fold(self, (event,))


def fold(events: Iterable[Event]) -> Portfolio:
    """The portfolio that these events, in the order of the record, come to."""
    events = tuple(events)
    settled = any(event.kind == _CARRIED for event in events)
    return _fold(Portfolio(placing=placing(events)) if settled else Portfolio(), events)


def _fold(before: Portfolio, events: tuple[Event, ...]) -> Portfolio:
    unit_events: dict[UnitKey, list[Event]] = {}
    criterion_events: dict[UnitKey, dict[str, list[Event]]] = {}
    declaration = before.declaration
    last, latest = before.last, before.latest
    begun = dict(before.begun)
    placed = before.placing
    unknown, aside = list(before.unknown), list(before.aside)
    for event in events:
        last = event
        if event.kind not in NOTHING_DONE and (latest is None or event.at > latest):
            latest = event.at
        subject = event.subject
        if event.kind == _RENAMED and is_understood(event):
            continue  # Whose record it is: nothing in it stands otherwise.
        if not is_understood(event) or (subject.criterion is None and _withdraws_nothing_known(event, placed)):
            unknown.append(event)
        elif event.kind in ASIDE:
            aside.append(event)
        elif subject.unit is None:
            declaration = declaration_of(event, Declared.read(event.body))
        else:
            key = placed.unit(subject.unit) if placed.units else subject.unit
            begun[key.code] = key
            if subject.criterion is None:
                unit_events.setdefault(key, []).append(event)
                continue
            criterion_events.setdefault(subject.unit, {}).setdefault(subject.criterion, []).append(event)
            if placed is not NOTHING_CARRIED:
                for unit, number in placed.elsewhere(event):
                    if (unit, number) != (subject.unit, subject.criterion):
                        criterion_events.setdefault(unit, {}).setdefault(number, []).append(event)
    units = dict(before.units)
    # In the order of the record, and never in that of a set: what is listed by unit is the same each time.
    for key in dict.fromkeys((*unit_events, *criterion_events)):
        record = units.get(key, EMPTY_UNIT)
        if key in unit_events:
            own = (*record.events, *unit_events[key])
            record = _unit_record(own, record.criteria)
        if key in criterion_events:
            attempt = _begun(record.submissions)
            criteria = dict(record.criteria)
            for number, added in criterion_events[key].items():
                criteria[number] = criterion_record(record.criterion(number), added, attempt, (key, number), placed)
            record = replace(record, criteria=criteria) if record is not EMPTY_UNIT else UnitRecord(criteria)
        units[key] = replace(record, not_asked=placed.not_asked) if placed.not_asked else record
    every = (*before.events, *events)
    return Portfolio(units, declaration, tuple(unknown), last, latest, begun, every, placed, tuple(aside))


def _withdraws_nothing_known(event: Event, placed: Placing) -> bool:
    """Whether it takes back something of a whole unit that no event here tells of."""
    return event.kind == Kind.WITHDRAWN and placed.known.isdisjoint(event.supersedes)


def _unit_record(events: tuple[Event, ...], criteria: Mapping[str, CriterionRecord]) -> UnitRecord:
    closing: Closing | None = None
    closings: list[Closing] = []
    submissions: list[Submission] = []
    declarations: list[Declaration] = []
    for event in events:
        if event.kind == Kind.CLOSED:
            closing = closing_of(event)
            closings.append(closing)
        elif event.kind == Kind.REOPENED:
            closing = None
            attempt_reopened = closings[-1].attempt if closings else 0
            closings = [replace(each, reopened=True) if each.attempt == attempt_reopened else each for each in closings]
        elif event.kind == Kind.DECLARED:
            declarations.append(declaration_of(event, Declared.read(event.body)))
        elif event.kind == Kind.SUBMITTED:
            said = Submitted.read(event.body)
            submissions.append(_submission(event, said))
            if said.declaration is not None:
                declarations.append(declaration_of(event, said.declaration))
    attempt = _begun(submissions)
    if closing is not None and closing.attempt < attempt:
        closing = None  # What was referred is handed in again, also if whoever closed it had not seen that.
    if any(record.attempt != attempt for record in criteria.values()):
        criteria = {number: replace(record, attempt=attempt) for number, record in criteria.items()}
    return UnitRecord(
        criteria,
        events,
        closing,
        tuple(closings),
        tuple(submissions),
        tuple(declarations),
        after_closing(events),
    )


def _begun(submissions: Sequence[Submission]) -> int:
    """The attempt that was begun last: one that was begun stands, though somebody who had not seen it handed in anew
    for an earlier one."""
    return max((each.attempt for each in submissions), default=1)


def _submission(event: Event, said: Submitted) -> Submission:
    return Submission(
        event.uid,
        attempt_of(event),
        {one_name(name): sha256 for name, sha256 in said.files.items()},
        event.actor,
        event.at,
        said.authorised_by,
        said.at_closing,
        said.no_evidence,
        tuple(map(one_name, said.unread)),
        said.policy.conditions if said.policy is not None else (),
    )


def closing_of(event: Event) -> Closing:
    """The closing that an event of that kind, with an outcome that this version knows, tells of."""
    said = Closed.read(event.body)
    return Closing(
        event.uid,
        said.outcome,
        said.feedback,
        event.actor,
        event.at,
        attempt_of(event),
        said.rests_on,
        evidence_changed=said.evidence_changed,
        grade=level_named(said.grade) if said.grade else None,
    )
