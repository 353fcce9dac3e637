"""What a server says of itself: lines of JSON, and figures. Neither names a member, a learner or a machine."""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from datetime import UTC, datetime
from typing import TextIO


class Log:
    """Says what happened, a line each, and counts it."""

    def __init__(self, file: TextIO | None = None) -> None:
        self._file = file
        self.counted: Counter[str] = Counter()
        """How often each thing happened."""

    def say(self, event: str, **more: str | int | float) -> None:
        """That this happened, and what belongs to it, which names nobody."""
        self.counted[event] += 1
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        print(json.dumps({"at": at, "event": event, **more}), file=self._file or sys.stderr, flush=True)

    def logger(self) -> logging.Logger:
        """What aiohttp tells its own faults: they are counted, and no more. Anybody can have a request not understood,
        and what it says of one holds the request, with the machine it came from."""
        logger = logging.Logger("aiohttp.server")
        logger.addHandler(_Counting(self.counted))
        return logger


class _Counting(logging.Handler):
    def __init__(self, counted: Counter[str]) -> None:
        super().__init__()
        self._counted = counted

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self._counted["not_answered"] += 1
