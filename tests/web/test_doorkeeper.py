"""How many connections there is room for: as many as the sessions of a college behind one address need, and no more."""

from __future__ import annotations

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
