"""Work is counted the same on every machine, and what grows with the square of a size is noticed."""

from __future__ import annotations

import pytest

from tests import pace
from tests.pace import grows_evenly, steps, without_hanging


def _look(times: int) -> None:
    for _ in range(times):
        ord("x")


def test_work_is_counted_the_same_each_time() -> None:
    once = steps(lambda: _look(100))
    assert once == steps(lambda: _look(100)) >= 100


def test_what_goes_through_everything_again_for_each_is_noticed() -> None:
    assert grows_evenly(_look, 20)
    assert not grows_evenly(lambda size: _look(size * size), 20)


def test_what_waits_for_something_that_hangs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PATIENCE", 0.0)
    with pytest.raises(AssertionError, match="hangs"), without_hanging():
        pass
