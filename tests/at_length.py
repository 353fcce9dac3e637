"""Cases of a test that take long all together, though none of them alone does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def at_length(cases: Iterable[Any], *, at_once: int = 1, names: int = 1) -> list[Any]:
    """The cases of a test: so many of the first are tried in every run, and the others by `.ci/run`. Each is of one
    name, or of as many as are said."""
    every = list(cases)
    long = [pytest.param(*([case] if names == 1 else case), marks=pytest.mark.long) for case in every[at_once:]]
    return [*every[:at_once], *long]
