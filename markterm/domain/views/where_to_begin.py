"""Where somebody begins who opens a learner: at what waits for them, and not at the first line of the list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from markterm.domain.assessed.member import Member
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.decision import Decision
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.states import WAITING, CriterionState
from markterm.domain.rules.countersignature import waiting as waiting_for_countersignature
from markterm.domain.views.due import Due, Owed, Person, Step
from markterm.domain.views.owed import owed

_TO_SETTLE = (CriterionState.CONFLICT, CriterionState.STALE)


class Why(StrEnum):
    """What one begins with, whatever is to be done first first.

    `CAME_BACK` is what a verifier did not agree with, `ACTION` one that is to be done, `SETTLE` a conflict or what does
    not fit its sheet or its closing; `RESUBMITTED` and `SUBMITTED` wait to be decided, `OPEN` does without having been
    handed in; `NEXT_STEP` is a unit that is to be closed, released or the like; `NOT_DUE` is undecided, and nobody
    waits for it yet; `FIRST` is what there is where nothing is to be done.
    """

    CAME_BACK = "came back"
    ACTION = "action"
    SETTLE = "settle"
    RESUBMITTED = "resubmitted"
    SUBMITTED = "submitted"
    OPEN = "open"
    NEXT_STEP = "next step"
    NOT_DUE = "not due"
    FIRST = "first"


_PLACE = {why: place for place, why in enumerate(Why)}
_TO_DECIDE = (Why.RESUBMITTED, Why.SUBMITTED, Why.OPEN)


class UnitAtHand(NamedTuple):
    """A unit as it stands: its criteria in their order by number, what it waits for, what members owe it; whether its
    attempt was `handed_in` and it is `closed`; the criteria that are `held`, not marked yet, and those that whoever
    begins may countersign; whether they may mark it; the day on which it is due; and whether new files are for it."""

    code: str
    states: Mapping[str, CriterionState]
    due: tuple[Due, ...] = ()
    owed: tuple[Owed, ...] = ()
    handed_in: bool = False
    closed: bool = False
    held: frozenset[str] = frozenset()
    unsigned: tuple[str, ...] = ()
    is_theirs: bool = True
    due_on: date | None = None
    is_new: bool = False

    def first(self, among: Collection[CriterionState]) -> str:
        """The first criterion in one of these states that is marked now; empty where there is none."""
        return next((n for n, state in self.states.items() if state in among and n not in self.held), "")

    @property
    def undecided(self) -> str:
        """The first criterion that is to be decided; empty where there is none."""
        return "" if self.closed else self.first(WAITING)

    @property
    def first_to_do(self) -> str:
        """The criterion with which the unit is begun: the first that is to be decided or settled, or else the first."""
        return self.undecided or self.first(_TO_SETTLE) or next(iter(self.states), "")


def at_hand(
    unit: Unit,
    portfolio: Portfolio,
    due: tuple[Due, ...],
    held: frozenset[str],
    member: Member | None,
    due_on: date | None = None,
    *,
    is_new: bool = False,
) -> UnitAtHand:
    """That unit as it stands for the member who begins, of whom nothing has to be known to look at it; it is `due_on`
    that day, and where it `is_new` files came for it."""
    record = portfolio.unit(unit.key)
    submission = record.submission
    return UnitAtHand(
        unit.code,
        {each.number: record.criterion(each.number).state for each in unit.criteria},
        due,
        owed(record),
        submission is not None and submission.attempt >= record.attempt,
        record.closing is not None,
        held,
        tuple(
            number for number, each in waiting_for_countersignature(unit, portfolio) if _may_sign(each, unit, member)
        ),
        member is None or member.approved_for(unit.code) or member.in_training_for(unit.code),
        due_on,
        is_new,
    )


def _may_sign(decision: Decision, unit: Unit, member: Member | None) -> bool:
    return member is None or (member.approved_for(unit.code) and decision.actor != member.id)


class Beginning(NamedTuple):
    """A criterion of a unit, none where the unit has none, and why one begins there; `due` is the step that it is,
    where it is a step, `until` the day until which an action is to be done, and `passed_over` says that something
    undecided stands before it. `longer` is the next step of another unit that waits longer, though it
    is less urgent than to decide: a list of who waits may tell of that one. `due_on` is the day on which the unit is
    due, and `is_new` says that new files are for what is decided there."""

    unit: str
    criterion: str
    why: Why
    due: Due | None = None
    until: date | None = None
    passed_over: bool = False
    longer: Beginning | None = None
    due_on: date | None = None
    is_new: bool = False


def where_to_begin(units: Iterable[UnitAtHand], member: str, named: Collection[str] = ()) -> Beginning | None:
    """Where the member of that id begins with a learner on these units; None where there is no unit.

    Among the units `named`, which is of what they looked for, or else among all. Of what is to be decided, that for
    which new files came goes before the rest. Of what is equally urgent whatever is due first comes first, then
    whatever waits longest, and of that the unit that stands first.
    """
    every = tuple(units)
    among = [unit for unit in every if unit.code in named] or every
    # Of those that are alike the first is taken.
    begin = min((each for unit in among for each in _beginnings(unit, member)), key=_turn, default=None)
    if begin is None:
        return None
    return begin._replace(passed_over=_is_passed_over(every, begin), longer=_waits_longer(among, member, begin))


def _waits_longer(units: Iterable[UnitAtHand], member: str, begin: Beginning) -> Beginning | None:
    """The next step of another of these units that has waited longest, and longer than what one begins with."""
    if begin.why not in _TO_DECIDE:
        return None
    steps = (each for unit in units if unit.code != begin.unit for each in _beginnings(unit, member))
    longest = min((each for each in steps if each.why is Why.NEXT_STEP), key=_turn, default=None)
    return longest if longest is not None and _waited(longest) < _waited(begin) else None


def _is_passed_over(units: Iterable[UnitAtHand], begin: Beginning) -> bool:
    for unit in units:
        if unit.code == begin.unit:
            return False
        if unit.undecided:
            return True
    return False


def _turn(begin: Beginning) -> tuple[int, bool, int, date, tuple[bool, float]]:
    place = _PLACE[begin.why]
    group = _PLACE[_TO_DECIDE[0]] if begin.why in _TO_DECIDE else place
    return group, not begin.is_new, place, begin.until or begin.due_on or date.max, _waited(begin)


def _waited(begin: Beginning) -> tuple[bool, float]:
    since = begin.due.since if begin.due is not None else None
    return since is None, since.timestamp() if since is not None else 0.0


def _beginnings(unit: UnitAtHand, member: str) -> Iterator[Beginning]:
    """Everything that could be begun with in one unit."""
    steps = {each.step: each for each in reversed(unit.due) if unit.is_theirs and each.person is Person.ASSESSOR}

    def begin(why: Why, criterion: str = "", due: Due | None = None) -> Beginning:
        is_new = unit.is_new and why in _TO_DECIDE
        return Beginning(
            unit.code,
            criterion or unit.first_to_do,
            why,
            due,
            due_on=unit.due_on if why in _TO_DECIDE else None,
            is_new=is_new,
        )

    for each in unit.owed:
        if each.member == member and each.step is Step.SETTLE:
            yield begin(Why.CAME_BACK, each.criterion, steps.get(Step.SETTLE))
        elif each.member == member and each.step is Step.ACT:
            yield begin(Why.ACTION, each.criterion)._replace(until=each.due)
    # What came back is settled by whoever decided it: for anybody else it is nothing to begin with.
    came_back = any(each.step is Step.SETTLE for each in unit.owed)
    unsettled = unit.first(_TO_SETTLE)
    if Step.SETTLE in steps and (unsettled or not came_back):
        yield begin(Why.SETTLE, unsettled, steps[Step.SETTLE])
    if unit.undecided and Step.MARK in steps:
        again = CriterionState.RESUBMITTED in unit.states.values()
        why = Why.RESUBMITTED if again else Why.SUBMITTED if unit.handed_in else Why.OPEN
        yield begin(why, due=steps[Step.MARK])
    elif unit.undecided:
        yield begin(Why.NOT_DUE)
    readers = [each.member for each in unit.owed if each.step is Step.ACKNOWLEDGE]
    for step, due in steps.items():
        if step is Step.COUNTERSIGN and unit.unsigned:
            yield begin(Why.NEXT_STEP, unit.unsigned[0], due)
        elif step in (Step.CLOSE, Step.RELEASE) or (step is Step.ACKNOWLEDGE and member in readers):
            yield begin(Why.NEXT_STEP, due=due)
    yield begin(Why.FIRST)
