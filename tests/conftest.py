"""Settings for every test."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

# A slow disk or a busy machine is no failure of what is tested.
settings.register_profile("markterm", deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
# On a server the same examples every time: what failed there fails again here. New ones are tried at every desk.
settings.register_profile("repeatable", settings.get_profile("markterm"), derandomize=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "markterm")


def pytest_collection_finish() -> None:
    """Spare the search for garbage what stays to the end: thousands of tests, and the modules they import."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this machine happens to have reads no pictures and no old files: a test that wants it brings it."""
    monkeypatch.setattr("markterm.evidence.machine.engines.engine_found", lambda: None)
    monkeypatch.setattr("markterm.evidence.machine.libreoffice._NAMES", ())
    monkeypatch.setattr("markterm.evidence.machine.libreoffice._USUAL", ())
    monkeypatch.setattr("markterm.evidence.machine.libreoffice._OPT", "/nowhere")
