"""Keys for a field with a list below it: the field has them all, and the arrows go to the list.

With priority, all of them: a field hands on the keys that are not its own, and whoever types faster than that would
choose another line than the one they went to.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

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


Moves = type[Command[FieldOverList]]


def moves(area: str, line: str) -> tuple[Moves, ...]:
    """The commands that move in the list below the field, `area.up`, `area.down`, `area.page-up` and `area.page-down`;
    `line` is what a line of it is."""

    def move(called: str, key: str, words: str, by: Callable[[FieldOverList], Awaitable[None]]) -> Moves:
        class Move(Command[FieldOverList]):
            id, priority = f"{area}.{called}", True

            async def run(self, on: FieldOverList) -> None:
                await by(on)

        Move.key, Move.label, Move.words = key, called.replace("-", " "), words
        return Move

    return (
        move("up", "up", f"Previous {line}", lambda on: on.move(-1)),
        move("down", "down", f"Next {line}", lambda on: on.move(1)),
        move("page-up", "pageup", f"{line.capitalize()}s, a page up", lambda on: on.page(-1)),
        move("page-down", "pagedown", f"{line.capitalize()}s, a page down", lambda on: on.page(1)),
    )
