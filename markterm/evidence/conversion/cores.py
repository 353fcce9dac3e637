"""The cores of this machine, each given to one conversion at a time: what a person waits for comes first."""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Condition

from markterm.evidence.progress import Urgency

_TICK = 0.05


def available() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(len(os.sched_getaffinity(0)), 1)
    return os.cpu_count() or 1


class Stopped(Exception):
    """Somebody said stop while it waited for a core."""


@dataclass(eq=False, slots=True)
class Core:
    """A core that a conversion has, or waits for."""

    of: str
    """What is converted: more than one may want it."""
    own: Urgency
    hurrying: list[Urgency] = field(default_factory=list)
    """Of those who wait for the same."""
    wanted_back: bool = False
    """Whether what is only made ahead has to make room, and to begin anew later."""

    @property
    def urgency(self) -> Urgency:
        """Of whoever is in the greatest hurry for it now."""
        return min(self.own, *self.hurrying) if self.hurrying else self.own


class Cores:
    """As many conversions at once as there are cores. Whatever a person waits for never waits for anything else."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._changed = Condition()
        self._waiting: list[Core] = []
        self._given: list[Core] = []
        self._hurrying: defaultdict[str, list[Urgency]] = defaultdict(list)

    @contextlib.contextmanager
    def one(self, of: str, urgency: Urgency, stopped: Callable[[], bool]) -> Iterator[Core]:
        """A core for what is said inside, when there is one. Raises `Stopped`."""
        with self._changed:
            core = Core(of, urgency, self._hurrying[of])
            self._waiting.append(core)
            self._make_room()
            try:
                while not self._may_have(core):
                    if stopped():
                        raise Stopped
                    self._changed.wait(_TICK)
            finally:
                self._waiting.remove(core)
                self._changed.notify_all()
            self._given.append(core)
        try:
            yield core
        finally:
            with self._changed:
                self._given.remove(core)
                self._changed.notify_all()

    @contextlib.contextmanager
    def hurrying(self, of: str, urgency: Urgency) -> Iterator[None]:
        """While somebody in that hurry waits for what another one is converting, or is about to."""
        with self._changed:
            self._hurrying[of].append(urgency)
            self._make_room()
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._hurrying[of].remove(urgency)
                self._changed.notify_all()

    def _may_have(self, core: Core) -> bool:
        """Whether it is its turn: of those that are in the same hurry the first comes first."""
        if core is not min(self._waiting, key=lambda each: each.urgency):
            return False
        if core.urgency is Urgency.NOW:
            return sum(each.urgency is Urgency.NOW for each in self._given) < self.count
        return len(self._given) < self.count

    def _make_room(self) -> None:
        if any(core.urgency is not Urgency.AHEAD for core in self._waiting):
            for core in self._given:
                core.wanted_back = core.urgency is Urgency.AHEAD


CORES = Cores(available())
