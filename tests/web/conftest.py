"""What serves browsers is tested where it is installed; whoever works on a folder needs none of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.serving import Serving

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


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that take no time."""
    from tests.web.serving import quick_passwords  # Where it is installed.

    quick_passwords(monkeypatch)


@pytest.fixture
async def at(tmp_path: Path, quick: None) -> AsyncIterator[Serving]:  # noqa: ARG001 - before anybody has one
    """A server that runs, with what its centre's file says by itself."""
    from tests.web.serving import serving  # As above.

    async with serving(tmp_path) as made:
        yield made
