"""The app in this process, with somebody who watches what each key costs and how long anything holds up the others.

What is painted is made to the last byte and goes nowhere. A machine that is busy with other things tells the clock
nothing; how long the processor is busy with a key, and how often it paints, it tells all the same.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import traceback
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key, Resize
from textual.geometry import Size

from markterm.centre.centre import Centre
from markterm.tui.app import MarkTermApp
from tests.centres import places_in

_QUIET, _NOTHING = 0.1, 0.5
"""So many seconds without another picture, or without the first one, and what a key does is done."""
_CHARACTERS = {"space": " ", "slash": "/", "left_curly_bracket": "{", "right_curly_bracket": "}", "colon": ":"}


class _Nowhere(HeadlessDriver):
    """A terminal that takes everything; `painted` is when it got something last, and `bytes` how much of it."""

    first = last = 0.0
    pictures = bytes = 0

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        # The beginning and the end of a picture are sent by themselves.
        if len(data) > 20:
            self.last = time.perf_counter()
            self.first = self.first or self.last
            self.pictures += 1
            self.bytes += len(data)


@dataclass(frozen=True)
class Cost:
    """Of one key: seconds to the first picture and to the last, seconds of the processor in the thread of the screen
    and in all, how many pictures of how many bytes, and the longest that anything held up the others."""

    first: float
    last: float
    screen: float
    all: float
    pictures: int
    bytes: int
    longest: float


@dataclass
class HeldUp:
    """What held up the loop for longer than `over` seconds of the processor: where it was then, with how long it
    took."""

    over: float = 0.05
    longest: float = 0.0
    seen: list[tuple[float, str]] = field(default_factory=list)
    _begun: float = 0.0
    _where: str = ""

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at all that the loop does in this thread."""
        run = asyncio.events.Handle._run
        me, ended = threading.get_ident(), threading.Event()

        def timed(handle: asyncio.Handle) -> None:
            self._begun, self._where, busy = time.perf_counter(), "", time.thread_time()
            try:
                run(handle)
            finally:
                took = time.thread_time() - busy
                self.longest = max(self.longest, took)
                if took > self.over:
                    self.seen.append((took, self._where))
                self._begun = 0.0

        def look() -> None:
            while not ended.wait(0.005):
                if self._begun and not self._where and time.perf_counter() - self._begun > self.over * 0.6:
                    frame = sys._current_frames().get(me)
                    stack = traceback.extract_stack(frame)[-14:] if frame else []
                    self._where = " < ".join(
                        f"{Path(each.filename).stem}:{each.lineno} {each.name}" for each in reversed(stack)
                    )

        setattr(asyncio.events.Handle, "_run", timed)  # noqa: B010 - it is no business of ours
        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()
            setattr(asyncio.events.Handle, "_run", run)  # noqa: B010


@dataclass
class Watched:
    """The app, and what its keys cost by what they were pressed for."""

    app: MarkTermApp
    driver: _Nowhere
    held_up: HeldUp
    costs: dict[str, list[Cost]] = field(default_factory=lambda: defaultdict(list))

    async def press(self, key: str, what: str = "") -> Cost:
        """Press that key, and wait until nothing is painted any more."""
        character = key if len(key) == 1 else _CHARACTERS.get(key)
        return await self._watch(lambda: self.app.post_message(Key(key, character)), what or key)

    async def resize(self, width: int, height: int, what: str) -> Cost:
        """Have a terminal of that size."""
        self.driver._size = (width, height)
        size = Size(width, height)
        return await self._watch(lambda: self.app.post_message(Resize(size, size)), what)

    async def until(self, met: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until something is so."""
        end = time.monotonic() + seconds
        while not met():
            assert time.monotonic() < end, self.text
            await asyncio.sleep(0.01)

    async def rest(self, seconds: float) -> None:
        """Wait, as somebody who reads."""
        await asyncio.sleep(seconds)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    async def _watch(self, begin: Callable[[], object], what: str) -> Cost:
        driver, held_up = self.driver, self.held_up
        driver.first = driver.last = 0.0
        driver.pictures = driver.bytes = 0
        before, held_up.longest = held_up.longest, 0.0
        began, screen, processor = time.perf_counter(), time.thread_time(), time.process_time()
        begin()
        while (left := (driver.last + _QUIET if driver.last else began + _NOTHING) - time.perf_counter()) > 0:
            await asyncio.sleep(min(left, _QUIET / 10))
        cost = Cost(
            driver.first - began if driver.first else 0.0,
            driver.last - began if driver.last else 0.0,
            time.thread_time() - screen,
            time.process_time() - processor,
            driver.pictures,
            driver.bytes,
            held_up.longest,
        )
        held_up.longest = max(before, held_up.longest)
        self.costs[what].append(cost)
        return cost

    def told(self) -> Iterator[str]:
        """A line for each kind of key."""
        yield (
            f"  {'':<34}{'keys':>5} {'first p50':>9} {'p95':>6} {'last p95':>8} {'screen p50':>10} {'p95':>6} "
            f"{'all p50':>8} {'pictures':>8} {'bytes':>7} {'held up':>8}"
        )
        for what, costs in self.costs.items():

            def part(values: list[float]) -> tuple[float, float]:
                return median(values) * 1000, (quantiles(values, n=20)[-1] if len(values) > 1 else values[0]) * 1000

            first, last = part([each.first for each in costs]), part([each.last for each in costs])
            screen, every = part([each.screen for each in costs]), part([each.all for each in costs])
            yield (
                f"  {what:<34}{len(costs):>5} {first[0]:9.1f} {first[1]:6.1f} {last[1]:8.1f} {screen[0]:10.1f} "
                f"{screen[1]:6.1f} {every[0]:8.1f} {sum(each.pictures for each in costs) / len(costs):8.1f} "
                f"{sum(each.bytes for each in costs) // len(costs):7} {max(each.longest for each in costs) * 1000:8.1f}"
            )


@asynccontextmanager
async def watched(folder: Path, member: str, size: tuple[int, int]) -> AsyncIterator[Watched]:
    """Open the centre that lies in `folder`, beside the user's own folders, in a terminal of that size."""
    places = places_in(folder / "own")
    centre = Centre.open(folder / "centre", member=member, places=places)
    app = MarkTermApp(centre, places)
    app.driver_class = _Nowhere
    held_up = HeldUp()
    with held_up.watching():
        running = asyncio.create_task(app.run_async(size=size, mouse=False))
        try:
            while not isinstance(app._driver, _Nowhere) or not app._running:
                await asyncio.sleep(0.005)
            yield Watched(app, app._driver, held_up)
        finally:
            app.exit()
            await running
            centre.close_down()
