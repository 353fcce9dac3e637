"""Keys that are pressed at the screen, counted: letters of notes apart from keys that mark and move."""

from __future__ import annotations

from collections import Counter

from tests.tui.sitting import Sitting


class Keys:
    """Presses keys and counts them."""

    def __init__(self, at: Sitting) -> None:
        self.at = at
        self.pressed: Counter[str] = Counter()
        self.letters = 0

    async def press(self, *keys: str) -> None:
        """Press them one after the other."""
        self.pressed.update(keys)
        await self.at.press(*keys)

    async def write(self, note: str) -> None:
        """Type a note."""
        self.letters += len(note)
        await self.at.type(note)
