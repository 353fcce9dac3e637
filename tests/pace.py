"""How much work something is, without looking at the clock: a busy machine is no failure of what is tested.

What is measured in seconds stands in `tests/benchmarks`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

HANGS = 300
"""Seconds for which a file or a process hangs that is made to hang: longer than anything is ever waited for."""
PATIENCE = 120.0
"""Seconds to wait for what comes in one of them on a machine that is not busy. What comes later hangs."""


def steps(work: Callable[[], object]) -> int:
    """How many functions are called while it runs, Python's and those written in C: the same on every machine."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def grows_evenly(work: Callable[[int], object], size: int) -> bool:
    """Whether four times the size takes no more than about four times the steps, and not sixteen times."""
    work(size)  # What is loaded and kept at the first time is no part of it.
    return steps(lambda: work(4 * size)) <= 6 * steps(lambda: work(size))


@contextmanager
def without_hanging() -> Iterator[None]:
    """Fails when the block waited for something that hangs (`HANGS`)."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < PATIENCE, "it waited for what hangs"
