"""Where learners are made whole before they take their place, and what is left of it by who was stopped."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from markterm.system.platform import held, is_held, machine, make_folders

_COMING = ".registering"
_BEGUN = 10.0
"""Seconds after which whoever made a folder holds it, or was stopped."""
_LEFT_BEHIND = 3600.0
"""Seconds after which nobody works any more on what another machine has left, or one whose system tells nothing."""


@contextmanager
def coming_learners(learners: Path) -> Iterator[Path]:
    """A folder within `learners` that nobody takes for a learner's, gone when it ends. Raises OSError."""
    place = _made(learners / _COMING / f"{machine()}-{uuid.uuid4().hex}")
    try:
        with held(place):
            yield place
    finally:
        _remove(place)


def clear_left_behind(learners: Path) -> None:
    """Take away what somebody who was stopped left in `learners`: no learner yet, whatever is in it. What another
    machine has made may be worked on, as long as it is new."""
    try:
        left = list((learners / _COMING).iterdir())
    except OSError:
        return
    for place in left:
        with suppress(OSError):
            age = time() - place.stat().st_mtime
            is_own = place.name.startswith(f"{machine()}-")
            if age > _LEFT_BEHIND or (is_own and age > _BEGUN and not is_held(place)):
                _remove(place)


def _made(place: Path) -> Path:
    while True:
        make_folders(place.parent)
        try:
            place.mkdir()
        except FileNotFoundError:
            continue  # The last one who was done took it away in this moment.
        return place


def _remove(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    with suppress(OSError):
        place.parent.rmdir()  # Where nobody else is at work.
