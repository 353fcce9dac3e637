"""Work that comes in: the download is asked for, and then shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.tui.caseload.receiving_screen import ReceivingScreen
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.path_field import ANY, PathField

_PATHS = "The path begins at the centre's folder; → takes the one that is proposed. Nothing is taken yet."


async def ask_download(on: Screen[Any], centre: Centre, then: Callable[[], object]) -> None:
    """Ask which download came in, show it, and take what a person decides; `then` is called when something was."""
    download = PathField(centre, ANY, told="a folder, zip, mailbox or message")
    chosen: list[Path] = []

    async def took() -> None:
        path = centre.folder.path / Path(download.value.strip()).expanduser()
        if not download.value.strip() or not path.exists():
            raise WrongUse("No such download", f"There is no {one_line(str(path))}.", "Name one that is there.")
        chosen[:] = [path]

    async def answered(is_named: bool | None) -> None:
        if is_named:
            await on.app.push_screen(ReceivingScreen(centre, chosen), taken)

    def taken(is_taken: bool | None) -> None:
        if is_taken:
            then()

    form = FormScreen("What came in", _PATHS, [("Download", download)], took, does="looks at it")
    await on.app.push_screen(form, answered)
