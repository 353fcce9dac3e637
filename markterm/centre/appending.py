"""Adding to records so that what failed and is done again is one event, whoever adds it."""

from __future__ import annotations

from threading import RLock

from markterm.domain.record.event import Event
from markterm.domain.rules.act import after_failure
from markterm.domain.words.errors import NotSaved
from markterm.records.codec import as_read
from markterm.records.store import EventStore


class Appending:
    """Adds to the records in `store`, and remembers what could not be made durable: a reading may find it after all.

    A centre has one, so that all of its records are added to alike. Safe to call from several threads.
    """

    def __init__(self, store: EventStore) -> None:
        self._store = store
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

        Raises what the store raises.
        """
        with self._lock:
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
