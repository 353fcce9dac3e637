"""Files that came or changed since the person was shown the list: they are named before anything rests on them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from markterm.domain.words.foreign_text import one_line
from markterm.tui.marking.workplace import Workplace
from markterm.tui.widgets.choice import ChoiceScreen

_NAMED = 6


async def after_unseen(at: Workplace, what: str, go_on: str, then: Callable[[], Awaitable[None]]) -> None:
    """Name them before they are handed in; `then` is what follows when there are none, or when they are wanted."""
    unseen = await asyncio.to_thread(at.centre.evidence.unseen, at.desk.registration, at.reader.folder.files)
    if not unseen:
        await then()
        return

    async def chosen(choice: int | None) -> None:
        if choice is None:
            return
        at.reader.list_again()
        if choice == 1:
            await then()

    named = "; ".join((*unseen[:_NAMED], *((f"and {len(unseen) - _NAMED} more",) if len(unseen) > _NAMED else ())))
    title = f"{what}: since the files were listed there is {one_line(at.blindfold.file(named))}."
    await at.screen.app.push_screen(ChoiceScreen(title, ["Look at them first", go_on]), chosen)
