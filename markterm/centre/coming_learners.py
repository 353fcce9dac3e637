"""Where learners are made whole before they take their place, and what is left of it by who was stopped."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from markterm.system.platform import held, is_held, machine

_COMING = ".registering-"
_BEGUN = 10.0
"""Seconds after which whoever made a folder holds it, or was stopped."""
_LEFT_BEHIND = 3600.0
"""Seconds after which nobody works any more on what another machine has left, or one whose system tells nothing."""


@contextmanager
def coming_learners(learners: Path) -> Iterator[Path]:
    """A folder in `learners` that nobody takes for a learner's, gone when it ends. Raises OSError."""
    place = learners / f"{_COMING}{machine()}-{uuid.uuid4().hex}"
    place.mkdir()
    try:
        with held(place):
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def clear_left_behind(learners: Path) -> None:
    """Take away what somebody who was stopped left in `learners`: no learner yet, whatever is in it. What another
    machine has made may be worked on, as long as it is new."""
    for place in learners.glob(f"{_COMING}*"):
        with suppress(OSError):
            age = time() - place.stat().st_mtime
            is_own = place.name.startswith(f"{_COMING}{machine()}-")
            if age > _LEFT_BEHIND or (is_own and age > _BEGUN and not is_held(place)):
                shutil.rmtree(place, ignore_errors=True)
