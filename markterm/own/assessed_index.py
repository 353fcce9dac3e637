"""What was assessed of each learner, kept so that a plan for ten thousand of them reads only what changed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from markterm.domain.record.plans import Given
from markterm.domain.record.states import VerificationState
from markterm.domain.sampling.assessed_learner import AssessedLearner
from markterm.domain.sampling.assessed_unit import Answered, AssessedUnit
from markterm.domain.sampling.track_record import Count
from markterm.own.stamped_index import StampedIndex

_FORMAT = "assessed 10"


def assessed_index(path: Path) -> StampedIndex[AssessedLearner]:
    """What was assessed, by the learner's folder, each with the stamp of what it was read from."""
    return StampedIndex(path, (_FORMAT,), _plain, _learner)


def _plain(learner: AssessedLearner) -> list[object]:
    units = [_plain_unit(unit) for unit in learner.units]
    return [learner.registration, learner.earlier, units, learner.counts, learner.heads]


def _plain_unit(unit: AssessedUnit) -> list[object]:
    said: list[object] = list(unit[1:])
    said[_BEGAN] = [[who, on.isoformat()] for who, on in unit.began]
    said[_CLOSED] = unit.closed.isoformat() if unit.closed is not None else None
    if (answered := unit.answered) is not None:
        said[_ANSWERED] = [answered.on.isoformat(), *answered[1:]]
    if (given := unit.given) is not None:
        due = given.due.isoformat() if given.due is not None else ""
        said[_GIVEN] = [given.at.isoformat(), given.stage, given.verifier, due]
    while said[-1] == _USUAL[len(said) - 1]:  # As it is of most units.
        said.pop()
    return said


_PLACE = {name: place for place, name in enumerate(AssessedUnit._fields[1:])}
_PEOPLE, _BEGAN, _CLOSED, _ANSWERED = (_PLACE[name] for name in ("people", "began", "closed", "answered"))
_LABELS, _WAS, _GIVEN = (_PLACE[name] for name in ("labels", "was", "given"))
_USUAL = [AssessedUnit._field_defaults.get(name, ...) for name in _PLACE]
_STATES = {state.value: state for state in VerificationState}


def _learner(plain: list[Any]) -> AssessedLearner:
    registration, earlier, units, counts, heads = plain
    return AssessedLearner(
        registration,
        tuple(earlier),
        tuple([_unit(registration, unit) for unit in units]),
        tuple([Count(*each) for each in counts]),
        heads,
    )


def _unit(registration: str, said: list[Any]) -> AssessedUnit:
    count = len(said)
    said[_PEOPLE] = tuple(said[_PEOPLE])
    said[_BEGAN] = tuple([(who, date.fromisoformat(on)) for who, on in said[_BEGAN]])
    if count > _CLOSED and said[_CLOSED] is not None:
        said[_CLOSED] = date.fromisoformat(said[_CLOSED])
    if count > _ANSWERED and said[_ANSWERED] is not None:
        on, verifier, state, *more = said[_ANSWERED]
        said[_ANSWERED] = Answered(date.fromisoformat(on), verifier, _STATES[state], *more)
    if count > _LABELS:
        said[_LABELS] = tuple(map(tuple, said[_LABELS]))
    if count > _WAS:
        said[_WAS] = tuple(said[_WAS])
    if count > _GIVEN and said[_GIVEN] is not None:
        at, stage, verifier, due = said[_GIVEN]
        said[_GIVEN] = Given(datetime.fromisoformat(at), stage, verifier, date.fromisoformat(due) if due else None)
    return AssessedUnit(registration, *said)
