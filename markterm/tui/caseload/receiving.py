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
from markterm.tui.widgets.path_field import ANY, PathField, where_paths_begin

_THEN = "Nothing is taken yet."


async def ask_download(on: Screen[Any], centre: Centre, then: Callable[[], object]) -> None:
    """Ask which download came in, show it, and take what a person decides; `then` is called when something was."""
    download = PathField(centre, ANY, centre.named_files.newest(), told="a folder, zip, mailbox or message")
    chosen: list[Path] = []

    async def took() -> None:
        path = centre.named_files.named(download.value.strip())
        if not download.value.strip() or not path.exists():
            raise WrongUse("No such download", f"There is no {one_line(str(path))}.", "Name one that is there.")
        chosen[:] = [path]

    async def answered(is_named: bool | None) -> None:
        if is_named:
            await on.app.push_screen(ReceivingScreen(centre, chosen), taken)

    def taken(is_taken: bool | None) -> None:
        if is_taken:
            then()

    where = where_paths_begin(centre, _THEN)
    form = FormScreen("What came in", where, [("Download", download)], took, does="looks at it")
    await on.app.push_screen(form, answered)
