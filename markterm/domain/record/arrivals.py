"""What came in for a learner, when, out of which download, and who took it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markterm.domain.record.bodies.arriving import Arrived, Received
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event
from markterm.domain.words.counted import counted, first_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """Files that came in at once: out of what, when, and by whose hand."""

    source: str
    files: tuple[Arrived, ...]
    actor: str
    at: datetime


def arrivals_of(events: Iterable[Event]) -> tuple[Arrival, ...]:
    """What came in, in the order of the record."""
    said = ((event, said_in(event, Received)) for event in events)
    return tuple(Arrival(each.source, each.files, event.actor, event.at) for event, each in said if each is not None)


def in_words(event: Event) -> str:
    """What an arrival tells, in a line: `received 2 files out of submissions.zip: plan.docx, log.pdf`."""
    said = Received.read(event.body)
    names = first_of([each.name for each in said.files], _NAMED)
    return f"received {counted(len(said.files), 'file')} out of {said.source}: {names}"


_NAMED = 3
