"""What a store of events does, whatever it is made of: a folder, or a database for a centre that outgrows it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from markterm.domain.record.event import Event
from markterm.domain.words.errors import Refused
from markterm.domain.words.finding import Finding

if TYPE_CHECKING:
    from markterm.domain.record.who_did_what import Line
    from markterm.records.query import Query


class ImmutableRecord(Refused):
    """An attempt to change or remove what is in the record."""

    def __init__(self, what: str) -> None:
        super().__init__("The record only grows", what, "Add an event that withdraws or replaces it.")


@dataclass(frozen=True, slots=True)
class Head:
    """How far a segment of the record goes: how many lines, of which the first says what it is, and the hash of the
    last one.

    A head kept outside the record is what proves later that its end was not cut off.
    """

    lines: int
    digest: str


class RawFile(NamedTuple):
    """A file of a record as it stands, or what a store that has no files would have in one: its name, how many of its
    bytes are the record's now, and what opens it to read them.

    Opening raises OSError, and what the store raises. More may follow the bytes that are the record's.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]


class Unclaimed(NamedTuple):
    """What a store holds that is none of the records that were named: a record of that name; or, where `is_record` is
    False, something that is no record's own, and may hold parts of others'."""

    name: str
    stamp: str
    is_record: bool = True


class Stamps(Protocol):
    """The stamps of every record as they were at one moment. Going through them gives the names of the records that
    there are, the centre's own among them, in no order."""

    def __getitem__(self, record: str, /) -> str:
        """What `EventStore.stamp` said of the record then, also of one that nobody wrote."""
        ...

    def __iter__(self) -> Iterator[str]: ...

    def but_for(self, records: Collection[str]) -> Iterator[Unclaimed]:
        """What there was besides these records."""
        ...


class EventStore(Protocol):
    """Events by record. One record is one learner's, named by the registration, and one is the centre's own.

    Every method raises `Unreadable` when a record cannot be read at all; what can be read in part is read, with
    findings. `record_format` is the format that it writes, the centre's own.
    """

    record_format: int

    def to_verify(self) -> tuple[str, ...]:
        """The names of the records that an audit of everything verifies, sorted: also of those that are gone, or of
        which only parts are left somewhere. What lies about and belongs to nobody is among the findings of the centre's
        own."""
        ...

    def stamp(self, record: str) -> str:
        """A text that is another one whenever `load` or `findings` could give something else than before.

        It covers the record's own lines and what may be a part of it, not the records that it goes on from: those have
        stamps of their own. Reads no record; empty for one that nobody wrote.
        """
        ...

    def stamps(self) -> Stamps:
        """The stamps of every record at once, so cheap that twenty thousand are looked at while a person waits."""
        ...

    def read_ahead(self, records: Sequence[str]) -> None:
        """Know that these are about to be loaded, one after the other: where each question takes its time, all of them
        are asked for at once. Raises `Unreadable`."""
        ...

    def load(self, record: str) -> tuple[Event, ...]:
        """Every event of the record that verifies, in the record's order. Empty when there is none."""
        ...

    def append(self, record: str, event: Event) -> None:
        """Add the event; return when it is durable. It is then the last of the record's order.

        An event whose uid is in the record already is not added again. Raises `NotSaved`, `UpgradeNeeded` when events
        of that kind are not recorded in this format, and `ImmutableRecord` when the event is another learner's or
        another event bears its uid; `Refused` when the record goes on as another one.
        """
        ...

    def select(self, record: str, query: Query) -> tuple[Event, ...]:
        """The events that the query takes, in the record's order."""
        ...

    def findings(self, record: str) -> tuple[Finding, ...]:
        """What the last load found wrong."""
        ...

    def verify(self, record: str, witnesses: Iterable[tuple[str, Mapping[str, Head]]] = ()) -> tuple[Finding, ...]:
        """What is wrong with the record, read anew from its first byte and against every witness.

        `witnesses` are further heads that were seen, each with who saw them.
        """
        ...

    def lines(self, record: str) -> tuple[Line, ...]:
        """The record's own events with their places, as last read."""
        ...

    def holds(self, record: str, segment: str, head: Head) -> bool:
        """Whether that line of the segment stands there, as last read."""
        ...

    def place(self, record: str, segment: str = "") -> Path | None:
        """Where a person looks for the record, or for that segment of it; None where no file holds it."""
        ...

    def elsewhere(self, record: str) -> tuple[Finding, ...]:
        """What somebody has to do about parts of the record that lie where no reading finds them.

        Looked at anew, for what must not rest on half of a record.
        """
        ...

    def parts_in(self, unclaimed: Unclaimed) -> tuple[str, ...]:
        """The records of which that holds lines that they lack, sorted."""
        ...

    def earlier(self, record: str) -> tuple[str, ...]:
        """The records that this one goes on from as last read, the oldest first: their registrations were corrected.

        `load`, `select` and `findings` take them in; `verify` and `heads` are about the record's own lines.
        """
        ...

    def goes_on_as(self, record: str) -> str:
        """The record that this one goes on as, as last read: nothing is added to it. Empty for any other."""
        ...

    def heads(self, record: str) -> Mapping[str, Head]:
        """The head of every segment by name."""
        ...

    def raw(self, record: str) -> tuple[RawFile, ...]:
        """The files of the record's own as they stood at one moment, byte for byte: one a segment where no file holds
        it. None where it is in memory alone.

        Reads none of them. Raises `NotNow` when others record faster than can be looked.
        """
        ...

    def take_in(self, records: Path) -> None:
        """Have the records whose folders lie in that one, each called as its record's is: all of them or none, also
        where the process is killed.

        It is on the disk of the store, and durable; it is moved as a whole. Raises `Refused` when one of the records is
        there, or where no file holds any, and `NotSaved`.
        """
        ...

    def witnessed(self, record: str) -> Mapping[str, Head]:
        """The heads of the segments that this machine wrote of the record, as it knows them by itself.

        Of a folder alone: there whoever writes may go on in its own segment only. A database counts the lines of each
        record itself, and that it lost some is told by `verify` and by heads that audits kept.
        """
        ...

    def remove(self, record: str) -> None:
        """Remove the record, every part of it, and what this machine knows of it; return when that is durable.

        The one exception to the rule that a record only grows: for what the rules of retention let go of, after the
        centre's record says so. Nothing happens when there is none. Raises `NotSaved`; what is gone then is gone, and
        doing it again goes on.
        """
        ...

    def hear(self, tell: Callable[[Container[str]], object]) -> None:
        """Have `tell` called with the records to which others added, as soon as that is known and until the store is
        closed, from a thread of the store's own. A store that is told of nothing never calls it; nothing may rest on
        it, for what is told may be lost."""
        ...

    def close(self) -> None:
        """Let go of everything that is open. The store can be used again afterwards."""
        ...
