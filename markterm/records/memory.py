"""A store of events in memory: what a server does, without one. For tests, and for trying MarkTerm without a trace."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from threading import RLock
from typing import TYPE_CHECKING

from markterm.domain.record.bodies.kinds import check_writable
from markterm.domain.record.event import Event, Json
from markterm.domain.record.record_format import NEWEST
from markterm.domain.record.renaming import Renaming, check_goes_on_here, renaming_of, successor
from markterm.domain.words.errors import Refused
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.records.canonical import canonical
from markterm.records.codec import as_read, to_json
from markterm.records.finding_codes import MISSING
from markterm.records.query import Query
from markterm.records.renamed import earlier_records, events_as_one
from markterm.records.stamps_by_record import StampsByRecord
from markterm.records.store import Head, ImmutableRecord, RawFile, Unclaimed
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from pathlib import Path

    from markterm.domain.record.who_did_what import Line


@dataclass(slots=True)
class _Record:
    """The events of the record of that name in the order in which they came.

    Each has a place in a segment; there is one for each writer, and as everywhere its first line says what it is.
    """

    name: str
    events: dict[str, Event] = field(default_factory=dict)
    places: list[tuple[str, int]] = field(default_factory=list)
    digests: dict[str, list[str]] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        segment = f"{folder_name(event.actor)}.00000000"
        if segment not in self.digests:
            header: dict[str, Json] = {"record": self.name, "segment": segment}
            self.digests[segment] = [sha256(canonical(header)).hexdigest()]
        digests = self.digests[segment]
        digests.append(sha256(digests[-1].encode("ascii") + canonical(to_json(event))).hexdigest())
        self.events[event.uid] = event
        self.places.append((segment, len(digests)))

    @property
    def renamings(self) -> list[Renaming]:
        return [told for event in self.events.values() if (told := renaming_of(event)) is not None]


class Memory:
    """Where records are that are nowhere else. Several stores may be open on it, as several processes are on a folder.

    Safe to use from several threads.
    """

    def __init__(self) -> None:
        self.records: dict[str, _Record] = {}
        self.lock = RLock()


class MemoryStore:
    """The records in `memory`, as one process has them. Satisfies `EventStore`."""

    def __init__(self, memory: Memory, record_format: int = NEWEST) -> None:
        self.record_format = record_format
        self._memory = memory

    def to_verify(self) -> tuple[str, ...]:
        """The names of the records, sorted."""
        with self._memory.lock:
            return tuple(sorted(self._memory.records))

    def stamp(self, record: str) -> str:
        """How many events the record has: it only grows."""
        with self._memory.lock:
            count = len(self._record(record).events)
            return str(count) if count else ""

    def stamps(self) -> StampsByRecord:
        """The stamps of every record."""
        with self._memory.lock:
            return StampsByRecord({record: self.stamp(record) for record in self._memory.records})

    def read_ahead(self, records: Sequence[str]) -> None:
        """Nothing: each is read as quickly by itself."""

    def load(self, record: str) -> tuple[Event, ...]:
        """Every event of the record, and of those that it goes on from."""
        with self._memory.lock:
            return events_as_one(record, self.earlier(record), self._events_of)

    def append(self, record: str, event: Event) -> None:
        """Add the event."""
        if event.learner != record:
            raise ImmutableRecord(f"This event is {event.learner}'s; it cannot be in the record of {record}.")
        check_writable(event, self.record_format)
        event = as_read(event)
        with self._memory.lock:
            kept = self._memory.records.setdefault(record, _Record(record))
            known = kept.events.get(event.uid)
            if known is not None:
                if canonical(to_json(known)) != canonical(to_json(event)):
                    raise ImmutableRecord("Another event bears this identifier; it cannot be replaced.")
                return
            check_goes_on_here(record, kept.renamings, event)
            kept.add(event)

    def select(self, record: str, query: Query) -> tuple[Event, ...]:
        """The events that the query takes, in order."""
        with self._memory.lock:
            return tuple(filter(query.takes, self.load(record)))

    def findings(self, record: str) -> tuple[Finding, ...]:  # noqa: ARG002  # as every store has it
        """Nothing: memory is as it was written."""
        return ()

    def verify(self, record: str, witnesses: Iterable[tuple[str, Mapping[str, Head]]] = ()) -> tuple[Finding, ...]:
        """What witnesses had seen and is not there."""
        return tuple(
            Finding(
                MISSING, Severity.ERROR, one_line(f"line {head.lines} of {segment} is not the one that {who} had seen")
            )
            for who, seen in witnesses
            for segment, head in seen.items()
            if not self.holds(record, segment, head)
        )

    def lines(self, record: str) -> tuple[Line, ...]:
        """The record's own events with their places."""
        from markterm.domain.record.who_did_what import Line  # For an audit alone.

        with self._memory.lock:
            kept = self._record(record)
            placed = enumerate(zip(kept.places, kept.events.values(), strict=True), 1)
            return tuple(Line(count, segment, number, event) for count, ((segment, number), event) in placed)

    def holds(self, record: str, segment: str, head: Head) -> bool:
        """Whether that line of the segment is there."""
        with self._memory.lock:
            digests = self._record(record).digests.get(segment, [])
            return 0 < head.lines <= len(digests) and digests[head.lines - 1] == head.digest

    def place(self, record: str, segment: str = "") -> Path | None:  # noqa: ARG002  # as every store has it
        """None: nobody can look."""
        return None

    def elsewhere(self, record: str) -> tuple[Finding, ...]:  # noqa: ARG002  # as every store has it
        """Nothing: there is no elsewhere."""
        return ()

    def parts_in(self, unclaimed: Unclaimed) -> tuple[str, ...]:  # noqa: ARG002  # as every store has it
        """None: everything is a record's own."""
        return ()

    def earlier(self, record: str) -> tuple[str, ...]:
        """The records that this one goes on from."""
        with self._memory.lock:
            return earlier_records(record, self._renamings)

    def goes_on_as(self, record: str) -> str:
        """The record that this one goes on as."""
        with self._memory.lock:
            return successor(self._renamings(record))

    def heads(self, record: str) -> dict[str, Head]:
        """The head of every writer's segment."""
        with self._memory.lock:
            return {name: Head(len(own), own[-1]) for name, own in self._record(record).digests.items()}

    def raw(self, record: str) -> tuple[RawFile, ...]:  # noqa: ARG002  # as every store has it
        """None: no file holds it."""
        return ()

    def take_in(self, records: Path) -> None:  # noqa: ARG002  # as every store has it
        """Raises `Refused`: no file holds a record."""
        raise Refused("No records in files", "This centre keeps its records in memory.", "Take them in elsewhere.")

    def witnessed(self, record: str) -> dict[str, Head]:  # noqa: ARG002  # as every store has it
        """None: nothing is known but what is there."""
        return {}

    def remove(self, record: str) -> None:
        """Remove the record."""
        with self._memory.lock:
            self._memory.records.pop(record, None)

    def hear(self, tell: Callable[[Container[str]], object]) -> None:
        """Nothing is told: whoever wants to know looks at stamps."""

    def close(self) -> None:
        """Nothing is open."""

    def _record(self, record: str) -> _Record:
        return self._memory.records.get(record) or _Record(record)

    def _renamings(self, record: str) -> Sequence[Renaming]:
        return self._record(record).renamings

    def _events_of(self, record: str) -> Sequence[Event]:
        return tuple(self._record(record).events.values())
