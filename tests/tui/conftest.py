"""Conversions that wait until a test lets them go on, and looks at what others recorded that come soon."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import _wait

from markterm.evidence.conversion import conversion
from markterm.tui.evidence.beside_evidence import BesideEvidence
from tests.evidence.conftest import child_that
from tests.tui.gated import WAITS, Gates

# Whether the app is idle is seen in a quarter of the time that Textual looks at it, twice for every key that its own
# pilot presses: by the same share of the processor's time, a twentieth.
_wait.SLEEP_GRANULARITY /= 4
_wait.SLEEP_IDLE /= 4


@pytest.fixture
def gates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gates:
    """The reader of rich text waits at them."""
    held = Gates(tmp_path / "gates")
    monkeypatch.setattr(conversion, "COMMAND", child_that(WAITS.format(gates=str(held.folder)).strip()))
    return held


@pytest.fixture
def looks_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others recorded is looked for ten times a second: no test waits a second for it."""
    monkeypatch.setattr(BesideEvidence, "LOOKS_EVERY", 0.1)
