"""A person at the screen, for tests: keys go in, text comes out, and the disk is looked at from outside.

async with sitting(tmp_path) as at:
    await at.press("enter", "p")
    assert "✓ pass" in at.text
    assert at.decided() == ["1.1 pass"]
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch

from rich.console import RenderableType
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import ScreenStackError
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from markterm.centre.centre import Centre
from markterm.domain.record.event import Event, Kind
from markterm.own.places import Places
from markterm.records.folder.store import FolderStore
from markterm.tui.app import MarkTermApp
from markterm.tui.command import change_keys
from markterm.tui.requests import OpenLearner
from tests.centres import make_centre_in, places_in
from tests.pace import PATIENCE
from tests.tui.styled_once import styled_once

NARROW = (80, 24)
WIDE = (160, 45)

_others = count()
_CHARACTERS = {"space": " ", "slash": "/", "colon": ":", "full_stop": ".", "comma": ",", "question_mark": "?"}
# The worker that does what nobody has asked for yet.
_THOSE_THAT_WAIT = {
    "_read_ahead",
}


_draw = Compositor.render_update


def _put_off(
    self: Compositor,
    full: bool = False,
    screen_stack: list[Screen[object]] | None = None,
    simplify: bool = False,  # noqa: ARG001 - as it is called
) -> RenderableType | None:
    """Leave it to be drawn when all is settled: no terminal is there to be shown each step of a change."""
    visible_screen_stack.set(screen_stack or [])
    if full:
        self._dirty_regions.add(self.size.region)
    return None


@dataclass
class Sitting:
    """The app on a centre's folder. `places` are the user's own folders."""

    app: MarkTermApp
    pilot: Pilot[None]
    folder: Path
    places: Places
    clock: float = 0.0
    """When the last keys were pressed, on a clock of this person's own, a second from one burst to the next: whether
    keys came at once does not depend on how busy the machine is."""

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the one before has done its work; what stands there after the last
        one is drawn."""
        for key in keys:
            await self._send(key)
        self._draw()

    async def type(self, text: str) -> None:
        """Type a text, faster than anybody can."""
        await self.burst(*("space" if character == " " else character for character in text))

    async def burst(self, *keys: str) -> None:
        """Send keys at once, as a stalled connection does when it comes back."""
        await self._send(*keys)
        self._draw()

    async def _send(self, *keys: str) -> None:
        self.clock += 1.0
        for key in keys:
            character = key if len(key) == 1 else _CHARACTERS.get(key)
            pressed = Key(key, character)
            pressed.time = self.clock
            self.app.post_message(pressed)
        await self._done()

    async def paste(self, text: str) -> None:
        """Paste a text."""
        self.app.post_message(Paste(text))
        await self.settled()

    async def settled(self) -> None:
        """Wait until what was begun is done: messages handled, workers ended, screens drawn."""
        await self._done()
        self._draw()

    async def _done(self) -> None:
        for _ in range(3):
            await self.pilot.pause(0)
            running = [worker for worker in self.app.workers if worker.name not in _THOSE_THAT_WAIT]
            for worker in running:
                with suppress(WorkerCancelled):
                    await worker.wait()

    def _draw(self) -> None:
        with suppress(ScreenStackError):  # It has ended.
            _draw(self.app.screen._compositor, screen_stack=self.app._background_screens)

    async def resize(self, width: int, height: int) -> None:
        """Have a terminal of that size from now on; everything is laid out for it when this returns."""
        await self.pilot.resize_terminal(width, height)
        await self.until(lambda: self.app.screen._compositor.size == (width, height))
        await self.settled()

    async def until(self, met: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not met():
            assert time.monotonic() < end, f"not so after {PATIENCE} s:\n{self.text}"
            await asyncio.sleep(0.01)
            await self.pilot.pause()

    async def shows(self, words: str) -> None:
        """Wait until these words stand on the screen, wherever its lines break."""
        await self.until(lambda: words in " ".join(self.text.replace("│", " ").split()))

    async def opened(self, registration: str) -> None:
        """Wait until that learner is open for marking."""
        await self.until(
            lambda: (
                self.app.marking.work.desk.shown is not None
                and self.app.marking.work.desk.shown.learner.registration == registration
                and self.app.screen is self.app.marking
            )
        )
        await self.settled()

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.lines)

    @property
    def told(self) -> list[str]:
        """What the screen told in passing, title and message."""
        return [f"{told.title} {told.words}".strip() for told in self.app.notices.told]

    @property
    def at(self) -> str:
        """The criterion under the cursor, such as `T-101 1.1`."""
        place = self.app.marking.work.place
        return f"{place.unit.code} {place.criterion.number}" if place is not None else ""

    def a_while_later(self) -> None:
        """Let half a minute pass on the clock of the centre: what was done until now was not done just now."""
        recorder = self.app.centre.recorder
        before = recorder.now
        recorder.now = lambda: before() + timedelta(seconds=30)

    def events(self, registration: str = "AAA1") -> tuple[Event, ...]:
        """What was done, as it is on the disk, read by somebody who knows nothing of this session: without that the
        evidence was opened, which is recorded of itself."""
        return tuple(event for event in on_disk(self.folder, registration) if event.kind != Kind.OPENED)

    def decided(self, registration: str = "AAA1") -> list[str]:
        """The decisions on the disk in their order, such as `1.1 pass`."""
        return [
            f"{event.subject.criterion} {event.body['result']}"
            for event in self.events(registration)
            if event.kind == Kind.DECIDED
        ]

    def as_other(self, member: str) -> Centre:
        """Another process on the same folder, with folders of its own, in which that member acts."""
        return Centre.open(self.folder, member=member, places=places_in(self.folder.parent / f"other-{next(_others)}"))


def on_disk(folder: Path, registration: str) -> tuple[Event, ...]:
    """The events of a record, read anew from its first byte."""
    return FolderStore(folder / "records", folder.parent / f"reader-{next(_others)}").load(registration)


@asynccontextmanager
async def sitting(
    tmp_path: Path,
    *,
    member: str | None = "asha",
    size: tuple[int, int] = NARROW,
    make: Callable[[Path], Path] = make_centre_in,
    learner: str = "",
    blind: bool = False,
    notices: bool = False,
    signed_in: str = "",
) -> AsyncIterator[Sitting]:
    """Sit down at the centre in `tmp_path`, made by `make` if it is not there yet; `learner` is opened for
    marking, and with `blind` nobody is named. With `notices` what is told in passing is drawn as well.
    Whoever is `signed_in` sits at a server."""
    folder = tmp_path / "centre"
    if not folder.exists():
        make(folder)
    places = places_in(tmp_path / "own")
    if signed_in:
        places, member = places.of_member(signed_in), signed_in
    centre = Centre.open(folder, member=member, places=places)
    app = MarkTermApp(centre, places, blind=blind)
    stack = ExitStack()
    stack.enter_context(styled_once())
    stack.enter_context(patch.object(Compositor, "render_update", _put_off))
    # Keys come one by one or all at once here. How long a real one is held is tried in a terminal.
    app.arrivals.waits = 0
    try:
        async with app.run_test(size=size, notifications=notices) as pilot:
            at = Sitting(app, pilot, folder, places)
            await at.settled()
            if learner:
                await app.answer(OpenLearner(learner))
                await at.opened(learner)
            yield at
    finally:
        stack.close()
        change_keys({})  # Whoever had keys of their own has left.
        centre.close_down()
