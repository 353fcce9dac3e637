"""Python's search for garbage is held back, and goes on again."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import cast

import pytest

from markterm.centre.centre import Centre
from markterm.cli.open import show_screen
from markterm.system.collecting import without_collecting


def test_it_goes_on_after_work_that_failed() -> None:
    with suppress(ValueError), without_collecting():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()


def test_who_held_it_back_before_lets_it_go_on() -> None:
    with without_collecting():
        with without_collecting():
            pass
        assert not gc.isenabled()


def test_leaving_the_screen_leaves_python_looking_for_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_centre: object, *, blind: bool, tour: bool) -> None:
        assert not gc.isenabled()
        raise KeyError(blind, tour)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("markterm.tui.app.run", failing)
    with pytest.raises(KeyError):
        show_screen(cast(Centre, None))
    assert gc.isenabled()
