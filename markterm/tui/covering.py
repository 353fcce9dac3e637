"""What a screen costs that another one covers, and a screen that becomes wider or narrower: no more than has to be."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import Screen


class CoveringApp(App[None]):
    """Does nothing for a screen that nobody can see: it is laid out and drawn when it is returned to."""

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """Those that shine through the one on top: none, where that one lets nothing through. For Textual the one below
        it always does, and whatever changes there would have all of what covers it drawn once more."""
        stack = self.screen_stack
        return [] if stack and stack[-1].styles.background.a == 1 else super()._background_screens


def take_width(screen: Screen[None], width: int) -> None:
    """Have the screen look as one of that width does, by its `HORIZONTAL_BREAKPOINTS`. Textual says so to the styles
    when it has laid out and drawn the new size, and does both once more."""
    widths = sorted(screen.HORIZONTAL_BREAKPOINTS or [])
    now = max((least for least, _ in widths if least <= width), default=None)
    screen.update_classes({name: least == now for least, name in widths}, animate=False)
