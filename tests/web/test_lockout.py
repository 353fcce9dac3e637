"""Who tried too often waits, and longer each time."""

from __future__ import annotations

from markterm.web.lockout import FIRST_WAIT, FREE, LONGEST_WAIT, Lockout


def _tried(times: int) -> Lockout:
    lockout = Lockout()
    for _ in range(times):
        lockout.was_wrong("asha", 0.0)
    return lockout


def test_a_few_wrong_tries_are_free() -> None:
    assert _tried(FREE - 1).wait("asha", 0.0) == 0.0


def test_after_them_each_waits_twice_as_long_up_to_a_limit() -> None:
    assert [_tried(FREE + more).wait("asha", 0.0) for more in (0, 1, 2)] == [
        FIRST_WAIT,
        2 * FIRST_WAIT,
        4 * FIRST_WAIT,
    ]
    assert _tried(FREE + 1_000).wait("asha", 0.0) == LONGEST_WAIT


def test_whoever_waited_may_try_again_and_nobody_else_had_to() -> None:
    lockout = _tried(FREE)
    assert lockout.wait("asha", FIRST_WAIT) == 0.0
    assert lockout.wait("ben", 0.0) == 0.0


def test_a_right_one_and_an_hour_forget() -> None:
    lockout = _tried(FREE)
    lockout.was_right("asha")
    assert lockout.wait("asha", 0.0) == 0.0
    lockout = _tried(FREE)
    lockout.was_wrong("asha", 4_000.0)
    assert lockout.wait("asha", 4_000.0) == 0.0


def test_within_the_hour_nothing_is_forgotten_however_long_the_server_runs() -> None:
    lockout, began = Lockout(), 100_000.0
    for number in range(FREE):
        lockout.was_wrong("asha", began + 600.0 * number)
    assert lockout.wait("asha", began + 600.0 * (FREE - 1)) == FIRST_WAIT


def test_a_million_names_take_no_room() -> None:
    lockout = Lockout()
    for number in range(20_000):
        lockout.was_wrong(str(number), 0.0)
    assert len(lockout._tried) == 10_000
