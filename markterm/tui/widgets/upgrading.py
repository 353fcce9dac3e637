"""The question before a centre is brought to the newest format."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.record.record_format import NEWEST
from markterm.domain.words.errors import MarkTermError
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.choice import ChoiceScreen

_LEAVE, _UPGRADE = range(2)


async def in_newest_format(screen: Screen[None], centre: Centre, act: Callable[[], Awaitable[object]]) -> None:
    """Do `act`, which is recorded in the newest format: at once in a centre that has it, else after a person said yes.

    Otherwise nothing is changed, and nothing is done.
    """
    if not centre.format.needs_upgrade:
        await act()
        return

    async def answered(choice: int | None) -> None:
        if choice != _UPGRADE:
            screen.notify("The centre stays as it is: nothing was recorded.", markup=False)
            return
        try:
            await asyncio.to_thread(centre.format.upgrade)
        except MarkTermError as error:
            tell(screen, Failed(error))
            return
        await act()

    question = (
        f"This is recorded in format {NEWEST}, and this centre has format {centre.format.number}. Once it "
        f"has format {NEWEST}, everybody who works in it needs this version of MarkTerm or a newer one; an older one "
        "says so and marks nothing. What is recorded stays as it is."
    )
    choices = ("Leave the centre as it is", f"Bring the centre to format {NEWEST}")
    await screen.app.push_screen(ChoiceScreen(question, choices, _LEAVE), answered)
