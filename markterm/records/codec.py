"""Events as JSON objects and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Event, Json, Subject
from markterm.domain.words.foreign_text import clean, one_line
from markterm.records.canonical import canonical
from markterm.records.strict_json import DEEPEST

# Newer versions of Python read more ways of writing a time than older ones; what is written here is one way.
_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{6})?[+-]\d\d:\d\d(?::\d\d(?:\.\d{6})?)?", re.ASCII
)


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
        if not _TIME.fullmatch(at):
            raise NotAnEvent("its time is written otherwise, or has no zone")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is not UTC:
            moment = moment.astimezone(UTC)
        subject = _subject(unit, version, criterion)
        replaced = tuple(map(str, supersedes)) if supersedes else ()
        return _event(uid, kind, learner, moment, actor, role, subject, body, replaced)
    except KeyError as error:
        raise NotAnEvent(f"{error.args[0]} is missing") from None
    except (ValueError, TypeError, OverflowError) as error:
        raise NotAnEvent(str(error)) from None


_NOTHING: Mapping[str, Json] = {}
_uid, _kind, _learner, _at, _actor, _role, _about, _body, _supersedes = (
    getattr(Event, name).__set__ for name in Event.__slots__
)


def _event(
    uid: str,
    kind: str,
    learner: str,
    at: datetime,
    actor: str,
    role: str,
    subject: Subject,
    body: Mapping[str, Json],
    supersedes: tuple[str, ...],
) -> Event:
    """The same as `Event` of these, in half the time: its own way asks at every field whether it may be set."""
    event = object.__new__(Event)
    _uid(event, uid)
    _kind(event, kind)
    _learner(event, learner)
    _at(event, at)
    _actor(event, actor)
    _role(event, role)
    _about(event, subject)
    _body(event, body)
    _supersedes(event, supersedes)
    return event


@lru_cache(maxsize=4096)
def _subject(code: str | None, version: str, criterion: str | None) -> Subject:
    if not isinstance(code, str | None) or not isinstance(criterion, str | None):
        raise NotAnEvent("the unit or the criterion is no text")
    return Subject(None if code is None else UnitKey(code, version), criterion)


_IDENTIFIES = ("learner", "record")
"""What names a record is compared with the name that the record has, and is shown by whoever has cleaned that one."""

# An escape that JSON needs for more than a line end, a quotation mark or a stroke, or what nobody escaped.
_MAY_MISLEAD = re.compile(rb"\\[ubfr]|[^\x20-\x7e]")


def cleaned(document: dict[str, Json], raw: bytes) -> dict[str, Json]:
    """The document that the bytes `raw` hold, with every text in it made safe to show: others may have written it.

    Raises `NotAnEvent` for one that is nested deeper than anything that is written here.
    """
    # Most lines are plain ASCII and escape nothing: that is seen at once, and a search sees the rest of what is plain.
    # Raw control characters need no look: a line with one is no JSON.
    if (b"\\" not in raw and raw.isascii() and b"\x7f" not in raw) or not _MAY_MISLEAD.search(raw):
        return document
    return {one_line(key): value if key in _IDENTIFIES else _cleaned(value, DEEPEST) for key, value in document.items()}


def _cleaned(value: Json, deep: int) -> Json:
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else clean(value).text
    if not deep:
        raise NotAnEvent("it is nested too deeply")
    if isinstance(value, list):
        return [_cleaned(each, deep - 1) for each in value]
    if isinstance(value, dict):
        return {one_line(key): _cleaned(each, deep - 1) for key, each in value.items()}
    return value


def as_read(event: Event) -> Event:
    """The event as everybody reads it once it is recorded: with every text in it made safe to show."""
    if _is_plain(event.body) and all(map(_is_plain, (event.uid, event.kind, event.actor, event.role))):
        return event
    document = to_json(event)
    return from_json(cleaned(document, canonical(document)))


def _is_plain(value: Json | Mapping[str, Json]) -> bool:
    if isinstance(value, str):
        return value.isascii() and value.isprintable()
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return not isinstance(value, Mapping) or all(_is_plain(key) and _is_plain(each) for key, each in value.items())
