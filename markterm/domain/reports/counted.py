"""What reports count of a learner's record: the decisions that stand at each attempt, and verifiers' answers.

Made once of each record and kept: a report over a million decisions reads none of them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from markterm.domain.assessed.level import higher_level
from markterm.domain.assessed.remit import HasUnit
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.criterion import Decided as DecidedSaid
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import Answer, Looked, Verified
from markterm.domain.record.decision import Decision, attempt_of
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.states import decided_as
from markterm.domain.words.local_time import local


class Decided(NamedTuple):
    """A decision that stands at its attempt; `task` is the integrated assignment and task that it was made in, `level`
    the higher grade that its criterion is for, empty where it is for a pass."""

    unit: UnitKey
    criterion: str
    assessor: str
    on: date
    attempt: int
    result: Result
    task: str
    uid: str
    level: str = ""

    @property
    def may_refer(self) -> bool:
        """Whether a referral could be what it says: what is not achieved for a higher grade is none."""
        return not self.level

    @property
    def in_a_word(self) -> str:
        """What was decided: pass, refer, achieved or not achieved."""
        return decided_as(self.result, gates=self.may_refer).value


class Stage(StrEnum):
    """To what a verifier answered: to single decisions before the unit was closed, or after it, or to the unit as a
    whole, of which nobody knows which criteria were looked at."""

    INTERIM = "interim"
    SUMMATIVE = "summative"
    WHOLE = "whole unit"


class Answered(NamedTuple):
    """A verifier's answer to one decision, or to the whole unit (the criterion is empty then).

    `agrees` is None where verifiers who had not seen each other's answers contradict each other, and where one in
    training agreed and nobody has countersigned it. `amended` says that
    what was not agreed was decided again or taken back at the same attempt. `decided` is what the assessor said, and
    `own` what the verifier decided before they saw it, None where they did not; `decision` is the uid of what was
    answered, and `uid` that of the entry. `grade` is what a whole unit was closed with, empty for one that is not
    graded; `level` is the higher grade that the criterion is for, empty where it is for a pass.
    """

    unit: UnitKey
    criterion: str
    assessor: str
    verifier: str
    on: date
    stage: Stage
    agrees: bool | None
    amended: bool
    decided: Result
    own: Result | None
    decision: str
    uid: str
    level: str = ""
    grade: str = ""

    @property
    def in_a_word(self) -> str:
        """What the assessor decided, or closed the unit with."""
        return self.grade or self.in_words_of_the_level(self.decided)

    def in_words_of_the_level(self, result: Result) -> str:
        """A result of that criterion, the assessor's or the verifier's own."""
        return decided_as(result, gates=not self.level).value


class CountedRecord(Protocol):
    """What is counted of the record of a learner, however it is kept: as `Counted` says."""

    @property
    def learner(self) -> str: ...
    @property
    def decided(self) -> Sequence[Decided]: ...
    @property
    def answered(self) -> Sequence[Answered]: ...
    @property
    def conflicts(self) -> tuple[tuple[UnitKey, str], ...]: ...
    @property
    def set_aside(self) -> int: ...
    @property
    def unfound(self) -> int: ...
    @property
    def incomplete(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of the record of a learner, by registration.

    `conflicts` are the criteria whose decision at an attempt is not settled, `set_aside` how many decisions were when a
    mark sheet changed, and `unfound` to how many decisions that are not in the record a verifier answered: none of them
    is counted. `incomplete` says why the record is; empty when it is whole.
    """

    learner: str
    decided: Sequence[Decided] = ()
    answered: Sequence[Answered] = ()
    conflicts: tuple[tuple[UnitKey, str], ...] = ()
    set_aside: int = 0
    unfound: int = 0
    incomplete: str = ""


