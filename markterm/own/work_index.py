"""What the reports on work need of each learner, kept so that they read only what changed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.actions import ActionState
from markterm.domain.reports.workload import Done, LearnersWork, SetAction, Work
from markterm.domain.views.due import Person, Step
from markterm.own.stamped_index import StampedIndex

_FORMAT = "work 3"


def work_index(path: Path) -> StampedIndex[LearnersWork]:
    """What waits and was done, by the learner's folder, each with the stamp of what it was read from."""
    return StampedIndex(path, (_FORMAT,), _plain, _learners_work)


def _plain(own: LearnersWork) -> list[list[list[object]]]:
    return [
        [
            [*each[:6], _iso(each.since), _iso(each.until), *each[8:10], _iso(each.closed), _iso(each.sampled_at)]
            for each in own.work
        ],
        [[*each[:4], each.at.isoformat(), *each[5:]] for each in own.done],
        [_plain_action(each) for each in own.actions],
    ]


def _plain_action(each: SetAction) -> list[object]:
    unit, times = (each.unit.code, each.unit.version), (_iso(each.due), _iso(each.accepted))
    return [each.learner, *unit, *each[2:5], each.at.isoformat(), each.state, *times, *each[9:]]


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


_PERSONS, _STEPS = {each.value: each for each in Person}, {each.value: each for each in Step}
_STATES = {each.value: each for each in ActionState}


def _learners_work(plain: list[list[list[Any]]]) -> LearnersWork:
    work, done, actions = plain
    return LearnersWork(tuple(map(_work, work)), tuple(map(_done, done)), tuple(map(_action, actions)))


def _work(plain: list[Any]) -> Work:
    who, person, step, learner, unit, qualification, since, until, criterion, waits, closed, sampled = plain
    began = datetime.fromisoformat(since) if since is not None else None
    place = _PERSONS[person], _STEPS[step], learner, unit, qualification
    return Work(
        who,
        *place,
        began,
        _day(until),
        criterion,
        waits,
        _day(closed),
        datetime.fromisoformat(sampled) if sampled else None,
    )


def _done(plain: list[Any]) -> Done:
    who, person, learner, unit, at, *more = plain
    return Done(who, _PERSONS[person], learner, unit, datetime.fromisoformat(at), *more)


def _action(plain: list[Any]) -> SetAction:
    learner, code, version, criterion, owner, setter, at, state, due, accepted, *more = plain
    ended = datetime.fromisoformat(accepted) if accepted is not None else None
    key, set_at = UnitKey(code, version), datetime.fromisoformat(at)
    return SetAction(learner, key, criterion, owner, setter, set_at, _STATES[state], _day(due), ended, *more)


def _day(plain: str | None) -> date | None:
    return date.fromisoformat(plain) if plain is not None else None
