"""Events as JSON objects and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from markterm.domain.event import Event, Json, Subject
from markterm.domain.unit import UnitKey


class NotAnEvent(ValueError):
    """A JSON object that lacks what every event has."""


def to_json(event: Event) -> dict[str, Json]:
    """The event as a JSON object; what is absent is left out."""
    document: dict[str, Json] = {
        "uid": event.uid,
        "kind": event.kind,
        "learner": event.learner,
        "at": event.at.astimezone(UTC).isoformat(),
        "actor": event.actor,
        "role": event.role,
    }
    if event.subject.unit is not None:
        document["unit"] = event.subject.unit.code
        document["version"] = event.subject.unit.version
    if event.subject.criterion is not None:
        document["criterion"] = event.subject.criterion
    if event.body:
        document["body"] = dict(event.body)
    if event.supersedes:
        document["supersedes"] = list(event.supersedes)
    return document


def from_json(document: Mapping[str, Any]) -> Event:
    """The event of a JSON object. Raises `NotAnEvent` when it is none."""
    try:
        get = document.get
        body = get("body", _NOTHING)
        supersedes = get("supersedes", ())
        uid, kind, learner, at = document["uid"], document["kind"], document["learner"], document["at"]
        actor, role = document["actor"], document["role"]
        unit, version, criterion = get("unit"), get("version", ""), get("criterion")
        # Written out, not looped over: a record is read again at every opening, and this is the most of it.
        if not (
            type(uid) is type(kind) is type(learner) is type(at) is type(actor) is type(role) is type(version) is str
        ):
            raise NotAnEvent("a text was expected")
        if not (type(body) is dict or isinstance(body, Mapping)) or not isinstance(supersedes, (list, tuple)):
            raise NotAnEvent("body or supersedes has another shape")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is not UTC:
            if moment.tzinfo is None:
                raise NotAnEvent("the time has no zone")
            moment = moment.astimezone(UTC)
        return Event(
            uid,
            kind,
            learner,
            moment,
            actor,
            role,
            _subject(unit, version, criterion),
            body,
            tuple(map(str, supersedes)) if supersedes else (),
        )
    except KeyError as error:
        raise NotAnEvent(f"{error.args[0]} is missing") from None
    except (ValueError, TypeError, OverflowError) as error:
        raise NotAnEvent(str(error)) from None


_NOTHING: Mapping[str, Json] = {}


@lru_cache(maxsize=4096)
def _subject(code: str | None, version: str, criterion: str | None) -> Subject:
    if not isinstance(code, str | None) or not isinstance(criterion, str | None):
        raise NotAnEvent("the unit or the criterion is no text")
    return Subject(None if code is None else UnitKey(code, version), criterion)
