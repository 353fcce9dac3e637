"""How far the hashing of a learner's files is: told to whoever shows it, and ended by whoever stops it.

Evidence can be 25 GB of video. Hashing comes before anything is recorded: stopped, it leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic

from markterm.domain.words.errors import Refused
from markterm.evidence.progress import Step, Urgency

_PATIENCE = 0.5
"""Seconds. What takes no longer is not told."""
_TOLD_EVERY = 0.1


class HashingStopped(Refused):
    """Somebody stopped it."""

    def __init__(self) -> None:
        super().__init__(
            "Stopped",
            "The evidence was not looked at to its end, and nothing was recorded.",
            "Do it again when there is time; what was looked at is known until MarkTerm is left.",
        )


class Hashing:
    """One hashing of a learner's files. Setting `stop`, from any thread, ends it within a piece of a file.

    `tell` is called in the thread that hashes, with the bytes that are done of all, when it takes longer than a moment.
    """

    def __init__(
        self,
        tell: Callable[[Step], None] | None = None,
        stop: Event | None = None,
        urgency: Urgency = Urgency.NOW,
    ) -> None:
        self.stop = stop or Event()
        self.urgency = urgency
        self.step = Step()
        self._tell = tell
        self._began = 0.0
        self._told = 0.0

    def begin(self, of: int) -> None:
        """So many bytes are to be hashed."""
        self.step = Step(0, of)
        self._began = self._told = monotonic()

    def at(self, name: str, more: int) -> None:
        """So many bytes more are done, of the file of that name. Raises `HashingStopped`."""
        if self.stop.is_set():
            raise HashingStopped
        self.step = Step(self.step.done + more, self.step.of, name)
        now = monotonic()
        if self._tell is not None and now - self._began >= _PATIENCE and now - self._told >= _TOLD_EVERY:
            self._told = now
            self._tell(self.step)
