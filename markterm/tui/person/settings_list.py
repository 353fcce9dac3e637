"""The settings, one line each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import Enum

from textual.app import App

from markterm.centre.centre import Centre
from markterm.tui.settings import OwnSettings
from markterm.tui.theme import THEMES
from markterm.tui.widgets.choice import ChoiceScreen


class Left(Enum):
    """What the settings were left for, when it is asked elsewhere."""

    FOR_A_THEME = "for another theme"
    FOR_WHO = "for who is marking"
    FOR_SIGNING_KEYS = "for the keys with which members sign"


async def change_settings(
    app: App[None], centre: Centre, own: OwnSettings, then: Callable[[Left], Awaitable[None]], current: int = 0
) -> None:
    """Show the settings and change one with each Enter, until they are left; returns when they are on the screen.

    `then` is told what they were left for, if it is asked elsewhere; `current` is the line under the cursor.
    """
    themes = [theme.name for theme in THEMES]
    lines = [
        f"Move to the next open criterion after a mark: {'yes' if own.now.move_on else 'no'}",
        f"Evidence follows the criterion: {'yes' if own.now.evidence_follows else 'no'}",
        f"Verifying: decide before you see the assessor's decision: {'yes' if own.now.decide_first else 'no'}",
        *(f"Theme {name}{'  (now)' if name == app.theme else ''}" for name in themes),
        "Another theme…",
        f"Who is marking: {centre.member.id if centre.member else 'nobody'}",
        "Signing keys…",
    ]

    async def chosen(choice: int | None) -> None:
        if choice is None:
            return
        if choice > len(themes) + 2:
            await then(list(Left)[choice - len(themes) - 3])
            return
        if choice == 0:
            own.change(replace(own.now, move_on=not own.now.move_on))
        elif choice == 1:
            own.change(replace(own.now, evidence_follows=not own.now.evidence_follows))
        elif choice == 2:
            own.change(replace(own.now, decide_first=not own.now.decide_first))
        else:
            app.theme = themes[choice - 3]
        await change_settings(app, centre, own, then, choice)

    await app.push_screen(ChoiceScreen("Settings", lines, current), chosen)
