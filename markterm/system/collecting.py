"""Python's search for garbage, held back where many objects are made and all of them are kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def without_collecting() -> Iterator[None]:
    """Meanwhile nothing is looked through for garbage, again and again for every hundred objects that are made: of ten
    thousand rows it would take a third of the time. What nothing refers to any more is let go of all the same."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def kept_from_the_start() -> Iterator[None]:
    """Meanwhile nothing is looked through for garbage, and what there is then never will be: it is what everything is
    made of, and stays to the end. Afterwards the search goes on."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@cache
def keep_to_the_end() -> None:
    """Once: what there is now stays to the end, such as the rows of everybody. Looking through ten thousand of them for
    garbage, again and again, would hold up a key for a tenth of a second; and so would counting, as
    `gc.get_freeze_count` does, what is kept."""
    gc.freeze()
