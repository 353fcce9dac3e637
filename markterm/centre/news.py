"""What others recorded just now, where what keeps the records tells of it: so that nobody waits for the next look."""

from __future__ import annotations

from collections.abc import Callable, Container
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markterm.records.store import EventStore

Tell = Callable[[Container[str]], object]
"""Is told the records that others added to, from a thread of the store's."""


class News:
    """What others record in `store`. Safe to use from several threads.

    A folder tells nobody; a database does. Whoever shows something looks from time to time all the same: what is told
    here may be lost.
    """

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self._lock = Lock()
        self._told: list[Tell] = []
        self._hears = False

    def hear(self, tell: Tell) -> None:
        """Have `tell` called whenever others added to records, with those records."""
        with self._lock:
            self._told.append(tell)
            if not self._hears:
                self._hears = True
                self._store.hear(self._say)

    def unhear(self, tell: Tell) -> None:
        """Have it not called any more."""
        with self._lock, suppress(ValueError):
            self._told.remove(tell)

    def _say(self, records: Container[str]) -> None:
        with self._lock:
            told = tuple(self._told)
        for tell in told:
            tell(records)
