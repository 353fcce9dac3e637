"""Where every criterion of a learner's units stands, who assessed and verified them, and how long each attempt took:
what a tracking matrix shows. Made once of each record and kept, so that ten thousand of them are not read again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.record.methods_used import methods_in_words
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.states import WAITING, CriterionState
from markterm.domain.rules.countersignature import waiting as waiting_for_countersignature
from markterm.domain.sampling.assessed_unit import assessor_of
from markterm.domain.words.local_time import local

HELD = "h"
"""Waits for a decision, and the brief of its assignment is not verified yet."""
MARKS: Mapping[CriterionState, str] = MappingProxyType(
    {
        CriterionState.OPEN: ".",
        CriterionState.PASS: "P",
        CriterionState.REFER: "R",
        CriterionState.CONFLICT: "!",
        CriterionState.RESUBMITTED: "~",
        CriterionState.STALE: "#",
        CriterionState.ACHIEVED: "A",
        CriterionState.NOT_ACHIEVED: "N",
    }
)
"""A mark for each state; that of a decision which waits for a countersignature is a small letter."""


class Turn(NamedTuple):
    """One attempt at a unit: on which day it was handed in, None where nobody said so, and on which it was closed last,
    with what outcome; None and empty while it is open."""

    attempt: int
    submitted: date | None
    closed: date | None
    outcome: str


class TrackedUnit(NamedTuple):
    """A unit of a learner: `states` has a mark for each of the criteria of these `numbers`, those of the sheet and
    those that only the record knows. `assessor` closed it, or decided most of it; `verifier` answered last to its
    present attempt, on the day `verified`. `turns` are the attempts, the last one being the present, and `methods` says
    by which methods it was assessed, as far as that was said. A named tuple: a centre has tens of thousands."""

    unit: UnitKey
    numbers: tuple[str, ...]
    states: str
    assessor: str = ""
    verifier: str = ""
    verified: date | None = None
    turns: tuple[Turn, ...] = ()
    methods: str = ""

    @property
    def present(self) -> Turn:
        """The attempt that is marked now, or was closed last."""
        return self.turns[-1]


def tracked_units(units: Iterable[Unit], portfolio: Portfolio, held: Collection[Cell] = ()) -> Iterator[TrackedUnit]:
    """The units of a learner; of what is `held` no criterion is marked yet."""
    for unit in units:
        record = portfolio.unit(unit.key)
        marks = dict(_marks(unit, record, held))
        for number, _ in waiting_for_countersignature(unit, portfolio):
            marks[number] = marks[number].lower()
        verifier, verified = _verified(record)
        yield TrackedUnit(
            unit.key,
            tuple(marks),
            "".join(marks.values()),
            assessor_of(record),
            verifier,
            verified,
            _turns(record),
            methods_in_words(portfolio, unit.key),
        )


def _marks(unit: Unit, record: UnitRecord, held: Collection[Cell]) -> Iterator[tuple[str, str]]:
    for criterion in unit.criteria:
        state = record.criterion(criterion.number).state
        waits = held and state in WAITING and Cell(unit.code, criterion.number) in held
        yield criterion.number, HELD if waits and state is not CriterionState.CONFLICT else MARKS[state]


def _verified(record: UnitRecord) -> tuple[str, date | None]:
    """Who answered last to the present attempt, and when."""
    own = [each for each in (*record.after.verifications, *record.after.looks) if each.attempt == record.attempt]
    last = max(own, key=lambda each: (not each.is_interim, each.at, each.uid), default=None)
    return (last.countersigns or last.actor, local(last.at).date()) if last is not None else ("", None)


def _turns(record: UnitRecord) -> tuple[Turn, ...]:
    submitted, closed = (each.attempt for each in record.submissions), (each.attempt for each in record.closings)
    return tuple(_turn(record, attempt) for attempt in sorted({record.attempt, *submitted, *closed}))


def _turn(record: UnitRecord, attempt: int) -> Turn:
    handed_in = record.handed_in(attempt)
    closed = [each for each in record.closings if each.attempt == attempt and not each.reopened]
    submitted = local(handed_in.at).date() if handed_in is not None else None
    if not closed:
        return Turn(attempt, submitted, None, "")
    return Turn(attempt, submitted, local(closed[-1].at).date(), closed[-1].word)
