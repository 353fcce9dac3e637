"""What a server says of itself: lines of JSON, and figures. Neither names a member, a learner or a machine."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TextIO

_SELDOM = 60.0
"""Seconds from one line to the next of what anybody can have happen as often as they like."""


class Log:
    """Says what happened, a line each, and counts it."""

    def __init__(self, file: TextIO | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._now = now
        self._said: dict[str, tuple[float, int]] = {}
        self.counted: Counter[str] = Counter()
        """How often each thing happened."""

    def say(self, event: str, **more: str | int | float) -> None:
        """That this happened, and what belongs to it, which names nobody."""
        self.counted[event] += 1
        self._write(event, more)

    def say_seldom(self, event: str, **more: str | int | float) -> None:
        """The same of what anybody can have happen as often as they like: a line a minute, which says how many `times`
        it happened since the one before."""
        self.counted[event] += 1
        now, times = self._now(), self.counted[event]
        at, before = self._said.get(event, (-_SELDOM, 0))
        if now - at >= _SELDOM:
            self._said[event] = now, times
            self._write(event, {**more, "times": times - before})

    def _write(self, event: str, more: Mapping[str, str | int | float]) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        try:
            print(json.dumps({"at": at, "event": event, **more}), file=self._file or sys.stderr, flush=True)
        except OSError:
            # A log for which there is no room stops nobody's work; the figures tell of it.
            self.counted["log_not_written"] += 1

    @contextmanager
    def of_libraries(self) -> Iterator[None]:
        """Take what libraries tell of their own faults meanwhile: a line names the one and no more, for what it says
        may hold a request, with the machine it came from, or what a session wrote."""
        root, takes = logging.getLogger(), _Taking(self)
        root.addHandler(takes)
        try:
            yield
        finally:
            root.removeHandler(takes)


class _Taking(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        self._log.say_seldom("not_answered" if record.name == "aiohttp.server" else "library", of=record.name)
