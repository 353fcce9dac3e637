"""How far the reading of a learner's files is: told to whoever shows it, and ended by whoever stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from threading import Event
from time import monotonic

_TOLD_EVERY = 0.1
"""Seconds. Files that need no conversion are read faster than anybody looks."""


class Urgency(IntEnum):
    """How soon somebody needs what is read: they wait for it, it belongs to what they have opened, or they may open it
    next. All but the first lets everything else on the machine go before it."""

    NOW = 0
    SOON = 1
    AHEAD = 2


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `of` files are read, and the one called `name` is being read."""

    done: int = 0
    of: int = 0
    name: str = ""


class AnyOf(Event):
    """Set also when one of those who are asked says so."""

    def __init__(self, *asked: Callable[[], bool]) -> None:
        super().__init__()
        self._asked = asked

    def is_set(self) -> bool:
        """Whether it is."""
        return super().is_set() or any(asked() for asked in self._asked)


class Progress:
    """A reading of one file or many. Setting `stop`, from any thread, ends it at once.

    `tell` is called in the thread that reads, from the first file on that has to be converted: of a folder that was
    read before nothing is told.
    """

    def __init__(
        self,
        tell: Callable[[Step], None] | None = None,
        urgency: Urgency = Urgency.NOW,
        stop: Event | None = None,
    ) -> None:
        self.stop = stop or Event()
        self.urgency = urgency
        self.step = Step()
        self.first: Callable[[], None] | None = None
        """What is to be done before the first conversion."""
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
        first, self.first = self.first, None
        if first is not None:
            first()
        self.step = replace(self.step, name=name)
        self._say()

    def _say(self) -> None:
        self._told = monotonic()
        if self._tell is not None:
            self._tell(self.step)
