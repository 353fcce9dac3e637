"""Who gets a core: what a person waits for at once, the rest in their order, and what is made ahead makes room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from markterm.evidence.conversion.cores import Core, Cores, Stopped, available
from markterm.evidence.progress import Urgency
from tests.pace import PATIENCE

NOW, SOON, AHEAD = Urgency


class Asker:
    """Somebody who wants a core in a thread of their own, and keeps it until it is let go."""

    def __init__(self, cores: Cores, urgency: Urgency, of: str = "") -> None:
        self.has, self.stop, self._enough = Event(), Event(), Event()
        self.core: Core | None = None
        self._thread = Thread(target=self._ask, args=(cores, urgency, of or str(id(self))), daemon=True)
        self._thread.start()
        while not (self.has.is_set() or cores._waiting or not self._thread.is_alive()):
            pass

    def _ask(self, cores: Cores, urgency: Urgency, of: str) -> None:
        try:
            with cores.one(of, urgency, self.stop.is_set) as self.core:
                self.has.set()
                self._enough.wait()
        except Stopped:
            pass

    def end(self) -> None:
        self._enough.set()
        self.stop.set()
        self._thread.join()


@contextmanager
def asking(cores: Cores, *urgencies: Urgency) -> Iterator[list[Asker]]:
    """One asker after the other, each having a core or waiting before the next comes."""
    askers: list[Asker] = []
    try:
        for urgency in urgencies:
            askers.append(Asker(cores, urgency))
            waiting = sum(not asker.has.is_set() for asker in askers)
            while len(cores._waiting) + len(cores._given) < len(askers) or len(cores._waiting) > waiting:
                pass
        yield askers
    finally:
        for asker in askers:
            asker.end()


def _served(askers: list[Asker]) -> list[bool]:
    return [asker.has.wait(0.1) for asker in askers]


def test_as_many_at_once_as_there_are_cores() -> None:
    with asking(Cores(2), SOON, SOON, SOON) as askers:
        assert _served(askers) == [True, True, False]
        askers[0].end()
        assert askers[2].has.wait(PATIENCE)


def test_what_a_person_waits_for_waits_for_nothing_else() -> None:
    with asking(Cores(2), SOON, SOON, SOON, NOW, NOW, NOW) as askers:
        assert _served(askers) == [True, True, False, True, True, False]
        askers[3].end()
        assert askers[5].has.wait(PATIENCE)
        assert not askers[2].has.is_set()


def test_the_sooner_it_is_needed_the_sooner_it_comes_and_of_the_same_the_first_first() -> None:
    cores = Cores(1)
    with asking(cores, SOON, AHEAD, SOON, SOON) as (first, ahead, second, third):
        first.end()
        assert second.has.wait(PATIENCE)
        second.end()
        assert third.has.wait(PATIENCE)
        assert not ahead.has.is_set()
        third.end()
        assert ahead.has.wait(PATIENCE)


@pytest.mark.parametrize("urgency", [NOW, SOON])
def test_what_is_made_ahead_makes_room(urgency: Urgency) -> None:
    with asking(Cores(2), AHEAD, urgency) as (ahead, _):
        assert ahead.core is not None
        assert ahead.core.wanted_back
    with asking(Cores(2), SOON, NOW) as (soon, _):
        assert soon.core is not None
        assert not soon.core.wanted_back


def test_one_that_somebody_waits_for_too_is_as_urgent_as_long_as_they_wait() -> None:
    cores = Cores(1)
    with asking(cores, SOON) as (first,):
        slow = Asker(cores, AHEAD, "the same file")
        with cores.hurrying("the same file", NOW):
            assert slow.has.wait(PATIENCE)
            assert slow.core is not None
            assert slow.core.urgency is NOW
            assert not slow.core.wanted_back
            assert not first._enough.is_set()
        assert slow.core.urgency is AHEAD
        slow.end()


def test_what_a_person_has_left_is_in_nobodys_way() -> None:
    cores = Cores(1)
    with asking(cores, SOON) as (first,):
        assert first.core is not None
        with cores.hurrying(first.core.of, NOW):
            person = Asker(cores, NOW)
            assert not person.has.wait(0.05)
        assert person.has.wait(PATIENCE)
        person.end()


def test_whoever_is_stopped_while_waiting_leaves_the_queue() -> None:
    cores = Cores(1)
    with asking(cores, SOON, SOON, SOON) as (first, second, third):
        second.end()
        first.end()
        assert third.has.wait(PATIENCE)
        assert not second.has.is_set()


def test_there_is_at_least_one() -> None:
    assert available() >= 1