def counted_within(counted: CountedRecord, has_unit: HasUnit) -> Counted:
    """What is counted of the units that somebody reads. How many decisions a changed mark sheet set aside, and to how
    many that are not there a verifier answered, is not known by unit, and is not told."""
    return Counted(
        counted.learner,
        tuple(each for each in counted.decided if has_unit(each.unit.code)),
        tuple(each for each in counted.answered if has_unit(each.unit.code)),
        tuple(each for each in counted.conflicts if has_unit(each[0].code)),
        incomplete=counted.incomplete,
    )


def counted_of(learner: str, portfolio: Portfolio, incomplete: str = "") -> Counted:
    """What is counted of a portfolio."""
    decided: list[Decided] = []
    conflicts: list[tuple[UnitKey, str]] = []
    replaced = _replaced_elsewhere(portfolio)
    for unit, record in portfolio.units.items():
        for number, criterion in record.criteria.items():
            for standing in _by_attempt(criterion.live, replaced):
                if len(standing) > 1:
                    conflicts.append((unit, number))
                else:
                    decided += (_decided(unit, number, each) for each in standing)
    gone = {uid for uid, place in portfolio.placing.places.items() if place is None}
    set_aside = sum(event.uid in gone for event in portfolio.events if event.kind == Kind.DECIDED) if gone else 0
    if not any(record.after.looks or record.after.verifications for record in portfolio.units.values()):
        return Counted(learner, decided, (), tuple(conflicts), set_aside, 0, incomplete)
    answered, unfound = _answered(portfolio, replaced)
    return Counted(learner, decided, answered, tuple(conflicts), set_aside, unfound, incomplete)


def _replaced_elsewhere(portfolio: Portfolio) -> frozenset[str]:
    """The decisions that another one of their own attempt replaced which stands elsewhere, or nowhere, since a mark
    sheet changed. What was decided at a later attempt leaves what was decided at an earlier one, wherever it stands."""
    if not (replaced := portfolio.placing.replaced):
        return frozenset()
    decided = [event for event in portfolio.events if event.kind == Kind.DECIDED]
    withdrawn = {uid for each in portfolio.events if each.kind == Kind.WITHDRAWN for uid in each.supersedes}
    attempts = {event.uid: attempt_of(event) for event in decided}
    return frozenset(
        uid
        for event in decided
        if event.uid not in withdrawn
        for uid in replaced.intersection(event.supersedes)
        if attempts[uid] == attempts[event.uid]
    )


def _by_attempt(live: Sequence[Decision], replaced: frozenset[str]) -> Iterator[Sequence[Decision]]:
    """Of each attempt the decisions that no other one of the same attempt replaced: one, or several in a conflict."""
    if len(live) == 1 and not replaced:
        yield live
        return
    for attempt in dict.fromkeys(each.attempt for each in live):
        own = [each for each in live if each.attempt == attempt]
        gone = replaced.union(*(each.supersedes for each in own))
        yield [each for each in own if each.uid not in gone]


def _decided(unit: UnitKey, number: str, decision: Decision) -> Decided:
    on = local(decision.at).date()
    task = str(decision.occasion)
    return Decided(
        unit, number, decision.actor, on, decision.attempt, decision.result, task, decision.uid, decision.level or ""
    )


class _Made(NamedTuple):
    """What was answered: where it stands, or was made if it was taken back; who said what; whether it was replaced at
    its attempt, or taken back."""

    unit: UnitKey
    criterion: str
    by: str
    result: Result
    amended: bool
    level: str = ""
    grade: str = ""


class _Given(NamedTuple):
    """An answer as a verifier gave it: on the day on which they first answered so, in the entry that says it last."""

    verifier: str
    on: date
    agrees: bool
    own: Result | None
    uid: str
    in_training: bool = False


_Asked = tuple[str, Stage]
"""The uid of the decision or closing that was answered, and at which stage."""


