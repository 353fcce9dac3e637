"""A learner's portfolio as the events tell it: a pure fold, the same in any front end, for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from markterm.domain.after_closing import (
    AFTER_CLOSING,
    NOTHING_FOLLOWED,
    AfterClosing,
    Release,
    after_closing,
    is_understood,
)
from markterm.domain.citation import Citation, Passage
from markterm.domain.event import Event, Json, Kind, Result
from markterm.domain.submission import Submission
from markterm.domain.unit import Marks, Unit, UnitKey


class CriterionState(StrEnum):
    """Where a criterion stands. Open is not a referral; a conflict is neither. Resubmitted is a referral of an earlier
    attempt that waits to be decided in this one."""

    OPEN = "open"
    PASS = "pass"
    REFER = "refer"
    CONFLICT = "conflict"
    RESUBMITTED = "resubmitted"


DECIDED = (CriterionState.PASS, CriterionState.REFER)
WAITING = (CriterionState.RESUBMITTED, CriterionState.OPEN, CriterionState.CONFLICT)
"""The states in which a criterion waits for an assessor."""


class UnitState(StrEnum):
    """Where a unit stands, from the criteria decided so far and the assessor's closing of it."""

    NOT_STARTED = "not started"
    MARKING = "marking"
    DECIDED = "decided"
    CLOSED_PASS = "pass"
    CLOSED_REFER = "refer"


@dataclass(frozen=True, slots=True)
class Occasion:
    """The integrated assignment and the task in which decisions are made, and what joins those made at once.

    Empty and None for a decision made in its unit, one by one.
    """

    assignment: str = ""
    task: int | None = None
    batch: str = ""

    def __str__(self) -> str:
        """The assignment and the task, or an empty text."""
        task = f", task {self.task}" if self.task is not None else ""
        return f"{self.assignment}{task}" if self.assignment else ""


class Decision(NamedTuple):
    """One decision on one criterion: the wording is that of the criterion it was made against.

    `marks` are those that it was converted from, where the sheet has marks, and `scale` what the sheet gave then.
    `in_training` says that the member was in training for the unit, and `countersigned_by` who countersigned it since;
    `reason` is why it settled a conflict, where it did. A named tuple, because all of a record's are made whenever it
    is opened, and a frozen dataclass of so many fields takes four times as long.
    """

    uid: str
    result: Result
    note: str
    actor: str
    at: datetime
    attempt: int
    wording: str
    supersedes: tuple[str, ...]
    occasion: Occasion = Occasion()
    marks: int | None = None
    scale: Marks | None = None
    in_training: bool = False
    countersigned_by: str = ""
    reason: str = ""

    @property
    def waits_for_countersignature(self) -> bool:
        """Whether it was made in training, and nobody countersigned it."""
        return self.in_training and not self.countersigned_by

    @property
    def in_marks(self) -> str:
        """What it was converted from, `12 of 20 marks, 10 to pass`; empty for one that was made without marks."""
        if self.marks is None:
            return ""
        if self.scale is None:
            return f"{self.marks} marks"
        return f"{self.marks} of {self.scale.maximum} marks, {self.scale.minimum} to pass"


@dataclass(frozen=True, slots=True)
class CriterionRecord:
    """Everything that happened to one criterion of one learner.

    `events` in the order of the record; `live` are the decisions that were not withdrawn; `standing` those of them
    that no other live decision replaced: none when open, one when decided, several in a conflict. `citations` are
    those that were not taken back, in the order of the record. `attempt` is the last at which the unit was handed in.
    """

    events: tuple[Event, ...] = ()
    live: tuple[Decision, ...] = ()
    standing: tuple[Decision, ...] = ()
    citations: tuple[Citation, ...] = ()
    attempt: int = 1

    @property
    def state(self) -> CriterionState:
        """Where it stands."""
        if not self.standing:
            return CriterionState.OPEN
        if len(self.standing) > 1:
            return CriterionState.CONFLICT
        (decision,) = self.standing
        if decision.result is Result.REFER and decision.attempt < self.attempt:
            return CriterionState.RESUBMITTED
        return CriterionState(decision.result.value)

    @property
    def decision(self) -> Decision | None:
        """The decision that stands alone, or None when open or in conflict."""
        return self.standing[0] if len(self.standing) == 1 else None

    @property
    def to_withdraw(self) -> Decision | None:
        """The decision that a withdrawal takes back: the last one of this attempt. None where there is none: what an
        earlier attempt came to stays."""
        last = (self.standing or self.live)[-1] if self.live else None
        return last if last is not None and last.attempt >= self.attempt else None


