"""Waiting for a learner's files to be hashed: told how far it is when it takes longer than a moment, ended by Esc."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.hashing import Hashing
from markterm.tui.command import Command, bindings
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.how_far import Far, say_far
from markterm.tui.widgets.modal import Modal

_PATIENCE = 0.3
"""Seconds. Longer than that nobody waits without being told what for."""
_TOLD_EVERY = 0.1
_KILO, _MEGA = 1_000, 1_000_000

Found = TypeVar("Found")


class Stop(Command["HashingScreen"]):
    """Stop; it ends within a piece of a file."""

    id, key, label, words = "hashing.stop", "escape", "stop", "Stop; nothing was recorded yet"

    async def run(self, on: HashingScreen) -> None:
        on.hashing.stop.set()


class HashingScreen(Modal[None]):
    """Says how far it is, until `task` ends; Esc stops it."""

    DOES = (Stop,)
    BINDINGS = bindings(*DOES)

    def __init__(self, hashing: Hashing, task: asyncio.Task[object], shown_name: Callable[[str], str]) -> None:
        super().__init__()
        self.hashing = hashing
        self._hashed = task
        self._shown_name = shown_name

    def compose(self) -> ComposeResult:
        """What is done, how far it is, and what to press."""
        yield from self.framed(
            "Looking at the evidence, every byte of it",
            Static(id="far"),
            keys="{hashing.stop} stops: nothing is recorded before it is done",
        )

    def on_mount(self) -> None:
        """Look from time to time."""
        self.set_interval(_TOLD_EVERY, self._look)
        self._look()

    def _look(self) -> None:
        if self._hashed.done():
            self.dismiss(None)
            return
        step = self.hashing.step
        size, unit = (_MEGA, "MB") if step.of >= _MEGA else (_KILO, "KB")
        far = Far("read", step.done // size, -(-step.of // size), unit, unit, stop="{hashing.stop} stops")
        say_far(self, far)
        self.query_one("#far", Static).update(Content(self._shown_name(one_line(step.name))))


async def hash_first(
    screen: Screen[None],
    shown_name: Callable[[str], str],
    work: Callable[[Hashing], Found],
    then: Callable[[Found], Awaitable[None]],
) -> None:
    """Do what hashes in a thread, and go on with what it found; what it raises is told. Files have their `shown_name`.

    Done in a moment, as it is when nothing has changed, the next key waits for it as for any other. If not, the keys go
    to the screen that can stop it.
    """
    hashing = Hashing()
    task: asyncio.Task[Found] = asyncio.create_task(asyncio.to_thread(work, hashing))
    await asyncio.wait({task}, timeout=_PATIENCE)

    async def go_on(_: object = None) -> None:
        try:
            found = await task
        except MarkTermError as error:
            tell(screen, Failed(error))
            return
        await then(found)

    if task.done():
        await go_on()
    else:
        await screen.app.push_screen(HashingScreen(hashing, task, shown_name), go_on)
