"""Adding to records so that what failed and is done again is one event, whoever adds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import RLock

from markterm.domain.record.event import Event
from markterm.domain.rules.act import after_failure
from markterm.domain.words.errors import NotSaved, Unreadable
from markterm.records.codec import as_read
from markterm.records.store import EventStore
from markterm.sheets.centre_file import read_centre


class SameStore:
    """Whether `file`, the centre's own, still says that the store at `address` has the records, as it did when the
    centre was opened: what is added to one that a centre has left, nobody else sees."""

    def __init__(self, file: Path, address: str) -> None:
        self._file = file
        self._address = address
        self._looked_at: tuple[int, int, int] | None = None

    def check(self) -> None:
        """Raises `NotSaved` where it says another one. While it cannot be read, it says what it said."""
        try:
            status = self._file.stat()
            now = (status.st_ino, status.st_size, status.st_mtime_ns)
            if now == self._looked_at:
                return
            said = read_centre(self._file).record_store
        except (OSError, Unreadable):
            return
        if said != self._address:
            raise NotSaved(
                "Not saved: the records have moved",
                f"Since you opened the centre, {self._file.name} says that "
                f"{'a database' if said else 'the folder'} has them"
                f"{', another one' if said and self._address else ''}.",
                "Open the centre anew, and do it again.",
                file=self._file,
            )
        self._looked_at = now


class Appending:
    """Adds to the records in `store`, and remembers what could not be made durable: a reading may find it after all.

    A centre has one, so that all of its records are added to alike. `check` is asked before each and raises `NotSaved`
    where nothing may be added to this store any more. Safe to call from several threads.
    """

    def __init__(self, store: EventStore, check: Callable[[], None] = lambda: None) -> None:
        self._store = store
        self._check = check
        self._lock = RLock()
        self._unsaved: dict[str, tuple[Event, ...]] = {}

    def load(self, record: str) -> tuple[Event, ...]:
        """The events of the record as they are read now. Raises `Unreadable`."""
        return self._store.load(record)

    def unsaved(self, record: str) -> tuple[Event, ...]:
        """What could not be made durable in that record, and was not done again since."""
        return self._unsaved.get(record, ())

    def append(self, record: str, event: Event) -> Event:
        """Add the event; what it came to when it is durable: the one that failed, where the same is done again.

        Raises what the store raises, and `NotSaved`.
        """
        with self._lock:
            self._check()
            unsaved = self.unsaved(record)
            event = after_failure(as_read(event), unsaved)
            # By identifier: an event that is read anew is another object.
            others = tuple(failed for failed in unsaved if failed.uid != event.uid)
            try:
                self._store.append(record, event)
            except NotSaved:
                self._unsaved[record] = (*others, event)
                raise
            if unsaved:
                self._unsaved[record] = others
            return event
