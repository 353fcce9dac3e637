"""Who is looking at which learner now: a courtesy between colleagues, never a lock.

Each session keeps one small file in the centre's `presence` folder while a learner is open. Nothing depends on it:
where it cannot be written or read, nobody is shown, and everything else goes on.
"""

from __future__ import annotations

import json
import time
import uuid
from contextlib import suppress
from pathlib import Path

_ANEW_SECONDS = 60.0
_GONE_SECONDS = 150.0
_LARGEST = 4096
_SUFFIX = ".json"


class Presence:
    """This session's file in `folder`, and those of the others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own = folder / f"{uuid.uuid4().hex[:8]}{_SUFFIX}"
        self._said: tuple[str, str] | None = None
        self._next = 0.0

    def be_on(self, member: str, registration: str) -> None:
        """Say that the member has that learner open; again from time to time, or it is taken to be over."""
        if self._said == (member, registration) and time.monotonic() < self._next:
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            self._own.write_text(json.dumps({"member": member, "learner": registration}), "utf-8")
            self._said = member, registration
        self._next = time.monotonic() + _ANEW_SECONDS

    def leave(self) -> None:
        """Say that this session has no learner open any more."""
        if self._said is not None:
            self._said = None
            with suppress(OSError):
                self._own.unlink(missing_ok=True)

    def others_on(self, registration: str) -> tuple[str, ...]:
        """The ids of the members who have that learner open in other sessions, sorted."""
        here: set[str] = set()
        with suppress(OSError):
            for path in self._folder.glob(f"*{_SUFFIX}"):
                if path != self._own and (member := _member_on(path, registration)):
                    here.add(member)
        return tuple(sorted(here))


def _member_on(path: Path, registration: str) -> str:
    """The member whom a file that was written lately says to be on that learner, or an empty text."""
    try:
        stat = path.stat()
        # A share's clock may differ from this one's by some seconds, and a file from the future is fresh.
        if stat.st_size > _LARGEST or time.time() - stat.st_mtime > _GONE_SECONDS:
            return ""
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""  # It went, or is being written: the next look shows it.
    if not isinstance(said, dict) or said.get("learner") != registration:
        return ""
    member = said.get("member")
    return member if isinstance(member, str) else ""
