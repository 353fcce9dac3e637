"""A learner's portfolio as the events tell it: a pure fold, the same in any front end, for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from markterm.domain.citation import Citation, Passage
from markterm.domain.event import Event, Json, Kind, Result
from markterm.domain.submission import Submission
from markterm.domain.unit import Marks, Unit, UnitKey


class CriterionState(StrEnum):
    """Where a criterion stands. Open is not a referral; a conflict is neither."""

    OPEN = "open"
    PASS = "pass"
    REFER = "refer"
    CONFLICT = "conflict"


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


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one criterion: the wording is that of the criterion it was made against.

    `marks` are those that it was converted from, where the sheet has marks, and `scale` what the sheet gave then.
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
    those that were not taken back, in the order of the record.
    """

    events: tuple[Event, ...] = ()
    live: tuple[Decision, ...] = ()
    standing: tuple[Decision, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def state(self) -> CriterionState:
        """Open, pass, refer or conflict."""
        if not self.standing:
            return CriterionState.OPEN
        if len(self.standing) > 1:
            return CriterionState.CONFLICT
        return CriterionState(self.standing[0].result.value)

    @property
    def decision(self) -> Decision | None:
        """The decision that stands alone, or None when open or in conflict."""
        return self.standing[0] if len(self.standing) == 1 else None


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
    """The learner's statement that the work is their own, and whether they refuse its anonymised use."""

    uid: str
    form: str
    refuses_use: bool
    actor: str
    at: datetime


OPEN_CRITERION = CriterionRecord()


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """Everything that happened to one unit of one learner. `closing` is None unless the unit is closed now;
    `submission` is the last one, None before the unit was submitted."""

    criteria: Mapping[str, CriterionRecord] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    closing: Closing | None = None
    submission: Submission | None = None

    def criterion(self, number: str) -> CriterionRecord:
        """The record of that criterion; an open one if nothing happened to it."""
        return self.criteria.get(number, OPEN_CRITERION)

    @property
    def attempt(self) -> int:
        """The attempt that is being marked, counted from 1."""
        decided = max((decision.attempt for each in self.criteria.values() for decision in each.live), default=1)
        return max(decided, self.submission.attempt) if self.submission is not None else decided

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
    cannot fold: they are kept and shown, never dropped. `last` is the newest event."""

    units: Mapping[UnitKey, UnitRecord] = field(default_factory=dict)
    declaration: Declaration | None = None
    unknown: tuple[Event, ...] = ()
    last: Event | None = None

    def unit(self, key: UnitKey) -> UnitRecord:
        """The record of that unit; an empty one if nothing happened to it."""
        return self.units.get(key, EMPTY_UNIT)

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
    last = before.last
    for event in events:
        last = event
        subject = event.subject
        if event.kind == Kind.DECLARED:
            declaration = _declaration(event)
        elif subject.unit is None or not _is_understood(event):
            unknown.append(event)
        elif subject.criterion is not None:
            criterion_events.setdefault(subject.unit, {}).setdefault(subject.criterion, []).append(event)
        else:
            unit_events.setdefault(subject.unit, []).append(event)
    units = dict(before.units)
    for key in unit_events.keys() | criterion_events.keys():
        record = units.get(key, EMPTY_UNIT)
        if key in criterion_events:
            criteria = dict(record.criteria)
            for number, added in criterion_events[key].items():
                criteria[number] = _criterion_record((*record.criterion(number).events, *added))
            record = replace(record, criteria=criteria)
        if key in unit_events:
            own = (*record.events, *unit_events[key])
            record = replace(record, events=own, closing=_closing(own), submission=_submission(own))
        units[key] = record
    return Portfolio(units, declaration, (*before.unknown, *unknown), last)


_RESULTS = {result.value: result for result in Result}


def _is_understood(event: Event) -> bool:
    """Whether this version can fold it: a kind it knows, on the subject it needs, with a result it knows."""
    if event.kind == Kind.DECIDED:
        return event.subject.criterion is not None and event.body.get("result") in _RESULTS
    if event.kind == Kind.CLOSED:
        return event.subject.criterion is None and event.body.get("outcome") in _RESULTS
    if event.kind == Kind.CITED:
        return event.subject.criterion is not None and Passage.of_body(event.body) is not None
    if event.kind == Kind.WITHDRAWN:
        return event.subject.criterion is not None
    return event.kind in (Kind.REOPENED, Kind.SUBMITTED) and event.subject.criterion is None


def _criterion_record(events: tuple[Event, ...]) -> CriterionRecord:
    withdrawn = {uid for event in events if event.kind == Kind.WITHDRAWN for uid in event.supersedes}
    live = tuple(decision_of(e) for e in events if e.kind == Kind.DECIDED and e.uid not in withdrawn)
    standing = live
    if len(live) > 1:
        replaced = {uid for decision in live for uid in decision.supersedes}
        standing = tuple(decision for decision in live if decision.uid not in replaced)
    cited = (_citation(e) for e in events if e.kind == Kind.CITED and e.uid not in withdrawn)
    return CriterionRecord(events, live, standing, tuple(filter(None, cited)))


def decision_of(event: Event) -> Decision:
    """The decision that an event of that kind, with a result that this version knows, tells of."""
    body = event.body
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
        *(_marks(body) if "marks" in body else ()),
    )


_IN_ITS_UNIT = Occasion()


def _marks(body: Mapping[str, Json]) -> tuple[int, Marks | None] | tuple[()]:
    marks, maximum, minimum = body["marks"], body.get("maximum"), body.get("minimum")
    if type(marks) is not int:
        return ()
    return marks, Marks(maximum, minimum) if type(maximum) is int and type(minimum) is int else None


def _occasion(body: Mapping[str, Json]) -> Occasion:
    task = body.get("task")
    return Occasion(str(body.get("assignment", "")), task if type(task) is int else None, str(body.get("batch", "")))


def _citation(event: Event) -> Citation | None:
    passage = Passage.of_body(event.body)
    return Citation(event.uid, passage, event.actor, event.at, _attempt(event)) if passage is not None else None


def _submission(events: tuple[Event, ...]) -> Submission | None:
    for event in reversed(events):
        if event.kind == Kind.SUBMITTED:
            files = event.body.get("files")
            named = {name: str(sha256) for name, sha256 in files.items()} if isinstance(files, dict) else {}
            return Submission(event.uid, _attempt(event), named, event.actor, event.at)
    return None


def _closing(events: tuple[Event, ...]) -> Closing | None:
    closing: Closing | None = None
    for event in events:
        if event.kind == Kind.CLOSED:
            rests_on = event.body.get("rests_on")
            closing = Closing(
                event.uid,
                Result(str(event.body["outcome"])),
                str(event.body.get("feedback", "")),
                event.actor,
                event.at,
                _attempt(event),
                tuple(str(uid) for uid in rests_on) if isinstance(rests_on, list) else (),
            )
        elif event.kind == Kind.REOPENED:
            closing = None
    return closing


def _declaration(event: Event) -> Declaration:
    body = event.body
    return Declaration(event.uid, str(body.get("form", "")), body.get("refuses_use") is True, event.actor, event.at)


def _attempt(event: Event) -> int:
    attempt = event.body.get("attempt")
    return attempt if isinstance(attempt, int) else 1


def outcome(unit: Unit, record: UnitRecord) -> CriterionState:
    """What a unit comes to from its criteria: open while one is open, a conflict while one is in conflict,
    refer when all are decided and one is referred, pass when every criterion is passed."""
    states = {record.criterion(criterion.number).state for criterion in unit.criteria}
    for state in (CriterionState.CONFLICT, CriterionState.OPEN, CriterionState.REFER):
        if state in states:
            return state
    return CriterionState.PASS if states else CriterionState.OPEN


def unit_state(unit: Unit, record: UnitRecord) -> UnitState:
    """Where the unit stands: closed with its outcome, or how far the marking is."""
    if record.closing is not None:
        return UnitState.CLOSED_PASS if record.closing.outcome is Result.PASS else UnitState.CLOSED_REFER
    if outcome(unit, record) in (CriterionState.PASS, CriterionState.REFER):
        return UnitState.DECIDED
    started = any(each.live or each.citations for each in record.criteria.values())
    return UnitState.MARKING if started else UnitState.NOT_STARTED


def count(unit: Unit, record: UnitRecord, *states: CriterionState) -> int:
    """How many criteria of the unit are in one of these states."""
    return sum(record.criterion(criterion.number).state in states for criterion in unit.criteria)
