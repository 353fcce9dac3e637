"""One session: the process in which a member works, and the browser that it is shown in just now, if there is one."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import SimpleNamespace

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from markterm.web.sign_ins import SignIn
from markterm.web.warm import ENDED
from markterm.web.warmed import Process, Warmed

_SLOW = 10.0
"""Seconds for which a browser may take nothing before it is let go; what is drawn meanwhile waits."""
_GOODBYE = 3.0
"""Seconds in which a session takes what is said to it, ends when it is asked to, and by a signal. Whoever waits for its
place waits for all three."""
_RECORDS = 30.0
"""Seconds for which one that is recording something is waited for besides: longer than any store takes to answer."""

_SAY = "say"
"""What a packet is called with words that a session says."""

_RECORDING = "recording"
"""What a packet is called in which a session says whether something is being recorded in it."""


class RunningApp(AppService):
    """A session of whoever `sign_in` is, in a tab of their browser. It goes on while no browser is there; what is drawn
    then is drawn for nobody, and again for the next one. `ended` is called when its process did."""

    def __init__(
        self,
        sign_in: SignIn,
        tab: str,
        warmed: Warmed,
        downloads: DownloadManager,
        memory: int,
        ended: Callable[[RunningApp], None],
    ) -> None:
        super().__init__(
            "",
            write_bytes=self._to_browser_bytes,
            write_str=self._to_browser_text,
            close=_nothing,
            download_manager=downloads,
        )
        self.sign_in = sign_in
        self.tab = tab
        self.page = ""
        """Of the browser that it is shown in: a page that was loaded once."""
        self.code: int | None = None
        """With which it ended: 0 for whoever left, None while it runs and where it was ended by force."""
        self.was_drawn = False
        """Whether it ever drew anything: what ends before could not be opened."""
        self.last_key = time.monotonic()
        self.alone_since: float | None = None
        """Since when no browser is there."""
        self.number = 0
        """Of its process."""
        self._warmed = warmed
        self._memory = memory
        self._ended = ended
        self._browser: web.WebSocketResponse | None = None
        self._records_nothing = asyncio.Event()
        self._records_nothing.set()
        self._closing: asyncio.Task[None] | None = None
        self._said = ""
        self._saying: asyncio.Task[None] | None = None

    async def begin(self, width: int, height: int) -> None:
        """Start it. Raises `Unreadable` where it cannot be started."""
        await self.start(width, height)

    async def attach(self, browser: web.WebSocketResponse, page: str, size: tuple[int, int] | None) -> None:
        """Show it in that browser from now on; with its `size` it is drawn anew. Where it was before it is shown no
        more."""
        before, self._browser = self._browser, browser
        self.page, self.alone_since = page, None
        if before is not None and before is not browser:
            with suppress(ConnectionError, RuntimeError):
                await before.close(code=4001, message=b"shown elsewhere")
        if size is not None:
            await self.set_terminal_size(*size)
            await self.send_meta({"type": "redraw"})

    def detach(self, browser: web.WebSocketResponse) -> None:
        """That browser is gone."""
        if self._browser is browser:
            self._browser, self.alone_since = None, time.monotonic()

    def say(self, words: str) -> None:
        """Have it say these words until it is given others; with none it says nothing any more."""
        if words != self._said and (self._saying is None or self._saying.done()):
            self._said = words
            self._saying = asyncio.create_task(self._tell({"type": _SAY, "words": words}))

    async def _tell(self, told: dict[str, str]) -> None:
        # One that stands still takes nothing: nobody waits for it.
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(_GOODBYE):
                await self.send_meta(told)

    async def end(self) -> None:
        """End it as a key does; what does not end by itself is ended, and none in the middle of recording."""
        await self._tell({"type": "quit"})
        if self._task is None:
            return
        for at_once in (False, True):
            done, _ = await asyncio.wait([self._task], timeout=_GOODBYE)
            if done or (at_once and await self._recorded_or_ended(self._task)):
                return
            await self._warmed.end(self.number, at_once=at_once)

    async def _recorded_or_ended(self, running: asyncio.Task[None]) -> bool:
        """Wait until nothing is being recorded in it any more, for so long as that may take; whether it ended."""
        recorded = asyncio.create_task(self._records_nothing.wait())
        await asyncio.wait([running, recorded], timeout=_RECORDS, return_when=asyncio.FIRST_COMPLETED)
        recorded.cancel()
        return running.done()

    async def run(self) -> None:
        """Read what the process says, until it ends."""
        try:
            await super().run()
        finally:
            self.stdin.close()
            await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
            if self._browser is not None:
                with suppress(ConnectionError, RuntimeError):
                    await self._browser.close()
            self._ended(self)

    async def on_meta(self, data: bytes) -> None:
        """Do what it asks for, or take what it says of itself."""
        told = json.loads(data)
        if told["type"] == ENDED:
            self.code = int(told["code"])
        elif told["type"] == _RECORDING:
            (self._records_nothing.clear if told["is_going_on"] else self._records_nothing.set)()
        else:
            await super().on_meta(data)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> SimpleNamespace:
        process: Process = await self._warmed.start(self.sign_in.member, (width, height), self._memory)
        self.number, self._stdin = process.number, process.writer
        # What a session writes to stderr may hold names: it goes nowhere, and its reports lie in the member's folder.
        nothing = asyncio.StreamReader()
        nothing.feed_eof()
        self._process = SimpleNamespace(stdout=process.reader, stderr=nothing)
        return self._process

    async def _to_browser_bytes(self, data: bytes) -> None:
        self.was_drawn = True
        if (browser := self._browser) is not None:
            await self._shown(browser, browser.send_bytes(data))

    async def _to_browser_text(self, text: str) -> None:
        if (browser := self._browser) is not None:
            await self._shown(browser, browser.send_str(text))

    async def _shown(self, browser: web.WebSocketResponse, sending: Awaitable[None]) -> None:
        try:
            async with asyncio.timeout(_SLOW):
                await sending
        except (ConnectionError, RuntimeError, TimeoutError):
            self.detach(browser)
            # What it has of the screen is cut off: it comes back, and is drawn anew.
            self._closing = asyncio.create_task(_closed(browser))


async def _nothing() -> None:
    """That it ends is told by how it ended."""


async def _closed(browser: web.WebSocketResponse) -> None:
    with suppress(ConnectionError, RuntimeError):
        await browser.close()
