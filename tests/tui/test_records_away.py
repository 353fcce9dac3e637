"""Records that cannot be read, in a caseload that has nobody in it who could say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.words.errors import NotNow
from markterm.records.folder.store import FolderStore
from markterm.records.stamps_by_record import StampsByRecord
from tests.centres import make_centre_in
from tests.tui.sitting import sitting


async def test_a_caseload_that_could_not_be_read_does_not_go_on_saying_that_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> StampsByRecord:
        raise NotNow("The database cannot be reached", "The server does not answer.", "Do it again.")

    make_centre_in(tmp_path / "centre", {})
    with monkeypatch.context() as patched:
        patched.setattr(FolderStore, "stamps", away)
        async with sitting(tmp_path) as at:
            await at.until(lambda: "The database cannot be reached. ctrl+r tries it again." in at.text)
            patched.undo()
            await at.press("ctrl+r")
            await at.until(lambda: "No learners yet." in at.text)
