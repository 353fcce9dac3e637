"""Who leaves what opens over a screen before it is there has left it, and nothing fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from markterm.centre.export.shown import OnScreen, Place
from markterm.tui.exporting.screen import ExportScreen
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.modal import Modal
from tests.tui.sitting import Sitting, sitting


def _form(_: Sitting) -> Modal[Any]:
    async def save() -> None: ...

    return FormScreen("Title", "Detail", [("name", Input())], save)


def _export(at: Sitting) -> Modal[Any]:
    return ExportScreen(at.app.centre, at.app.blindfold, OnScreen(Place.CASELOAD))


@pytest.mark.parametrize("make", [_form, _export])
async def test_what_is_left_before_anything_of_it_is_there_is_left(
    tmp_path: Path, make: Callable[[Sitting], Modal[Any]]
) -> None:
    async with sitting(tmp_path) as at:
        before = at.app.screen
        opened = make(at)
        at.app.push_screen(opened)
        opened.dismiss()
        await at.settled()
        assert at.app.screen is before
        assert not opened.is_open
