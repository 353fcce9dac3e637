"""Where what serves browsers is not installed, the tests of it are left out, and that is said."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from tests.web.conftest import _IS_INSTALLED


@pytest.mark.skipif(not _IS_INSTALLED, reason="markterm[server] is not installed: the tests of tests/web are left out")
def test_what_serves_browsers_is_installed() -> None:
    assert find_spec("textual_serve") is not None
