"""A file is opened with another program: it itself, or the recording that is attached to an account."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from markterm.centre.centre import Centre
from markterm.domain.assessed.method import Method
from markterm.domain.record.bodies.accounts import Account, AccountStep
from tests.centres import make_centre_in
from tests.tui.sitting import WIDE, sitting


async def test_the_recording_is_opened_from_the_account_it_is_attached_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    talk = tmp_path / "talk.m4a"
    talk.write_bytes(b"no sound")

    def make(folder: Path) -> Path:
        make_centre_in(folder)
        centre = Centre.open(folder, member="asha")
        covers = centre.accounts.covered("AAA1", "T-101 1.1")
        day = centre.actions.today
        said = Account(AccountStep.KEPT, Method.DISCUSSION, on=day, place="Room 4", minutes=40, covers=covers)
        centre.accounts.keep("AAA1", said, "We spoke.\n12:40 Of tea.", [talk])
        return folder

    async with sitting(tmp_path, size=WIDE, make=make, learner="AAA1") as at:
        await at.press("e")
        await at.press("O")
        assert "Open talk.m4a" in at.text
        await at.press("j", "j", "enter")
        assert [Path(each).name for each in opened] == ["talk.m4a"]
