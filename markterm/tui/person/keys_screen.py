"""Every key of every screen, to be found by words and given another one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings, change_keys
from markterm.tui.key_list import KeyLine, every_key, users_keys, written
from markterm.tui.keys_file import change_key
from markterm.tui.person.new_key import NewKeyScreen
from markterm.tui.settings import KEYS_FILE
from markterm.tui.widgets import field_over_list, modal
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.text_field import LineField, settled

_KEY, _NAME = 16, 26


class Change(Command["KeysScreen"]):
    """Give the command under the cursor another key."""

    id, key, label, words = "keys.change", "enter", "another key", "Press another key for this"
    priority = True

    async def run(self, on: KeysScreen) -> None:
        await on.ask_key()


class Reset(Command["KeysScreen"]):
    """Give the command under the cursor the key back that it comes with."""

    id, key, label, words = "keys.reset", "ctrl+r", "as it came", "Have the key that it came with"
    priority = True

    async def run(self, on: KeysScreen) -> None:
        await on.reset()


class Leave(modal.Leave):
    """Back to where one was."""

    id, key, words = "keys.leave", "escape", "Back to the screen"
    priority = True


class _Lines(LineList, can_focus=False):
    """A line for each command, under the title of its area. The keys belong to the field above."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[KeyLine | str] = ()
        self._changed: frozenset[str] = frozenset()

    def show(self, lines: Iterable[KeyLine], changed: frozenset[str]) -> None:
        """Show these; those of which the keys are the user's own have a sign."""
        self._lines = [each for area, of in groupby(lines, key=lambda line: line.area) for each in (area, *of)]
        self._changed = changed
        self.move_to(self.cursor)
        self.lines_changed()

    @property
    def chosen(self) -> KeyLine | None:
        """The command under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, KeyLine) else None

    def line_count(self) -> int:
        return max(len(self._lines), 1)

    def can_stand_on(self, index: int) -> bool:
        return 0 <= index < len(self._lines) and isinstance(self._lines[index], KeyLine)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        if not self._lines:
            yield "  Nothing is called so.", "sign--quiet"
            return
        line = self._lines[index]
        if isinstance(line, str):
            yield line, "sign--heading"
            return
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        is_changed = line.id in self._changed
        yield fit(f"{'*' if is_changed else ' '} {' '.join(line.keys)}", _KEY) + " ", "sign--pass" if is_changed else ""
        yield fit(line.words, max(width - 2 - _KEY - 1 - 1 - _NAME, 0)) + " ", ""
        yield fit(line.id, _NAME), "sign--quiet"


class KeysScreen(field_over_list.FieldOverList, Modal[None]):
    """Every command that has a key; Enter and a key give it another one, which is kept at once."""

    TITLE = "Change keys"
    HELP = "Every key of every screen. What is typed finds one by its words, its name or its key."
    DEFAULT_CSS = """
    KeysScreen Input, KeysScreen Input:focus { height: 1; border: none; padding: 0 1; background: $surface; }
    KeysScreen _Lines { padding: 0 1; }
    KeysScreen #file { height: 1; padding: 0 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    SHAPE = Shape.WHOLE
    DOES = (Change, Reset, Leave, *field_over_list.moves("keys", "line"))
    BINDINGS = bindings(*DOES)

    def __init__(self, folder: Path) -> None:
        """`folder` is that of the user's own settings."""
        super().__init__()
        self._folder = folder
        self._every: tuple[KeyLine, ...] = ()
        self._own: frozenset[str] = frozenset()
        self._lines = _Lines()
        self._field = LineField(placeholder="words, a name, or a key")
        self._query = ""

    def compose(self) -> ComposeResult:
        """The field, what is found, where it is kept, and what to press."""
        yield from self.framed(
            "Change keys",
            self._field,
            self._lines,
            Static(Content(f"* is a key of your own. Kept in {one_line(str(self._folder / KEYS_FILE))}"), id="file"),
            keys="{keys.change} another key · {keys.reset} as it came · {keys.leave} leaves",
        )

    def on_mount(self) -> None:
        """Read the keys in the background."""
        self.set_focus(self._field)
        self.read()

    @work(exclusive=True, group="keys")
    async def read(self) -> None:
        """Read every key as it is now, and show those that are looked for."""

        def now() -> tuple[tuple[KeyLine, ...], frozenset[str]]:
            keymap, _ = users_keys(self._folder)
            ours = {line.id: line.keys for line in every_key()}
            every = every_key(keymap)
            return every, frozenset(line.id for line in every if line.keys != ours[line.id])

        self._every, self._own = await asyncio.to_thread(now)
        self._show()

    @on(Input.Changed)
    def look_as_typed(self) -> None:
        """Show what is looked for now, from its first line."""
        if self.is_open and self._field.value != self._query:
            self._query = self._field.value
            self._lines.cursor = 0
            self._show()

    def _show(self) -> None:
        words = self._query.casefold().split()
        found = [line for line in self._every if _is_meant(line, self._query.strip(), words)]
        self._lines.show(found, self._own)

    async def caught_up(self) -> _Lines:
        """The list, when it shows what was typed before now."""
        await settled(self._field)
        self.look_as_typed()
        return self._lines

    @on(LineList.Chosen)
    async def ask_key(self) -> None:
        """Have a key pressed for the command under the cursor, and take it."""
        line = (await self.caught_up()).chosen
        if line is None:
            return

        async def pressed(key: str | None) -> None:
            if key is not None:
                await self._change(line, (written(key),))

        await self.app.push_screen(NewKeyScreen(line), pressed)

    async def reset(self) -> None:
        """Give the command under the cursor the key that it came with."""
        line = (await self.caught_up()).chosen
        if line is not None:
            await self._change(line, ())

    async def _change(self, line: KeyLine, keys: tuple[str, ...]) -> None:
        try:
            keymap = await asyncio.to_thread(change_key, self._folder, line.id, keys)
        except MarkTermError as refused:
            told = one_line(f"{refused.what} {refused.next_step}")
            self.notify(told, title=refused.title, severity="warning", markup=False)
            return
        self.app.set_keymap(keymap)
        change_keys(keymap)
        self.notify(f"{line.words}: {' or '.join(keys) or 'as it came'}.", markup=False)
        self.read()


def _is_meant(line: KeyLine, key: str, words: Sequence[str]) -> bool:
    """Whether that key is one of the command's, or all the words stand in what is said of it."""
    told = f"{line.area} {line.words} {line.id}".casefold()
    return key in line.keys or all(word in told for word in words)
