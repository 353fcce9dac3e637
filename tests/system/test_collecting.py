"""Python's search for garbage is held back, and goes on again."""

from __future__ import annotations

import gc
from contextlib import suppress

from markterm.system.collecting import without_collecting


def test_it_goes_on_after_work_that_failed() -> None:
    with suppress(ValueError), without_collecting():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()


def test_who_held_it_back_before_lets_it_go_on() -> None:
    with without_collecting():
        with without_collecting():
            pass
        assert not gc.isenabled()
