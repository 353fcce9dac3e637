"""The user's saved filters at the caseload: chosen by name, saved, deleted, and the one that it opens with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from textual.screen import Screen

from markterm.domain.words.errors import MarkTermError
from markterm.own.saved_filters import SavedFilters
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.choice import ChoiceScreen


class _Way(NamedTuple):
    """A line that can be chosen, and what it does."""

    words: str
    do: Callable[[], Awaitable[None]]


Show = Callable[[str, Mapping[str, str]], None]


async def ask_saved(on: Screen[Any], saved: SavedFilters, now: str, show: Show) -> None:
    """Ask what is to be done with the saved filters: one is shown, `now` saved under a name, one deleted, or another
    opened with. `show` is called with the filter that is to stand in the field, and those that are saved by then; it is
    shown again when any changed."""
    try:
        by_name, opens_with = await asyncio.to_thread(lambda: (saved.by_name(), saved.opens_with))
    except MarkTermError as error:
        tell(on, Failed(error))
        return

    async def choose(name: str) -> None:
        show(name, by_name)

    async def change(what: Callable[[], None], then: str = now) -> None:
        try:
            await asyncio.to_thread(what)
            show(then, await asyncio.to_thread(saved.by_name))
        except MarkTermError as error:
            tell(on, Failed(error))

    async def ask_name() -> None:
        from markterm.tui.widgets.writing import WritingScreen  # Nobody writes before the first picture.

        async def save(name: str) -> None:
            called = await asyncio.to_thread(saved.save, name, now)
            show(called, await asyncio.to_thread(saved.by_name))

        detail = "One word: it stands for this filter after / and on the command line."
        await on.app.push_screen(WritingScreen(f"Save the filter {now} as", detail, "", save))

    ways = [_Way(f"Show {name}: {words}", partial(choose, name)) for name, words in by_name.items()]
    if now and now not in by_name:
        ways.append(_Way(f"Save {now} under a name …", ask_name))
    ways += [
        _Way(f"Open the caseload with {name}", partial(change, partial(saved.open_with, name)))
        for name in by_name
        if name != opens_with
    ]
    if opens_with:
        ways.append(
            _Way(f"Open it with everybody, not with {opens_with}", partial(change, partial(saved.open_with, "")))
        )
    ways += [
        _Way(f"Delete {name}", partial(change, partial(saved.delete, name), "" if name == now else now))
        for name in by_name
    ]
    if not ways:
        on.app.notify("No filter is saved yet. Write one first, then save it here under a name.", markup=False)
        return

    async def chosen(choice: int | None) -> None:
        if choice is not None:
            await ways[choice].do()

    await on.app.push_screen(ChoiceScreen("Saved filters", [way.words for way in ways]), chosen)
