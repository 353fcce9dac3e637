"""What a screen shows of sheets and records: read in a thread, and told where it cannot be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.words.errors import MarkTermError
from markterm.tui.requests import Failed, tell

Found = TypeVar("Found")


async def read_behind(
    screen: Screen[None], centre: Centre, read: Callable[[], Found], show: Callable[[Found], object], *, anew: bool
) -> None:
    """`show` what `read` finds, with `anew` also of sheets that were taken for known; what it raises is told, and the
    screen shows what it did."""
    if anew:
        centre.sheets.forget()
    try:
        found = await asyncio.to_thread(read)
    except MarkTermError as error:
        tell(screen, Failed(error))
        return
    show(found)
