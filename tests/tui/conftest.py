"""Conversions that wait until a test lets them go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.conversion import conversion
from tests.evidence.conftest import child_that
from tests.tui.gated import WAITS, Gates


@pytest.fixture
def gates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gates:
    """The reader of rich text waits at them."""
    held = Gates(tmp_path / "gates")
    monkeypatch.setattr(conversion, "COMMAND", child_that(WAITS.format(gates=str(held.folder)).strip()))
    return held
