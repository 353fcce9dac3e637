"""The question before a centre of an older format is brought to the newest one."""

from __future__ import annotations

from pathlib import Path

from markterm.sheets.centre_file import read_centre
from markterm.tui.widgets.upgrading import in_newest_format
from tests.centres import make_centre_in
from tests.tui.sitting import sitting


def older_centre(tmp_path: Path) -> Path:
    folder = make_centre_in(tmp_path / "centre")
    file = folder / "centre.toml"
    file.write_text(file.read_text("utf-8").replace("format = 2", "format = 1"), "utf-8")
    return folder


async def test_a_person_says_whether_the_centre_gets_the_newest_format(tmp_path: Path) -> None:
    file = older_centre(tmp_path) / "centre.toml"
    done: list[str] = []

    async def act() -> None:
        done.append("done")

    async with sitting(tmp_path) as at:
        await in_newest_format(at.app.caseload, at.app.centre, act)
        await at.settled()
        assert "everybody who works in it needs this version" in " ".join(at.text.split())
        await at.press("enter")
        assert (done, read_centre(file).record_format) == ([], 1)
        await in_newest_format(at.app.caseload, at.app.centre, act)
        await at.press("escape")
        assert (done, read_centre(file).record_format) == ([], 1)
        await in_newest_format(at.app.caseload, at.app.centre, act)
        await at.settled()
        await at.press("down", "enter")
        await at.until(lambda: done == ["done"])
        assert read_centre(file).record_format == 2
        await in_newest_format(at.app.caseload, at.app.centre, act)
        assert done == ["done", "done"]
