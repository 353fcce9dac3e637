"""Backups at the screen: when there was one last, and making one to a folder that is named."""

from __future__ import annotations

from pathlib import Path

from markterm.exports.backup.checking import check_backup
from markterm.tui.backup.screen import BackupScreen
from tests.tui.sitting import NARROW, sitting


async def test_one_is_made_where_somebody_says_and_is_known_from_then_on(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    async with sitting(tmp_path, size=NARROW) as at:
        await at.app.action_do("app.backup")
        await at.settled()
        assert "No backup of this centre is known" in at.text
        await at.press("b")
        await at.type(str(at.app.centre.folder.path))
        await at.press("enter")
        assert "A backup lies elsewhere" in at.text
        await at.press("ctrl+u")
        await at.type(str(elsewhere))
        await at.press("enter")
        await at.until(lambda: any(elsewhere.glob("*.zip")) and "was made today" in at.text)
        assert isinstance(at.app.screen, BackupScreen)
        (made,) = elsewhere.glob("*.zip")
        assert check_backup(made).facts.records
        await at.press("escape")
        assert not isinstance(at.app.screen, BackupScreen)
