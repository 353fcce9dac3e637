"""An app that says what it waits for: a record that does not answer at once holds no key, and nobody is left to guess.

A key is handled to its end before the next one is looked at, and its end may be a record on a server that is slow, or
away. What is seen meanwhile is drawn without the queue of the keys.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events

from markterm.centre.saving import Saving
from markterm.domain.words.counted import counted
from markterm.tui.faults import FaultTellingApp

if TYPE_CHECKING:
    from markterm.tui.browser import Browser

_LONG = 2.0
"""Seconds after which it is told for how long it takes already."""


class WaitingApp(FaultTellingApp):
    """Tells in the line of notices that something is being saved, or read, where it takes longer than a moment.

    What was typed meanwhile was meant for what comes of it: where nothing came of it, it is not obeyed.
    """

    TELLS_AFTER: ClassVar[float] = 0.3
    """Seconds within which an answer comes at once, for a person."""
    _saving = Saving()
    _keys_in_hand = 0
    _telling: asyncio.Task[None] | None = None

    def follow_saving(self, saving: Saving) -> None:
        """Tell from now on of what is being saved, and whoever serves a browser before it begins."""
        self._saving, loop = saving, asyncio.get_running_loop()
        serves = cast("Browser", self._driver) if self.is_web else None

        def changed() -> None:
            if serves is not None:
                serves.say_recording(saving)
            with suppress(RuntimeError):  # The app ended while it was saved.
                loop.call_soon_threadsafe(self._look)

        saving.changed = changed

    async def on_event(self, event: events.Event) -> None:
        """Tell of a key that takes long. What was pressed meanwhile is obeyed when it is done; not when it came to
        nothing, and Esc never: what it was to end has ended."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        failed_before = self._saving.failed
        self._keys_in_hand += 1
        self._look()
        try:
            await super().on_event(event)
        finally:
            self._keys_in_hand -= 1
            was_told = self.notices.waiting is not None
            self._look()
        if was_told:
            has_failed = self._saving.failed > failed_before
            dropped = self.arrivals.drop(lambda key: has_failed or key.key == "escape")
            if has_failed and dropped:
                self.notify(f"{counted(dropped, 'key')} pressed meanwhile did nothing.", markup=False)

    def _look(self) -> None:
        waits = self._keys_in_hand > 0 or self._saving.is_going_on
        if waits and self._telling is None:
            self._telling = asyncio.create_task(self._tell())
        elif not waits and self._telling is not None:
            self._telling.cancel()
            self._telling = None
            self.tell_waiting("")

    async def _tell(self) -> None:
        began = monotonic()
        await asyncio.sleep(self.TELLS_AFTER)
        while True:
            lasts = monotonic() - began
            words = "Saving…" if self._saving.is_going_on else "Working…"
            if lasts > _LONG:
                words += f" No answer for {lasts:.0f} seconds. What you press waits."
            self.tell_waiting(words)
            await asyncio.sleep(1)
