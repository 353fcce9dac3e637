"""How far the reading of a learner's files is: told to whoever shows it, and ended by whoever stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from time import monotonic

_TOLD_EVERY = 0.1
"""Seconds. Files that need no conversion are read faster than anybody looks."""


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `of` files are read, and the one called `name` is being read."""

    done: int = 0
    of: int = 0
    name: str = ""


class Progress:
    """A reading of one file or many. Setting `stop`, from any thread, ends it at once.

    `tell` is called in the thread that reads, from the first file on that has to be converted: of a folder that was
    read before nothing is told.
    """

    def __init__(self, tell: Callable[[Step], None] | None = None) -> None:
        self.stop = Event()
        self.step = Step()
        self._tell = tell
        self._told: float | None = None

    @property
    def left(self) -> int:
        """How many files are not read."""
        return self.step.of - self.step.done

    def at(self, step: Step) -> None:
        """Go on to the next file, or to the end."""
        self.step = step
        if self._told is not None and monotonic() - self._told >= _TOLD_EVERY:
            self._say()

    def converts(self, name: str) -> None:
        """The file of that name was not read before: it has to be converted, or somebody else is converting it."""
        self.step = replace(self.step, name=name)
        self._say()

    def _say(self) -> None:
        self._told = monotonic()
        if self._tell is not None:
            self._tell(self.step)
