"""What cannot be saved of verifying is said loudly and shown nowhere, and its words stay; a paste answers nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest
from textual.widgets import TextArea

from markterm.domain.record.event import Kind
from markterm.system import platform
from markterm.tui.verifying.screen import SampleScreen
from tests.tui.sitting import Sitting, sitting
from tests.tui.test_pasting import paste_as_typed
from tests.tui.test_plan import assessed_centre, plans
from tests.tui.test_verifying import answers, as_asha, opened

pytestmark = pytest.mark.usefixtures("looks_soon")


@pytest.fixture(autouse=True)
def _looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SampleScreen, "STAYS", 0)


def _full(_descriptor: int) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def verifications(at: Sitting) -> int:
    """How many answers are on the disk."""
    return sum(event.kind == Kind.VERIFIED for event in at.events())


async def test_an_answer_that_was_not_saved_is_said_loudly_and_its_reason_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, member="ines", make=as_asha) as at:
        await opened(at)
        with monkeypatch.context() as disk:
            disk.setattr(platform, "sync_file", _full)
            await at.press("enter", "a")
            assert "Not saved" in at.text
            await at.press("escape")
            assert "0 of 3 answered" in at.text
            await at.press("x")
            await at.type("cold")
            await at.press("enter")
            assert "Not saved" in at.text
            assert at.app.screen.query(TextArea).first().text == "cold"
            await at.press("escape")
            assert "0 of 3 answered" in at.text
            assert "not agreed  " not in at.text.splitlines()[4]
        await at.press("x")
        assert at.app.screen.query(TextArea).first().text == "cold"
        await at.press("enter")
        assert [(each.criterion, each.agrees, each.reason) for each in answers(at)] == [("1.1", False, "cold")]


async def test_a_plan_that_was_not_saved_is_said_loudly_and_adopted_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, member="ines", make=assessed_centre) as at:
        await at.press("3", "tab", "P")
        await at.shows("a adopts")
        with monkeypatch.context() as disk:
            disk.setattr(platform, "sync_file", _full)
            await at.press("a", "j", "enter")
            await at.shows("Not saved")
            assert plans(at) == []
            await at.press("escape")
        await at.shows("a adopts")
        await at.press("a", "j", "enter")
        await at.until(lambda: len(plans(at)) == 1)


async def test_a_few_pasted_letters_open_a_question_and_do_not_answer_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=as_asha) as at:
        await opened(at)
        await paste_as_typed(at, "xF\n")
        assert verifications(at) == 0
        assert at.app.screen.query(TextArea).first().text == "F\n"
        await at.press("enter")
        assert [each.reason.strip() for each in answers(at)] == ["F"]
    async with sitting(tmp_path / "bracketed", member="ines", make=as_asha) as at:
        await opened(at)
        await at.paste("axF\n")
        assert verifications(at) == 0
