"""How many examples a property is tried on: some at a desk, new ones every time, and all of them in `.ci/run`."""

from __future__ import annotations

import os

ALL = "MARKTERM_ALL_EXAMPLES"
"""Set in the environment, it has every property tried on all of its examples."""
_SOME = 4


def examples(everything: int) -> int:
    """How many of so many examples are tried in this run: all of them, or every fourth."""
    return everything if os.environ.get(ALL) else max(everything // _SOME, 5)