def _answered(portfolio: Portfolio, elsewhere: frozenset[str]) -> tuple[tuple[Answered, ...], int]:
    """The answers to what the record holds, and how many there are to what it does not hold."""
    made = _made(portfolio, elsewhere)
    found: list[Answered] = []
    unfound = 0
    for record in portfolio.units.values():
        for (uid, stage), given in _given(record).items():
            if (answered := made.get(uid)) is None:
                unfound += 1
            else:
                found.append(_told(answered, uid, stage, given))
    return tuple(found), unfound


def _told(made: _Made, decision: str, stage: Stage, given: Sequence[_Given]) -> Answered:
    last = given[-1]
    counts = all(each.agrees is last.agrees and not (each.agrees and each.in_training) for each in given)
    agrees = last.agrees if counts else None
    amended = made.amended and agrees is False
    unit, criterion, by, result, *_ = made
    answer = (unit, criterion, by, last.verifier, last.on, stage, agrees, amended, result, last.own)
    return Answered(*answer, decision, last.uid, made.level, made.grade)


def _made(portfolio: Portfolio, elsewhere: frozenset[str]) -> Mapping[str, _Made]:
    """By uid every decision of the record, also those that were taken back, and every closing."""
    made: dict[str, _Made] = {}
    for unit, record in portfolio.units.items():
        for closing in record.closings:
            outcome, at = closing.outcome, closing.grade or ""
            made[closing.uid] = _Made(unit, "", closing.actor, outcome, closing.reopened, grade=at)
        for number, criterion in record.criteria.items():
            for each in criterion.live:
                replaced = each.uid in elsewhere or any(
                    each.uid in other.supersedes for other in criterion.live if other.attempt == each.attempt
                )
                made[each.uid] = _Made(unit, number, each.actor, each.result, replaced, each.level or "")
    for event in portfolio.events:
        about = event.subject
        if (
            event.kind == Kind.DECIDED
            and event.uid not in made
            and about.unit is not None
            and about.criterion is not None
        ):
            said = said_in(event, DecidedSaid)
            if said is not None:
                level = higher_level(said.level) or ""
                made[event.uid] = _Made(about.unit, about.criterion, event.actor, said.result, True, level)
    return made


def _given(record: UnitRecord) -> Mapping[_Asked, Sequence[_Given]]:
    """What was answered last of each: several answers where whoever gave them did not know of the others'."""
    found: dict[_Asked, list[_Given]] = {}
    before: dict[str, frozenset[str]] = {}
    for event in record.events:
        if event.kind not in (Kind.LOOKED, Kind.VERIFIED):
            continue
        before[event.uid] = frozenset(event.supersedes).union(*(before.get(uid, ()) for uid in event.supersedes))
        for asked, given in _in(event):
            known = found.setdefault(asked, [])
            same = next((each for each in known if each.verifier == given.verifier), None)
            if same is not None:
                # What goes on in a later entry was said on its own day; and what was decided before seeing, then.
                on = same.on if same.agrees is given.agrees else given.on
                given = given._replace(on=on, own=given.own or same.own)
            known[:] = [each for each in known if each is not same and each.uid not in before[event.uid]]
            known.append(given)
    return found


def _in(event: Event) -> Iterator[tuple[_Asked, _Given]]:
    """The answers in an entry."""
    on = local(event.at).date()
    answers: Sequence[Answer] = ()
    stage, in_training = Stage.INTERIM, False
    if event.kind == Kind.LOOKED:
        looked = said_in(event, Looked)
        if looked is not None:
            answers, in_training = looked.answers, looked.in_training
    elif (verified := said_in(event, Verified)) is not None:
        stage, answers, in_training = Stage.SUMMATIVE, verified.answers, verified.in_training
        if not answers:
            yield (
                (verified.closing, Stage.WHOLE),
                _Given(event.actor, on, verified.agrees, None, event.uid, in_training),
            )
    for each in answers:
        yield (each.decision, stage), _Given(each.by or event.actor, on, each.agrees, each.own, event.uid, in_training)
