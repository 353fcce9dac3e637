"""What the reports on work need of a learner's record: what waits for whom, what was done, and the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.actions import ActionRecord, ActionState
from markterm.domain.record.centre_actions import CentreAction
from markterm.domain.record.portfolio import EMPTY_UNIT, Portfolio, UnitRecord
from markterm.domain.record.verifying import INTERIM, SUMMATIVE, Sample
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.due import Due, Person, Step
from markterm.domain.words.local_time import local


class Work(NamedTuple):
    """A step that a unit waits for: of which member, by their id, which is empty where nobody is named.

    `since` is when it became due, `until` the day by which it is to be done; each None where nothing says so. It
    `waits` unless somebody else has to act before: a sample of a unit that its assessor has not closed. `closed` is the
    day on which the unit that a step of a verifier is about was closed, and `sampled_at` when that was sampled.
    """

    who: str
    person: Person
    step: Step
    learner: str
    unit: str
    qualification: str = ""
    since: datetime | None = None
    until: date | None = None
    criterion: str = ""
    waits: bool = True
    closed: date | None = None
    sampled_at: datetime | None = None


class Done(NamedTuple):
    """A criterion that an assessor decided, or a sample that a verifier answered."""

    who: str
    person: Person
    learner: str
    unit: str
    at: datetime
    qualification: str = ""
    criterion: str = ""


class SetAction(NamedTuple):
    """An action as it stands: `setter` set it first, at that time, and it was `accepted` at that one; `holds` says that
    feedback and the next attempt wait for it. One of the centre has neither learner nor unit."""

    learner: str
    unit: UnitKey
    criterion: str
    owner: str
    setter: str
    at: datetime
    state: ActionState
    due: date | None
    accepted: datetime | None
    holds: bool
    text: str
    uid: str


class LearnersWork(NamedTuple):
    """What the reports on work need of one learner's record, and nothing else of it."""

    work: tuple[Work, ...] = ()
    done: tuple[Done, ...] = ()
    actions: tuple[SetAction, ...] = ()


Taken = Callable[[str], str]
"""The qualification for which a learner takes the unit of that code."""


def work_of(row: CaseloadRow, portfolio: Portfolio, taken_for: Taken) -> Iterator[Work]:
    """What the learner of that row, who has that portfolio, waits for of the staff.

    An assessor's step waits for the assessor who is named for the learner, or else for whoever decided last in the
    unit, and a report for the latter; a verifier's step for the one to whom the sample was given. Whoever countersigns
    is named nowhere.
    """
    for unit in row.units:
        key = portfolio.begun.get(unit.code)
        record = portfolio.unit(key) if key is not None else EMPTY_UNIT
        place = row.registration, unit.code, taken_for(unit.code)
        for due in unit.due:
            if due.person in (Person.ASSESSOR, Person.VERIFIER, Person.COORDINATOR) and due.step is not Step.ACCEPT:
                sample = _sample_for(due, record)
                who = _whose(due, row, record, sample)
                until, at = (sample.due, sample.at) if sample is not None else (None, None)
                closed = local(record.closing.at).date() if record.closing is not None else None
                yield Work(who, due.person, due.step, *place, due.since, until, closed=closed, sampled_at=at)
        for action in record.after.actions:
            if action.is_open:
                since, until = action.last.at, action.due
                yield Work(action.owner, Person.OWNER, Step.ACT, *place, since, until, action.criterion)
            elif not action.is_finished:
                since, setter = action.last.at, action.first.actor
                yield Work(setter, Person.VERIFIER, Step.ACCEPT, *place, since, None, action.criterion)
        coming = record.after.sample(record.attempt)
        if coming is not None and record.closing is None:
            said = coming.at, coming.due
            yield Work(coming.verifier, Person.VERIFIER, Step.VERIFY, *place, *said, waits=False, sampled_at=coming.at)


def done_in(registration: str, portfolio: Portfolio, taken_for: Taken) -> Iterator[Done]:
    """What was decided and verified in a learner's portfolio. Of a criterion the last decision of an assessor at an
    attempt counts: a change of mind is no second one. What was carried to another unit was decided once, and a report
    that was written again is no second sample."""
    counted: set[str] = set()
    for key, record in portfolio.units.items():
        place = registration, key.code
        qualification = taken_for(key.code)
        for number, criterion in record.criteria.items():
            last = {(each.actor, each.attempt): each for each in criterion.live if each.uid not in counted}
            counted.update(each.uid for each in criterion.live)
            for each in last.values():
                yield Done(each.actor, Person.ASSESSOR, *place, each.at, qualification, number)
        for answer in (*record.after.looks, *record.after.verifications):
            if not answer.unfinished:
                yield Done(answer.actor, Person.VERIFIER, *place, answer.at, qualification)


def actions_in(registration: str, portfolio: Portfolio) -> Iterator[SetAction]:
    """The actions on a learner's units."""
    for key, record in portfolio.units.items():
        for each in record.after.actions:
            yield _set_action(registration, key, each, each.text)


def actions_of_centre(every: Iterable[CentreAction]) -> Iterator[SetAction]:
    """The actions that minutes, briefs and visits set."""
    for each in every:
        yield _set_action("", UnitKey("", ""), each.action, f"{each.action.text} ({each.where})")


def work_of_centre(every: Iterable[CentreAction]) -> Iterator[Work]:
    """The steps that these wait for."""
    for each in every:
        action = each.action
        if action.is_open:
            yield Work(action.owner, Person.OWNER, Step.ACT, "", "", "", action.last.at, action.due)
        elif not action.is_finished:
            yield Work(action.first.actor, Person.VERIFIER, Step.ACCEPT, "", "", "", action.last.at)


def _set_action(registration: str, unit: UnitKey, action: ActionRecord, text: str) -> SetAction:
    first, accepted = action.first, action.last.at if action.is_finished else None
    return SetAction(
        registration,
        unit,
        action.criterion,
        action.owner,
        first.actor,
        first.at,
        action.state,
        action.due,
        accepted,
        action.holds,
        text,
        action.uid,
    )


def _sample_for(due: Due, record: UnitRecord) -> Sample | None:
    """The sample that a verifier's step answers."""
    if due.step not in (Step.LOOK, Step.VERIFY):
        return None
    attempt = record.closing.attempt if record.closing is not None else record.attempt
    return record.after.sample(attempt, INTERIM if due.step is Step.LOOK else SUMMATIVE)


def _whose(due: Due, row: CaseloadRow, record: UnitRecord, sample: Sample | None) -> str:
    if due.step is Step.ACKNOWLEDGE:
        return _decided_last(record)
    if due.person is Person.ASSESSOR and due.step is not Step.COUNTERSIGN:
        return row.assessor or _decided_last(record)
    return sample.verifier if sample is not None else ""


def _decided_last(record: UnitRecord) -> str:
    standing = (decision for each in record.criteria.values() for decision in each.standing)
    last = max(standing, key=lambda each: (each.at, each.uid), default=None)
    return last.actor if last is not None else ""
