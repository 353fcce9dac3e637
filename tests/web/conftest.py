"""What serves browsers is tested where it is installed; whoever works on a folder needs none of it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

_IS_INSTALLED = all(find_spec(each) is not None for each in ("aiohttp", "argon2", "authlib", "textual_serve"))

collect_ignore_glob = [] if _IS_INSTALLED else ["test_[!i]*.py"]
"""Without it `test_installed.py` alone says why nothing of this is tried."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of it needs what a server needs, and is tried where that is: `-m "server or browser"`."""
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here and item.get_closest_marker("browser") is None:
            item.add_marker(pytest.mark.server)
