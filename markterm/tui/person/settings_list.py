"""The settings, one line each."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from textual.app import App

from markterm.centre.centre import Centre
from markterm.tui.settings import OwnSettings
from markterm.tui.theme import THEMES
from markterm.tui.widgets.choice import ChoiceScreen


class Left(Enum):
    """How the settings were left: for good, or for what is asked elsewhere."""

    DONE = "done"
    FOR_A_THEME = "for another theme"
    FOR_WHO = "for who is marking"


async def change_settings(app: App[None], centre: Centre, own: OwnSettings) -> Left:
    """Show the settings and change one with each Enter, until they are left."""
    current = 0
    themes = [theme.name for theme in THEMES]
    while True:
        lines = [
            f"Move to the next open criterion after a mark: {'yes' if own.now.move_on else 'no'}",
            f"Evidence follows the criterion: {'yes' if own.now.evidence_follows else 'no'}",
            *(f"Theme {name}{'  (now)' if name == app.theme else ''}" for name in themes),
            "Another theme…",
            f"Who is marking: {centre.member.id if centre.member else 'nobody'}",
        ]
        choice = await app.push_screen_wait(ChoiceScreen("Settings", lines, current))
        if choice is None:
            return Left.DONE
        current = choice
        if choice == 0:
            own.change(replace(own.now, move_on=not own.now.move_on))
        elif choice == 1:
            own.change(replace(own.now, evidence_follows=not own.now.evidence_follows))
        elif choice <= len(themes) + 1:
            app.theme = themes[choice - 2]
        else:
            return Left.FOR_A_THEME if choice == len(themes) + 2 else Left.FOR_WHO
