"""Whoever a server signed in works on the same screens: as nobody else, with no program and no file of the server."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

import markterm.tui
from tests.tui.sitting import WIDE, sitting


async def test_nobody_becomes_somebody_else(tmp_path: Path) -> None:
    async with sitting(tmp_path, signed_in="asha", notices=True) as at:
        await at.press("W")
        await at.until(lambda: "You signed in as asha" in " ".join(at.text.split()))
        assert at.app.centre.member is not None
        assert at.app.centre.member.id == "asha"
        await at.press("comma")
        await at.until(lambda: "Keys…" in at.text)
        assert "Who is marking" not in at.text


async def test_nothing_is_opened_with_a_program_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    async with sitting(tmp_path, signed_in="asha", learner="AAA1", size=WIDE, notices=True) as at:
        await at.press("O")
        await at.until(lambda: "nothing is opened with its programs" in " ".join(at.text.split()))
        await at.press("question_mark")
        await at.until(lambda: "Copy what the mouse selected" in at.text or "Marking" in at.text)
        assert "Another member marks from now on" not in at.text
    assert opened == []


async def test_what_was_sent_last_is_proposed_and_nothing_outside_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "centre.secret").write_text("AAA1", "utf-8")
    async with sitting(tmp_path, signed_in="asha", notices=True) as at:
        own = at.places.of_centre(at.folder).files
        own.mkdir(parents=True)
        (own / "AAA1_diary.md").write_text("# A diary", "utf-8")
        await at.press("R")
        await at.until(lambda: "AAA1_diary.md" in at.text)
        assert "Paths begin at your files on the server" in " ".join(at.text.split())
        for _ in "AAA1_diary.md":
            await at.press("backspace")
        await at.type(str(tmp_path / "centre.secret"))
        await at.press("enter")
        await at.until(lambda: "none of your files" in " ".join(at.text.split()))


def test_one_command_alone_starts_another_program() -> None:
    """And that one asks who is signed in."""
    screens = Path(next(iter(markterm.tui.__path__)))
    starts = {
        str(each.relative_to(screens))
        for each in screens.rglob("*.py")
        if any(word in each.read_text("utf-8") for word in ("click.launch", "subprocess", "webbrowser", "os.system"))
    }
    assert starts == {"evidence/commands.py"}
