"""Keys for a field with a list below it: the field has them all, and the arrows go to the list.

With priority, all of them: a field hands on the keys that are not its own, and whoever types faster than that would
choose another line than the one they went to.
"""

from __future__ import annotations

from markterm.tui.command import Command
from markterm.tui.widgets.line_list import LineList


class FieldOverList:
    """A screen with a field and a list below it; subclasses say when the list has caught up with the field."""

    async def caught_up(self) -> LineList:
        """The list, when it shows what was typed before now."""
        raise NotImplementedError

    async def move(self, step: int) -> None:
        """A line down or up, when the list shows what was typed before now."""
        (await self.caught_up()).action_move(step)

    async def page(self, step: int) -> None:
        """A page down or up, when the list shows what was typed before now."""
        (await self.caught_up()).action_page(step)


def moves(area: str, line: str) -> tuple[type[Command[FieldOverList]], ...]:
    """The commands that move in the list below the field, `area.up`, `area.down`, `area.page-up` and `area.page-down`;
    `line` is what a line of it is."""

    class LineBefore(Command[FieldOverList]):
        id, key, label, words = f"{area}.up", "up", "up", f"Previous {line}"
        priority = True

        async def run(self, on: FieldOverList) -> None:
            await on.move(-1)

    class NextLine(Command[FieldOverList]):
        id, key, label, words = f"{area}.down", "down", "down", f"Next {line}"
        priority = True

        async def run(self, on: FieldOverList) -> None:
            await on.move(1)

    class PageUp(Command[FieldOverList]):
        id, key, label, words = f"{area}.page-up", "pageup", "page up", f"{line.capitalize()}s, a page up"
        priority = True

        async def run(self, on: FieldOverList) -> None:
            await on.page(-1)

    class PageDown(Command[FieldOverList]):
        id, key, label, words = f"{area}.page-down", "pagedown", "page down", f"{line.capitalize()}s, a page down"
        priority = True

        async def run(self, on: FieldOverList) -> None:
            await on.page(1)

    return LineBefore, NextLine, PageUp, PageDown
