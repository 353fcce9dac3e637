"""Who is marking: asked once, and remembered for this centre on this machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from rich.cells import cell_len
from textual.app import App

from markterm.centre.centre import Centre
from markterm.domain.words.foreign_text import one_line
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.line_list import fit


async def ask_who(app: App[None], centre: Centre, gone: str, then: Callable[[bool], Awaitable[None]]) -> None:
    """Ask who is marking, and act as them from now on; returns when the question is on the screen, so that no key that
    comes after it is obeyed for whoever marked before. `then` is told whether anybody was chosen.

    Without an answer it stays as it is. `gone` was remembered and is no member any more.
    """
    members = centre.details.members
    rows = [(one_line(each.name), one_line(each.id), one_line(", ".join(sorted(each.roles)))) for each in members]
    named, called = (max((cell_len(row[column]) for row in rows), default=0) for column in (0, 1))
    lines = [f"{fit(name, named)}  {fit(own, called)}  {roles}" for name, own, roles in rows]
    title = "Who are you? Every entry names who made it."
    if gone:
        title = f"{one_line(gone)} is no member any more. {title}"
    now = centre.member
    current = next((place for place, each in enumerate(members) if now is not None and each.id == now.id), 0)

    async def answered(choice: int | None) -> None:
        if choice is not None:
            centre.act_as(members[choice].id)
            centre.remember_member()
        await then(choice is not None)

    await app.push_screen(ChoiceScreen(title, lines, current, in_columns=True), answered)
