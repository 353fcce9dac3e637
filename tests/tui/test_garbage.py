"""Keys are not held up by a search for garbage among what stays to the end."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path

import pytest

from markterm.domain.views.caseload import CaseloadRow
from markterm.tui.caseload.shown_rows import ShownRows
from tests.tui.sitting import sitting


async def test_the_first_rows_are_made_without_one_and_then_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[bool] = []
    frozen: list[None] = []
    sort_ahead, freeze = ShownRows.sort_ahead, gc.freeze

    def seen(shown: ShownRows, rows: Sequence[CaseloadRow]) -> None:
        searched.append(gc.isenabled())
        sort_ahead(shown, rows)

    def counted() -> None:
        frozen.append(None)
        freeze()

    monkeypatch.setattr(ShownRows, "sort_ahead", seen)
    monkeypatch.setattr(gc, "freeze", counted)
    async with sitting(tmp_path):
        assert searched == [False, True]
        assert frozen, "and what was made is not looked through later"
        assert gc.isenabled()
