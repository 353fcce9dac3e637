"""Records that cannot be read: a list that was being read says so, and no more that it is being read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from markterm.centre.caseload import Caseload
from markterm.domain.words.errors import NotNow
from markterm.records.folder.store import FolderStore
from markterm.records.stamps_by_record import StampsByRecord
from markterm.tui.samples.pane import SamplesPane
from tests.centres import make_centre_in
from tests.tui.sitting import WIDE, sitting

AWAY = NotNow("The database cannot be reached", "The server does not answer.", "Do it again.")


async def test_a_caseload_that_could_not_be_read_does_not_go_on_saying_that_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> StampsByRecord:
        raise AWAY

    make_centre_in(tmp_path / "centre", {})
    with monkeypatch.context() as patched:
        patched.setattr(FolderStore, "stamps", away)
        async with sitting(tmp_path) as at:
            await at.until(lambda: "The database cannot be reached. ctrl+r tries it again." in at.text)
            patched.undo()
            await at.press("ctrl+r")
            await at.until(lambda: "No learners yet." in at.text)


async def test_a_list_of_samples_that_could_not_be_read_does_not_go_on_saying_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> Iterator[int]:
        yield from range(1, 101)
        raise AWAY

    async with sitting(tmp_path, member="ines", size=WIDE) as at:
        pane = at.app.screen.query_one(SamplesPane)
        await at.until(lambda: not pane.is_reading)
        monkeypatch.setattr(Caseload, "refresh", away)
        await at.press("ctrl+r")
        await at.until(lambda: "The database cannot be reached" in at.text)
        assert not pane.is_reading
