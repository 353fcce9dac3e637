"""What a server says of itself: lines of JSON, and figures. Neither names a member, a learner or a machine."""

from __future__ import annotations

import json
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
