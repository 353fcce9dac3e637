"""The plain form of keys with which members sign, and of what they signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markterm.domain.record.event import Event
    from markterm.domain.record.signing_keys import SigningKey


def key_as_json(key: SigningKey) -> Json:
    """A key as a JSON object, by its public half."""
    return {
        "key": key.name,
        "member": key.member,
        "public": key.public,
        "state": key.state,
        "entered": iso(key.entered),
        "confirmed": [{"by": each.by, "at": iso(each.at)} for each in key.confirmed],
        "ended": [
            {"by": each.by, "at": iso(each.at), "since": iso(each.since), "why": each.why, "signed": len(each.signed)}
            for each in key.ends
        ],
    }


def signatures_as_json(events: Iterable[Event]) -> list[Json]:
    """The signatures among these events, each with the uid of what it signs; whether they hold, an audit finds."""
    if not (every := tuple(events)):
        return []
    from markterm.domain.record.signatures import signed_in  # Few members sign.
    from markterm.domain.record.signing_keys import name_of_key

    return [
        {"event": said.event, "key": name_of_key(said.key), "by": event.actor, "at": iso(event.at)}
        for event, said in signed_in(every)
    ]
