"""Whether something is being recorded just now: what a screen says of it until it is durable, or is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock


class Saving:
    """What is being recorded. Safe to call from several threads; `changed` is called from theirs, when something begins
    and when nothing goes on any more."""

    def __init__(self) -> None:
        self.changed: Callable[[], None] = lambda: None
        self.failed = 0
        """How much of it came to nothing: it was refused, or could not be saved."""
        self._going_on = 0
        self._lock = Lock()

    @property
    def is_going_on(self) -> bool:
        """Whether something is."""
        return self._going_on > 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """While one act is recorded."""
        self._count(1)
        try:
            yield
        except BaseException:
            self.failed += 1
            raise
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._lock:
            before, self._going_on = self._going_on, self._going_on + more
        if not (before and self._going_on):
            self.changed()
