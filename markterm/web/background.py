"""What a server does again and again beside answering. None of it ends unseen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from markterm.web.log import Log


class Background:
    """Looks that go on until they are ended. One that fails is logged, is among the `failing` until it succeeds, and is
    made again when its time comes."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._going_on: list[asyncio.Task[None]] = []
        self.failing: dict[str, None] = {}
        """The names of those that failed the last time, in their order."""

    def keep(self, name: str, look: Callable[[], Awaitable[object]], every: float) -> None:
        """Have that look made every so many seconds from now on; `name` is what log and health call it."""
        self._going_on.append(asyncio.create_task(self._again_and_again(name, look, every)))

    async def end(self) -> None:
        """Look no more."""
        for each in self._going_on:
            each.cancel()
        await asyncio.gather(*self._going_on, return_exceptions=True)
        self._going_on.clear()

    async def _again_and_again(self, name: str, look: Callable[[], Awaitable[object]], every: float) -> None:
        while True:
            await asyncio.sleep(every)
            try:
                await look()
            except Exception as error:
                # Whatever it is: what it says may name anybody, and the kind of it alone is told.
                self.failing[name] = None
                self._log.say_seldom(f"{name}_failed", kind=type(error).__name__)
            else:
                self.failing.pop(name, None)
