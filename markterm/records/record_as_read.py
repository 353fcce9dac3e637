"""A record as this process has read it, whatever keeps it, and what holds of every event that is added to it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Generic, TypeVar

from markterm.domain.record.bodies.kinds import check_writable
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.renaming import Renaming, renaming_of
from markterm.domain.words.finding import Finding, Severity
from markterm.records.canonical import canonical
from markterm.records.codec import as_read, to_json
from markterm.records.finding_codes import USED_TWICE, troubling
from markterm.records.folder.record_check import FilesAsRead, Witness, check_record
from markterm.records.folder.segment import LAST_COUNT, SUFFIX, Entry
from markterm.records.folder.segment_copies import holds
from markterm.records.store import Head, ImmutableRecord

if TYPE_CHECKING:
    from markterm.domain.record.who_did_what import Line

_MOST_TOLD = 200
_Files = TypeVar("_Files", bound=FilesAsRead)


class RecordAsRead(ABC, Generic[_Files]):
    """A record as this process has read it. Safe to use from several threads.

    `folder` is where its files lie, if there are any. `record_format` is the format of what is written.
    """

    def __init__(self, folder: Path, record: str, record_format: int, files: _Files) -> None:
        self.folder = folder
        self.record = record
        self.record_format = record_format
        self._lock = RLock()
        self._unsaved: set[str] = set()
        self._begin_anew(files)

    def _begin_anew(self, files: _Files) -> None:
        """Have nothing of it read."""
        self._files = files
        self._entries: list[Entry] = []
        self._events: dict[str, Event] = {}
        self._used_twice: list[Finding] = []
        self._renamings: list[Renaming] = []
        self._clock = 0
        self._is_read = False
        self._found: tuple[Finding, ...] | None = None

    @abstractmethod
    def refresh(self) -> None:
        """Read what others added. Raises `Unreadable`."""

    @abstractmethod
    def append(self, event: Event) -> None:
        """Add the event; return when it is durable. Raises `NotSaved`, `Unreadable`, `UpgradeNeeded`,
        `ImmutableRecord`, and `Refused` when the record goes on as another one."""

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event once, in the record's order; without one that this process failed to make durable."""
        with self._lock:
            if self._unsaved:
                return tuple(event for uid, event in self._events.items() if uid not in self._unsaved)
            return tuple(self._events.values())

    @property
    def heads(self) -> dict[str, Head]:
        """The head of every segment."""
        with self._lock:
            return {name: segment.head for name, segment in self._files.by_name.items()}

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every event with its place, in the record's order."""
        from markterm.domain.record.who_did_what import Line  # For an audit alone.

        with self._lock:
            return tuple(Line(*entry) for entry in self._entries)

    @property
    def renamings(self) -> Sequence[Renaming]:
        """What the record says about going on as another one, or from another one, in its order."""
        return self._renamings

    @property
    def is_read(self) -> bool:
        """Whether it was read, since this was made."""
        return self._is_read

    def holds(self, segment: str, head: Head) -> bool:
        """Whether that line of the segment stands there."""
        with self._lock:
            return holds([each for each in self._files.by_file.values() if each.name == segment], head)

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the record as last read, by itself and by what was known of it here before it was read;
        without what is said for information.

        Found once for what was read, however often it is asked.
        """
        with self._lock:
            if self._found is None:
                self._found = troubling(self.check(self._known_here()))
            return self._found

    def check(self, witnesses: Iterable[Witness]) -> tuple[Finding, ...]:
        """What is wrong with the record as read: lines that do not verify, and what witnesses miss.

        `witnesses` are further heads that were seen, each with who saw them; the segments' own are always heard.
        """
        with self._lock:
            return (*check_record(self.folder, self._files, self._entries, witnesses), *self._used_twice)

    def _known_here(self) -> Iterable[Witness]:
        return ()

    # What is added

    def _to_add(self, event: Event) -> Event:
        """The event as everybody will read it. Raises `ImmutableRecord` and `UpgradeNeeded`."""
        if event.learner != self.record:
            raise ImmutableRecord(f"This event is {event.learner}'s; it cannot be in the record of {self.record}.")
        check_writable(event, self.record_format)
        return as_read(event)

    def _was_read(self, event: Event) -> bool:
        """Whether the event is among those that were read. Raises `ImmutableRecord` where another one bears its uid."""
        known = self._events.get(event.uid)
        if known is None:
            return False
        if canonical(to_json(known)) != canonical(to_json(event)):
            raise ImmutableRecord("Another event bears this identifier; it cannot be replaced.")
        return True

    def _next_count(self) -> int:
        # Nobody comes to the last count by recording; somebody may have written it into a line.
        return min(self._clock + 1, LAST_COUNT)

    def _merge(self, added: list[Entry]) -> None:
        """Have these events, which were read or added, in their places."""
        if not added:
            return
        # Copies of a segment have the same line twice.
        order = None if self._files.all_in_their_place else _place
        added.sort(key=order)
        are_last = not self._entries or _place(added[0]) > _place(self._entries[-1])
        self._entries += added
        if not are_last:
            self._entries.sort(key=order)
            self._events.clear()
            self._used_twice.clear()
        self._clock = max(self._clock, self._entries[-1].lc)
        for entry in added if are_last else self._entries:
            known = self._events.setdefault(entry.event.uid, entry.event)
            if known is not entry.event and known != entry.event and len(self._used_twice) < _MOST_TOLD:
                path = self.folder / (entry.segment + SUFFIX)
                message = "this entry bears the identifier of another one; the earlier one counts"
                self._used_twice.append(Finding(USED_TWICE, Severity.ERROR, message, path, entry.line))
        if not are_last or any(entry.event.kind == Kind.RENAMED for entry in added):
            told = (renaming_of(event) for event in self._events.values() if event.kind == Kind.RENAMED)
            self._renamings = [renaming for renaming in told if renaming is not None]


def _place(entry: Entry) -> tuple[int, str, int, str]:
    return entry.lc, entry.segment, entry.line, entry.event.uid
