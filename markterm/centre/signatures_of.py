"""What an audit says of the signatures in a record: whose they are, and what lacks one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markterm.domain.record.event import Event, Kind
from markterm.domain.record.signing_keys import SigningKey
from markterm.domain.record.who_did_what import Line, Told
from markterm.records import ed25519
from markterm.records.store import EventStore


def signatures_of(
    store: EventStore, record: str, lines: Sequence[Line], every: Sequence[Event], keys: Sequence[SigningKey]
) -> Iterator[Told]:
    """What is wrong with the signatures in these `lines` of the record, and what in them is not signed by somebody who
    had one of these `keys` then; `every` are its events with those that it goes on from. Raises `Unreadable`."""
    if not keys and all(line.event.kind != Kind.SIGNED for line in lines):
        return
    from markterm.domain.record.signatures import signatures_told  # Few centres sign.

    goes_on = store.goes_on_as(record)
    later = store.load(goes_on) if goes_on else ()
    yield from signatures_told(lines, every, keys, ed25519.proves if ed25519.is_installed() else None, later)
