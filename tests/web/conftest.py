"""What serves browsers is tested where it is installed; whoever works on a folder needs none of it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

_IS_INSTALLED = all(find_spec(each) is not None for each in ("aiohttp", "argon2", "authlib", "textual_serve"))

_SAYS_WHY = "test_installed.py"
collect_ignore = (
    [] if _IS_INSTALLED else [each.name for each in Path(__file__).parent.glob("test_*.py") if each.name != _SAYS_WHY]
)
"""Without it one alone is tried, which says why."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of it needs what a server needs, and is tried where that is: `-m "server or browser"`."""
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here and item.get_closest_marker("browser") is None:
            item.add_marker(pytest.mark.server)
