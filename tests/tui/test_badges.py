"""Badges at the screen, with the keyboard alone: agreed to, issued, written, checked, revoked."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.record.event import Result
from tests.centres import make_centre_in
from tests.tui.sitting import NARROW, sitting

_CORA = '\n[[member]]\nid = "cora"\nname = "Cora Lind"\nroles = ["coordinator"]\n'


def centre_with_a_course(path: Path) -> Path:
    """The tiny centre with a coordinator, in which T-101 is a course of its own."""
    make_centre_in(path)
    with (path / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(_CORA)
    for sheet in (path / "mark_sheets" / "units").glob("*.md"):
        text = sheet.read_text("utf-8")
        sheet.write_text(text.replace("code: T-101", "code: T-101\nregulated: no"), "utf-8")
    return path


@pytest.mark.long
async def test_a_badge_is_agreed_to_issued_written_checked_and_revoked(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", size=NARROW, make=centre_with_a_course) as at:
        asha, cora, ines = (at.as_other(each) for each in ("asha", "cora", "ines"))
        asha.attempts.declare("AAA1", "e-mail")
        for number in ("1.1", "1.2", "2.1"):
            asha.marking.mark("AAA1", "T-101", number, Result.PASS, f"{number} is shown.")
        asha.closings.close("AAA1", "T-101", "All there.")
        key = at.app.centre.signing_keys.make()
        ines.signing_keys.confirm(key.name)
        await at.press("slash", *"rosalind", "enter")
        await at.app.action_do("app.badges")
        await at.shows("Badges of Rosalind Jones AAA1: 1")
        assert "· offered" in at.text
        await at.press("a")
        for words in ("Rosalind Jones", "e-mail"):
            await at.type(words)
            await at.press("tab")
        await at.press("enter")
        await at.shows("▸ agreed")
        await at.press("i")
        await at.shows("is never taken back")
        await at.press("j", "enter")
        await at.shows("Write the badge of T-101")
        await at.press("enter")
        await at.until(lambda: any("Written to exports/" in each for each in at.told))
        (written,) = (at.folder / "exports").glob("*.json")
        await at.press("v")
        await at.type(f"exports/{written.name}")
        await at.press("enter")
        await at.shows("Signed, and nothing in it was changed")
        assert "Badge issued on" in " ".join(at.text.split())
        await at.press("escape")
        asha.closings.reopen("AAA1", "T-101", "A mistake.")
        await at.press("ctrl+r")
        await at.shows("! to be revoked")
        await at.press("i", "j", "enter")
        await at.until(lambda: "! to be revoked" in at.text and "is never taken back" not in at.text)
        await at.press("r", "enter")
        await at.shows("✗ revoked")
        (badge,) = cora.badges.of("AAA1")
        assert badge.why == "it was reopened since the badge was issued"
        await at.press("f")
        await at.shows("Badges: 1")


async def test_where_no_course_is_the_centres_own_it_says_what_badges_are_for(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        await at.press("4", "N", "b")
        await at.shows("badges are for courses of the centre's own")
        await at.press("a", "i", "w", "r")
        assert "badges are for courses" in " ".join(at.text.split())
