"""What the signatures of a record prove: that whoever had the key signed just this entry, while it was their key.

Order is by cause wherever it can be: a signature names, and signs, the entry that confirmed its key, and whoever ends
a key names every signature of it that there is. No clock can be put back behind either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.signing import Signed
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.signing_keys import SIGNED_KINDS, SigningKey, name_of_key
from markterm.domain.record.who_did_what import (
    NOT_CHECKED,
    NOT_SIGNED,
    NOT_THEIR_KEY,
    SIGNED_OTHERWISE,
    Line,
    Told,
    in_places,
)
from markterm.domain.words.counted import counted
from markterm.domain.words.finding import Severity
from markterm.domain.words.uid import short

Proves = Callable[[Signed, Event], bool]
"""Whether a signature is by the key that it names, over just this event."""


def in_words(event: Event) -> str:
    """What a signature is of, in a few words."""
    said = said_in(event, Signed)
    return event.kind if said is None else f"signed entry {short(said.event)} with key {name_of_key(said.key)}"


def signed_in(events: Iterable[Event]) -> Iterator[tuple[Event, Signed]]:
    """The signatures among these events, each with what it says."""
    for event in events:
        if event.kind == Kind.SIGNED and (said := said_in(event, Signed)) is not None:
            yield event, said


def signatures_told(
    lines: Iterable[Line],
    every: Sequence[Event],
    keys: Sequence[SigningKey],
    proves: Proves | None,
    later: Sequence[Event] = (),
) -> Iterator[Told]:
    """What is wrong with the signatures that stand in these `lines`, and what lacks one of somebody who had a key then.

    `every` are the events of the record, also of those that it goes on from; `later` those of the record as which it
    goes on, where what is in it may be signed. Without anything that `proves`, signatures are told as not checked.
    """
    by_uid = {event.uid: event for event in every}
    placed = in_places(lines)
    unchecked = [line for line in placed if line.event.kind == Kind.SIGNED]
    if proves is None:
        if unchecked:
            message = f"{counted(len(unchecked), 'signature')} not checked: markterm[exports] is not installed"
            yield Told(NOT_CHECKED, Severity.ERROR, unchecked[0], message)
        return
    for line in unchecked:
        said = said_in(line.event, Signed)
        if said is not None:
            yield from _of_signature(line, said, by_uid.get(said.event), keys, proves)
    to_sign = [line for line in placed if line.event.kind in SIGNED_KINDS]
    if not (keys and to_sign):
        return
    signed = signed_soundly((*every, *later), keys, proves)
    for line in to_sign:
        event = line.event
        if event.uid not in signed and any(each.member == event.actor and each.signed_at(event.at) for each in keys):
            message = f"this entry of {event.actor}, who had a key then, is not signed"
            yield Told(NOT_SIGNED, Severity.WARNING, line, message)


def signed_soundly(every: Sequence[Event], keys: Sequence[SigningKey], proves: Proves) -> frozenset[str]:
    """The uids of what is signed in these events by whoever made it, with a key that was theirs."""
    by_uid = {event.uid: event for event in every}
    return frozenset(
        said.event
        for event, said in signed_in(every)
        if (of := by_uid.get(said.event)) is not None
        and event.actor == of.actor
        and not why_not_theirs(event.actor, said, event.at, keys)
        and proves(said, of)
    )


def why_not_theirs(member: str, said: Signed, at: datetime, keys: Sequence[SigningKey]) -> str:
    """Why the key of that signature was not the member's when they signed; empty where it was."""
    key = confirmed_key(member, said.key, said.confirmed, keys)
    if isinstance(key, str):
        return key
    for end in key.ends:
        if not end.lets_stand(said, at):
            since = end.since.isoformat(" ", "minutes")
            return f"key {key.name} of {member} is ended from {since} on, and this signature was not there before"
    return ""


def confirmed_key(member: str, public: str, confirmed: str, keys: Iterable[SigningKey]) -> SigningKey | str:
    """The member's key with that public half, where the entry of uid `confirmed` confirmed it; else why not, in words:
    nobody knows that uid before."""
    key = next((each for each in keys if (each.member, each.public) == (member, public)), None)
    if key is None:
        return f"key {name_of_key(public)} was never entered by {member}"
    if all(each.uid != confirmed for each in key.confirmed):
        return f"key {key.name} of {member} was not confirmed then"
    return key


def _of_signature(
    line: Line, said: Signed, of: Event | None, keys: Sequence[SigningKey], proves: Proves
) -> Iterator[Told]:
    actor = line.event.actor
    if of is None:
        message = f"this signature is of an entry that is not in the record ({short(said.event)})"
        yield Told(SIGNED_OTHERWISE, Severity.ERROR, line, message)
        return
    if not proves(said, of):
        message = f"this signature is not over entry {short(said.event)} as it stands, or not by the key that it names"
        yield Told(SIGNED_OTHERWISE, Severity.ERROR, line, message)
    if actor != of.actor:
        message = f"{actor} signed an entry of {of.actor}"
        yield Told(NOT_THEIR_KEY, Severity.ERROR, line, message)
    elif why := why_not_theirs(actor, said, line.event.at, keys):
        yield Told(NOT_THEIR_KEY, Severity.ERROR, line, why)
