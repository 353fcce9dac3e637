"""Who is looking at which learner now: a courtesy between colleagues, never a lock.

Each session keeps one small file in the centre's `presence` folder while a learner is open. Nothing depends on it:
where it cannot be written or read, nobody is shown, and everything else goes on. A session that was killed is known on
its own machine by the file that nobody holds any more, and on others by its age.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from itertools import islice
from pathlib import Path

from markterm.system.platform import held, is_held, machine, take_rights
from markterm.system.regular_file import read_regular, write_regular

_ANEW_SECONDS = 60.0
_GONE_SECONDS = 150.0
_BEGUN_SECONDS = 10.0
"""After so long whoever wrote a file holds it, or was stopped."""
_LARGEST = 4096
_MOST_LOOKED_AT = 1000
"""Files of the folder that one look goes through: a centre has as many sessions as people at work in it."""
_SUFFIX = ".json"


class Presence:
    """This session's file in `folder`, and those of the others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own = folder / f"{machine()}-{uuid.uuid4().hex[:8]}{_SUFFIX}"
        self._holding = ExitStack()
        self._said: tuple[str, str] | None = None
        self._next = 0.0

    def be_on(self, member: str, registration: str) -> None:
        """Say that the member has that learner open; again from time to time, or it is taken to be over."""
        if self._said == (member, registration) and time.monotonic() < self._next:
            return
        with suppress(OSError):
            if not self._folder.is_dir():
                self._folder.mkdir(exist_ok=True)
                take_rights(self._folder, self._folder.parent)
            write_regular(self._own, json.dumps({"member": member, "learner": registration}).encode("utf-8"))
            take_rights(self._own, self._folder)
            self._holding.close()  # Somebody may have removed the file that was held.
            self._holding.enter_context(held(self._own))
            self._said = member, registration
        self._next = time.monotonic() + _ANEW_SECONDS

    def leave(self) -> None:
        """Say that this session has no learner open any more."""
        if self._said is not None:
            self._said = None
            self._holding.close()
            with suppress(OSError):
                self._own.unlink(missing_ok=True)

    def forget(self, registration: str) -> None:
        """Remove every file that says that somebody is on that learner, also one that a session left behind."""
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(OSError, ValueError, RecursionError):
                    if entry.name.endswith(_SUFFIX):
                        said = json.loads(read_regular(Path(entry), _LARGEST))
                        if isinstance(said, dict) and said.get("learner") == registration:
                            Path(entry).unlink()

    def others_on(self, registration: str) -> tuple[str, ...]:
        """The ids of the members who have that learner open in other sessions, sorted."""
        return self.others().get(registration, ())

    def others(self) -> Mapping[str, tuple[str, ...]]:
        """By registration the ids of the members who have that learner open in other sessions, sorted."""
        here: dict[str, set[str]] = {}
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in islice(entries, _MOST_LOOKED_AT):
                if entry.name.endswith(_SUFFIX) and entry.name != self._own.name:
                    registration, member = _who_is_where(Path(entry))
                    here.setdefault(registration, set()).add(member)
        return {registration: tuple(sorted(members - {""})) for registration, members in here.items()}


def _who_is_where(path: Path) -> tuple[str, str]:
    """The learner and the member whom a file that was written lately says to be there, or empty texts."""
    try:
        # A share's clock may differ from this one's by some seconds, and a file from the future is fresh.
        age, is_own = time.time() - path.stat().st_mtime, path.name.startswith(f"{machine()}-")
        if age > _GONE_SECONDS or (is_own and age > _BEGUN_SECONDS and not is_held(path)):
            return "", ""
        said = json.loads(read_regular(path, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return "", ""  # It went, is being written, or is something else: the next look shows it.
    learner, member = (said.get("learner"), said.get("member")) if isinstance(said, dict) else (None, None)
    return (learner, member) if isinstance(learner, str) and isinstance(member, str) else ("", "")
