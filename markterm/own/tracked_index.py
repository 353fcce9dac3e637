"""Where each learner's criteria stand, kept so that a matrix of ten thousand of them reads only what changed."""

from __future__ import annotations

import time
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.views.tracking import TrackedUnit, Turn
from markterm.own.stamped_index import StampedIndex
from markterm.records.kept_heads import Heads
from markterm.records.store import Head

_FORMAT = "tracked 2"


class TrackedLearner(NamedTuple):
    """The units of a learner, the heads of the records that they were read from, and why the record is incomplete;
    empty when it is whole."""

    registration: str
    units: tuple[TrackedUnit, ...]
    heads: Heads
    incomplete: str


def tracked_index(path: Path) -> StampedIndex[TrackedLearner]:
    """Where they stand, by the learner's folder, each with the stamp of what it was read from. Days are those of the
    place."""
    return StampedIndex(path, (_FORMAT, *time.tzname), _plain, _learner)


def _plain(learner: TrackedLearner) -> list[object]:
    heads = {
        record: {segment: [head.lines, head.digest] for segment, head in own.items()}
        for record, own in learner.heads.items()
    }
    return [learner.registration, list(map(_plain_unit, learner.units)), heads, learner.incomplete]


def _plain_unit(tracked: TrackedUnit) -> list[object]:
    turns = [[each.attempt, _text(each.submitted), _text(each.closed), each.outcome] for each in tracked.turns]
    who = (tracked.assessor, tracked.verifier, _text(tracked.verified))
    return [tracked.unit.code, tracked.unit.version, tracked.numbers, tracked.states, *who, turns, tracked.methods]


def _learner(plain: list[Any]) -> TrackedLearner:
    registration, units, heads, incomplete = plain
    made = {
        record: {segment: Head(lines, digest) for segment, (lines, digest) in own.items()}
        for record, own in heads.items()
    }
    return TrackedLearner(registration, tuple([_unit(each) for each in units]), made, incomplete)


def _unit(plain: list[Any]) -> TrackedUnit:
    code, version, numbers, states, assessor, verifier, verified, turns, methods = plain
    if len(numbers) != len(states):
        raise ValueError("there is not a mark for each criterion")
    made = tuple([Turn(attempt, _day(on), _day(closed), outcome) for attempt, on, closed, outcome in turns])
    return TrackedUnit(
        UnitKey(code, version), _numbers(tuple(numbers)), states, assessor, verifier, _day(verified), made, methods
    )


@lru_cache(maxsize=4096)
def _numbers(numbers: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers of a unit: once, however many learners are on it."""
    return numbers


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