@dataclass(frozen=True, slots=True)
class Closing:
    """A unit's outcome as the assessor closed it: `rests_on` are the uids of the decisions it was drawn from."""

    uid: str
    outcome: Result
    feedback: str
    actor: str
    at: datetime
    attempt: int
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """The learner's statement that the work is their own, and whether they refuse its anonymised use.

    `on` is the day on which they gave it, None when only its receipt `at` is known; `attempt` the one that it covers.
    """

    uid: str
    form: str
    refuses_use: bool
    actor: str
    at: datetime
    on: date | None = None
    attempt: int = 1


OPEN_CRITERION = CriterionRecord()


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """Everything that happened to one unit of one learner. `closing` is None unless the unit is closed now; `closings`,
    `submissions` and `declarations` are all that there were, oldest first."""

    criteria: Mapping[str, CriterionRecord] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    closing: Closing | None = None
    closings: tuple[Closing, ...] = ()
    submissions: tuple[Submission, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    after: AfterClosing = NOTHING_FOLLOWED

    def criterion(self, number: str) -> CriterionRecord:
        """The record of that criterion; an open one if nothing happened to it."""
        return self.criteria.get(number, OPEN_CRITERION)

    @property
    def attempt(self) -> int:
        """The attempt that is being marked, counted from 1."""
        decided = max((decision.attempt for each in self.criteria.values() for decision in each.live), default=1)
        return max(decided, self.submission.attempt) if self.submission is not None else decided

    @property
    def submission(self) -> Submission | None:
        """The last one of the latest attempt; None before the unit was submitted."""
        return max(reversed(self.submissions), key=lambda each: each.attempt, default=None)

    @property
    def releases(self) -> tuple[Release, ...]:
        """The feedback that went to the learner, the oldest first, without what a later release replaced."""
        return self.after.releases

    @property
    def awaits_verification(self) -> bool:
        """Whether it is closed, its attempt is one that is verified, and no verifier agreed to this closing yet.

        An attempt that was picked is verified, and every resubmission is.
        """
        closing = self.closing
        if closing is None or (closing.attempt < 2 and self.after.sample(closing.attempt) is None):
            return False
        verified = self.after.verified(closing.uid)
        return not (verified and all(each.agrees for each in verified))

    @property
    def changed_since_closing(self) -> bool:
        """Whether decisions stand now that the closing did not rest on: somebody marked without having seen it."""
        if self.closing is None:
            return False
        standing = {decision.uid for record in self.criteria.values() for decision in record.standing}
        return standing != set(self.closing.rests_on)


EMPTY_UNIT = UnitRecord()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A learner's record, folded. `declaration` is the last one made; `unknown` are events that this version
    cannot fold: they are kept and shown, never dropped. `last` is the newest event; `latest` the latest time that one
    bears, which is another's where clocks differ; `begun` for each unit's code the version that it was last recorded
    in."""

    units: Mapping[UnitKey, UnitRecord] = field(default_factory=dict)
    declaration: Declaration | None = None
    unknown: tuple[Event, ...] = ()
    last: Event | None = None
    latest: datetime | None = None
    begun: Mapping[str, UnitKey] = field(default_factory=dict)

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
        """The portfolio after one more event; only the criterion or unit that it names is folded again."""
        return _fold(self, (event,))


def fold(events: Iterable[Event]) -> Portfolio:
    """The portfolio that these events, in the order of the record, come to."""
    return _fold(Portfolio(), events)


def _fold(before: Portfolio, events: Iterable[Event]) -> Portfolio:
    unit_events: dict[UnitKey, list[Event]] = {}
    criterion_events: dict[UnitKey, dict[str, list[Event]]] = {}
    unknown: list[Event] = []
    declaration = before.declaration
    last, latest = before.last, before.latest
    begun = dict(before.begun)
    for event in events:
        last = event
        if latest is None or event.at > latest:
            latest = event.at
        subject = event.subject
        if event.kind == Kind.DECLARED and subject.unit is None:
            declaration = _declaration(event, event.body)
        elif subject.unit is None or not _is_understood(event):
            unknown.append(event)
        else:
            begun[subject.unit.code] = subject.unit
            if subject.criterion is not None:
                criterion_events.setdefault(subject.unit, {}).setdefault(subject.criterion, []).append(event)
            else:
                unit_events.setdefault(subject.unit, []).append(event)
    units = dict(before.units)
    for key in unit_events.keys() | criterion_events.keys():
        record = units.get(key, EMPTY_UNIT)
        if key in unit_events:
            own = (*record.events, *unit_events[key])
            record = _unit_record(own, record.criteria)
        if key in criterion_events:
            attempt = _begun(record.submissions)
            criteria = dict(record.criteria)
            for number, added in criterion_events[key].items():
                criteria[number] = _criterion_record((*record.criterion(number).events, *added), attempt)
            record = replace(record, criteria=criteria)
        units[key] = record
    return Portfolio(units, declaration, (*before.unknown, *unknown), last, latest, begun)


_RESULTS = {result.value: result for result in Result}


def _is_understood(event: Event) -> bool:
    """Whether this version can fold it: a kind it knows, on the subject it needs, with a result it knows."""
    if event.kind == Kind.DECIDED:
        return event.subject.criterion is not None and _is_result(event.body.get("result"))
    if event.kind == Kind.CLOSED:
        return event.subject.criterion is None and _is_result(event.body.get("outcome"))
    if event.kind == Kind.CITED:
        return event.subject.criterion is not None and Passage.of_body(event.body) is not None
    if event.kind == Kind.WITHDRAWN:
        return event.subject.criterion is not None
    if event.kind == Kind.COUNTERSIGNED:
        return event.subject.criterion is not None and isinstance(event.body.get("decision"), str)
    if event.kind in AFTER_CLOSING:
        return is_understood(event)
    return event.kind in (Kind.REOPENED, Kind.SUBMITTED, Kind.DECLARED) and event.subject.criterion is None


def _is_result(said: Json) -> bool:
    # Not everything that JSON can say is found in a dictionary.
    return isinstance(said, str) and said in _RESULTS


def _unit_record(events: tuple[Event, ...], criteria: Mapping[str, CriterionRecord]) -> UnitRecord:
    closing: Closing | None = None
    closings: list[Closing] = []
    submissions: list[Submission] = []
    declarations: list[Declaration] = []
    for event in events:
        if event.kind == Kind.CLOSED:
            closing = _closing(event)
            closings.append(closing)
        elif event.kind == Kind.REOPENED:
            closing = None
        elif event.kind == Kind.DECLARED:
            declarations.append(_declaration(event, event.body))
        elif event.kind == Kind.SUBMITTED:
            submissions.append(_submission(event))
            given = event.body.get("declaration")
            if isinstance(given, dict):
                declarations.append(_declaration(event, given))
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


def _criterion_record(events: tuple[Event, ...], attempt: int) -> CriterionRecord:
    withdrawn = {uid for event in events if event.kind == Kind.WITHDRAWN for uid in event.supersedes}
    signed = {str(e.body["decision"]): e.actor for e in events if e.kind == Kind.COUNTERSIGNED}
    live = tuple(
        decision_of(e, signed.get(e.uid, "")) for e in events if e.kind == Kind.DECIDED and e.uid not in withdrawn
    )
    standing = live
    if len(live) > 1:
        replaced = {uid for decision in live for uid in decision.supersedes}
        standing = tuple(decision for decision in live if decision.uid not in replaced)
    cited = (_citation(e) for e in events if e.kind == Kind.CITED and e.uid not in withdrawn)
    return CriterionRecord(events, live, standing, tuple(filter(None, cited)), attempt)


def decision_of(event: Event, countersigned_by: str = "") -> Decision:
    """The decision that an event of that kind, with a result that this version knows, tells of."""
    body = event.body
    marks, scale = _marks(body) if "marks" in body else (None, None)
    return Decision(
        event.uid,
        _RESULTS[str(body["result"])],
        str(body.get("note", "")),
        event.actor,
        event.at,
        _attempt(event),
        str(body.get("wording", "")),
        event.supersedes,
        _occasion(body) if "assignment" in body or "batch" in body else _IN_ITS_UNIT,
        marks,
        scale,
        body.get("training") is True,
        countersigned_by,
        str(body.get("reason", "")),
    )


_IN_ITS_UNIT = Occasion()


def _marks(body: Mapping[str, Json]) -> tuple[int | None, Marks | None]:
    marks, maximum, minimum = body["marks"], body.get("maximum"), body.get("minimum")
    if type(marks) is not int:
        return None, None
    return marks, Marks(maximum, minimum) if type(maximum) is int and type(minimum) is int else None


def _occasion(body: Mapping[str, Json]) -> Occasion:
    task = body.get("task")
    return Occasion(str(body.get("assignment", "")), task if type(task) is int else None, str(body.get("batch", "")))


def _citation(event: Event) -> Citation | None:
    passage = Passage.of_body(event.body)
    return Citation(event.uid, passage, event.actor, event.at, _attempt(event)) if passage is not None else None


def _submission(event: Event) -> Submission:
    files = event.body.get("files")
    named = {name: str(sha256) for name, sha256 in files.items()} if isinstance(files, dict) else {}
    authorised_by = str(event.body.get("authorised_by", ""))
    return Submission(event.uid, _attempt(event), named, event.actor, event.at, authorised_by)


def _closing(event: Event) -> Closing:
    rests_on = event.body.get("rests_on")
    return Closing(
        event.uid,
        Result(str(event.body["outcome"])),
        str(event.body.get("feedback", "")),
        event.actor,
        event.at,
        _attempt(event),
        tuple(str(uid) for uid in rests_on) if isinstance(rests_on, list) else (),
    )


def _declaration(event: Event, given: Mapping[str, Json]) -> Declaration:
    return Declaration(
        event.uid,
        str(given.get("form", "")),
        given.get("refuses_use") is True,
        event.actor,
        event.at,
        _day(given.get("on")),
        _attempt(event),
    )


def _day(text: Json) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _attempt(event: Event) -> int:
    attempt = event.body.get("attempt")
    return attempt if type(attempt) is int else 1


def outcome(unit: Unit, record: UnitRecord) -> CriterionState:
    """What a unit comes to from its criteria: a conflict, resubmitted or open while one criterion is, refer when all
    are decided and one is referred, pass when every criterion is passed."""
    states = {record.criterion(criterion.number).state for criterion in unit.criteria}
    for state in (CriterionState.CONFLICT, CriterionState.RESUBMITTED, CriterionState.OPEN, CriterionState.REFER):
        if state in states:
            return state
    return CriterionState.PASS if states else CriterionState.OPEN


def unit_state(unit: Unit, record: UnitRecord) -> UnitState:
    """Where the unit stands: closed with its outcome, or how far the marking is."""
    if record.closing is not None:
        return UnitState.CLOSED_PASS if record.closing.outcome is Result.PASS else UnitState.CLOSED_REFER
    if outcome(unit, record) in DECIDED:
        return UnitState.DECIDED
    started = any(each.live or each.citations for each in record.criteria.values())
    return UnitState.MARKING if started else UnitState.NOT_STARTED


def count(unit: Unit, record: UnitRecord, *states: CriterionState) -> int:
    """How many criteria of the unit are in one of these states."""
    return sum(record.criterion(criterion.number).state in states for criterion in unit.criteria)
