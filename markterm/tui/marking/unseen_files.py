"""Files that came or changed since the person was shown the list: they are named before anything rests on them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import keyed
from markterm.tui.marking.workplace import Workplace
from markterm.tui.widgets.choice import ChoiceScreen

_NAMED = 6
_NAMED_IN_PASSING = 3
"""What stands in the line above the keys has three lines of 80 columns."""


async def shown_first(at: Workplace, what: str, then: Callable[[], Awaitable[None]]) -> None:
    """Show them, and do nothing else: what is handed in is what somebody saw. `then` is what follows when there are
    none."""
    if named := await _named(at, _NAMED_IN_PASSING):
        # A refusal, which stays: what only passes is gone as soon as it is recorded that they were opened.
        at.failed(
            Refused(
                "Files that you were not shown",
                f"Since the files were listed: {named}. Nothing was submitted.",
                f"Look at them, then {keyed('{unit.submit}')} submits {what}.",
            )
        )
        await at.new_files.take()
    else:
        await then()


async def after_unseen(at: Workplace, what: str, go_on: str, then: Callable[[], Awaitable[None]]) -> None:
    """Name them before they are fixed; `then` is what follows when there are none, or when they are wanted."""
    named = await _named(at, _NAMED)
    if not named:
        await then()
        return

    async def chosen(choice: int | None) -> None:
        if choice is None:
            return
        at.reader.list_again()
        if choice == 1:
            await then()

    title = f"{what}: since the files were listed there is {named}."
    await at.screen.app.push_screen(ChoiceScreen(title, ["Look at them first", go_on]), chosen)


async def _named(at: Workplace, most: int) -> str:
    """What became of the files since they were listed, with so many of them by name; empty where nothing did."""
    unseen = await asyncio.to_thread(at.centre.evidence.unseen, at.desk.registration, at.reader.folder.files)
    more = (f"and {len(unseen) - most} more",) if len(unseen) > most else ()
    return one_line(at.blindfold.file("; ".join((*unseen[:most], *more))))
