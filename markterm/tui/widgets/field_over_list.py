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


class LineBefore(Command[FieldOverList]):
    """A line up; subclasses have an id and say what a line is."""

    key, label, priority = "up", "up", True

    async def run(self, on: FieldOverList) -> None:
        await on.move(-1)


class NextLine(Command[FieldOverList]):
    """A line down; subclasses have an id and say what a line is."""

    key, label, priority = "down", "down", True

    async def run(self, on: FieldOverList) -> None:
        await on.move(1)


class PageUp(Command[FieldOverList]):
    """A page up; subclasses have an id and say what a line is."""

    key, label, priority = "pageup", "page up", True

    async def run(self, on: FieldOverList) -> None:
        await on.page(-1)


class PageDown(Command[FieldOverList]):
    """A page down; subclasses have an id and say what a line is."""

    key, label, priority = "pagedown", "page down", True

    async def run(self, on: FieldOverList) -> None:
        await on.page(1)
