"""How many connections there is room for: as many as the sessions of a college behind one address need, and no more."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from markterm.web.doorkeeper import MOST_OF_ONE, OF_A_SESSION, Doorkeeper, Doors


class _Connection:
    """One from a machine of that address."""

    def __init__(self, address: str) -> None:
        self._address = address

    def get_extra_info(self, _: str) -> tuple[str, int]:
        return self._address, 1


def _let_in(doors: Doors, count: int, address: str) -> int:
    keeper = cast("Doorkeeper", None)
    return sum(doors.enters(cast("Any", _Connection(address)), keeper) for _ in range(count))


@pytest.mark.parametrize(("sessions", "most"), [(3, MOST_OF_ONE), (200, 200 * OF_A_SESSION)])
def test_a_whole_college_behind_one_address_finds_room(sessions: int, most: int) -> None:
    doors = Doors(lambda _: False, sessions)
    assert _let_in(doors, most + 10, "203.0.113.7") == most
    assert _let_in(doors, 10, "203.0.113.8") == 10


def test_a_proxy_brings_as_many_as_there_is_room_for_at_all() -> None:
    doors = Doors(lambda address: address == "203.0.113.9", 3)
    assert _let_in(doors, doors.most + 10, "203.0.113.9") == doors.most


def test_whoever_is_gone_makes_room_for_the_next_one_of_their_machine() -> None:
    doors = Doors(lambda _: False, 3)
    assert _let_in(doors, MOST_OF_ONE - 1, "203.0.113.7") == MOST_OF_ONE - 1
    for _ in range(5):
        last, keeper = cast("Any", _Connection("203.0.113.7")), cast("Doorkeeper", object())
        assert doors.enters(last, keeper)
        assert _let_in(doors, 1, "203.0.113.7") == 0
        doors.leaves(last)
        doors.leaves(last)


def test_two_large_colleges_find_room_beside_each_other() -> None:
    doors = Doors(lambda _: False, 1_000)
    assert [_let_in(doors, 5_000, f"203.0.113.{each}") for each in (7, 8, 9)] == [4_000, 4_000, 0]


class _Line(_Connection):
    """A connection that says what was done with it."""

    def __init__(self) -> None:
        super().__init__("203.0.113.7")
        self.did: list[str] = []

    def abort(self) -> None:
        self.did.append("aborted")


class _Inner:
    """What a doorkeeper passes on to."""

    def __init__(self) -> None:
        self.took: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *_: self.took.append(name)


def _kept(sessions: int = 3) -> tuple[Doors, Any, Any, Any]:
    doors, inner, line = Doors(lambda _: False, sessions), cast("Any", _Inner()), cast("Any", _Line())
    return doors, Doorkeeper(doors, inner), inner, line


def _waits(keeper: Any) -> Any:
    return keeper._waits


async def test_whoever_sends_a_request_bit_by_bit_has_no_more_time_for_it() -> None:
    doors, keeper, _, line = _kept()
    keeper.connection_made(line)
    waits = _waits(keeper)
    for _ in range(3):
        keeper.data_received(b"G")
    assert _waits(keeper) is waits
    assert waits.when() <= asyncio.get_running_loop().time() + doors.within
    keeper._let_go()
    assert line.did == ["aborted"]


async def test_nobody_is_let_go_while_a_request_is_answered_and_whoever_asks_no_more_is_a_while_later() -> None:
    doors, keeper, _, line = _kept()
    keeper.connection_made(line)
    first = _waits(keeper)
    keeper.request_began()
    assert (first.cancelled(), _waits(keeper)) == (True, None)
    keeper.data_received(b"more of it")
    assert _waits(keeper) is None
    keeper.request_began()
    keeper.request_ended()
    assert _waits(keeper) is None
    keeper.request_ended()
    assert 2 * doors.within < _waits(keeper).when() - asyncio.get_running_loop().time() <= 3 * doors.within
    last = _waits(keeper)
    keeper.connection_lost(None)
    assert last.cancelled()


async def test_whoever_found_no_room_is_let_go_and_nothing_of_theirs_is_read_or_counted() -> None:
    doors, keeper, inner, line = _kept()
    doors.most = 0
    keeper.connection_made(line)
    keeper.data_received(b"GET / HTTP/1.1\r\n\r\n")
    assert keeper.eof_received() is None
    keeper.connection_lost(None)
    assert (line.did, inner.took, _waits(keeper)) == (["aborted"], [], None)


async def test_what_a_browser_cannot_take_yet_waits_and_goes_on_when_it_can() -> None:
    doors, keeper, inner, line = _kept()
    keeper.connection_made(line)
    keeper.pause_writing()
    keeper.resume_writing()
    keeper.eof_received()
    keeper.connection_lost(None)
    assert inner.took == ["connection_made", "pause_writing", "resume_writing", "eof_received", "connection_lost"]
    assert doors.of(line) is None
