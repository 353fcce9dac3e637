"""A served centre, and people who mark in browsers, each on a learner of their own: for measuring. What a person's
browser says and hears is said and heard here, without one."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from markterm.web.passwords import Passwords
from tests.centres import environment_in, make_centre_in, places_in
from tests.web.serving import GOOD, free_port, sign_in

IN_TIME = 120.0
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_SETTLED = 0.4
_KEPT = 40_000
"""Bytes of what was drawn: some pictures of it."""
_ANSWER = 20
"""Bytes of what is drawn; the beginning and the end of a picture are less."""


@dataclass
class Served:
    """A server in a process of its own, its learners and members."""

    centre: Path
    address: str
    metrics: int
    learners: tuple[str, ...]
    members: tuple[str, ...]
    browsers: list[aiohttp.ClientSession] = field(default_factory=list)

    def browser(self) -> aiohttp.ClientSession:
        """A browser in which nobody signed in."""
        jar = aiohttp.CookieJar(unsafe=True)
        # Two passwords are checked at a time: the last of two hundred waits, longer than is waited by itself.
        patience = aiohttp.ClientTimeout(total=None)
        headers = {"Origin": self.address}
        made = aiohttp.ClientSession(self.address, headers=headers, cookie_jar=jar, timeout=patience)
        self.browsers.append(made)
        return made

    async def signed_in(self, member: str) -> aiohttp.ClientSession:
        """A browser of that member."""
        browser = self.browser()
        answer = await sign_in(browser, member, GOOD)
        assert answer.status == 200, f"{member}: {answer.status} {await answer.text()}"
        return browser

    async def figures(self) -> dict[str, int]:
        """What the server tells of itself, by name."""
        async with aiohttp.ClientSession() as asked:
            told = await (await asked.get(f"http://127.0.0.1:{self.metrics}/metrics")).text()
        return {name: int(value) for name, value in (line.split() for line in told.splitlines() if line[0] != "#")}


@asynccontextmanager
async def served(folder: Path, learners: int, members: int, sessions: int) -> AsyncIterator[Served]:
    """A centre with so many learners and members, served to so many sessions at once."""
    home, port, metrics = folder / "home", free_port(), free_port()
    names = tuple(f"LEA{number:03}" for number in range(learners))
    ids = tuple(f"m{number:03}" for number in range(members))
    centre = make_centre_in(folder / "centre", {name: f"Learner Number {name[3:]}" for name in names})
    toml = [(centre / "centre.toml").read_text("utf-8")]
    toml += [
        f'[[member]]\nid = "{each}"\nname = "Member {each}"\nroles = ["assessor"]\nunits = ["T-101"]\n' for each in ids
    ]
    toml.append(f"[server]\nsessions = {sessions}\nsessions_of_member = 20\n")
    (centre / "centre.toml").write_text("\n".join(toml), "utf-8")
    passwords = Passwords(places_in(home).of_centre(centre).passwords)
    passwords.set(ids[0], GOOD)
    # One hash for all: making hundreds takes longer than what is measured.
    passwords._keep(dict.fromkeys(ids, passwords.read()[ids[0]]))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "markterm", "-C", str(centre), "serve", "--port", str(port)),
        *("--metrics", str(metrics)),
        env=environment_in(home),
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    while b'"serving"' not in (line := await asyncio.wait_for(process.stderr.readline(), IN_TIME)):
        assert line, "the server ended"
    drained = asyncio.create_task(process.stderr.read())
    made = Served(centre, f"http://localhost:{port}", metrics, names, ids)
    try:
        yield made
    finally:
        for each in made.browsers:
            await each.close()
        process.terminate()
        await process.wait()
        await drained


class Person:
    """Somebody at a browser, on a learner of their own."""

    def __init__(self, browser: aiohttp.ClientSession, number: int) -> None:
        self._browser = browser
        self._number = number
        self.took: list[float] = []
        self.text = ""
        self.has_ended = False
        self.closed_with: int | None = None
        """The code with which the connection was ended by the server."""
        self._drawn, self._came = asyncio.Event(), asyncio.Event()

    async def look(self) -> None:
        """Have a session shown; done when the learners are on the screen."""
        tab = f"{self._number:024d}"
        self._shown: Any = await self._browser.ws_connect(f"/ws/{tab}/{'b' * 24}?width=120&height=36")
        self._reads = asyncio.create_task(self._read())
        await self.until("LEA")

    async def open_learner(self) -> None:
        """Open the learner that is theirs; done when the keys that mark are told of."""
        # Each when what the one before did is seen: on a busy machine they would arrive as one, as what is pasted.
        for keys in ("/", f"LEA{self._number:03}", "\r"):
            await self._draw(keys)
            await asyncio.sleep(_SETTLED)
        self.text = ""
        await self._draw("\r")
        await self.until("p pass")

    async def until(self, words: str) -> None:
        """Wait until that was drawn."""
        # Looked for when more of it came: two hundred who look all the time would be all that is measured.
        with suppress(TimeoutError):
            async with asyncio.timeout(IN_TIME):
                while not self.has_ended and words not in _ESCAPES.sub("", self.text):
                    self._came.clear()
                    await self._came.wait()
                if not self.has_ended:
                    return
        why = f"{self._number}: {words} was not drawn; the connection has ended: {self.has_ended}\n"
        raise AssertionError(why + _ESCAPES.sub("", self.text)[-3000:])

    async def press(self, key: str) -> None:
        """Press it, and wait until something is drawn for it."""
        began = time.perf_counter()
        await self._draw(key)
        self.took.append(time.perf_counter() - began)

    async def _draw(self, keys: str) -> None:
        self._drawn.clear()
        await self._shown.send_json(["stdin", keys])
        async with asyncio.timeout(IN_TIME):
            await self._drawn.wait()

    async def press_in_turn(self, keys: str, every: float) -> None:
        """Press these, one after another, so many seconds from one to the next."""
        for key in keys:
            began = time.perf_counter()
            await self.press(key)
            await asyncio.sleep(max(every - (time.perf_counter() - began), 0))

    async def leave(self) -> None:
        """Close the window."""
        self._reads.cancel()
        await self._shown.close()

    async def _read(self) -> None:
        async for message in self._shown:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.text = (self.text + message.data.decode("utf-8", "replace"))[-_KEPT:]
                self._came.set()
                if len(message.data) > _ANSWER:
                    self._drawn.set()
        self.has_ended, self.closed_with = True, self._shown.close_code
        self._came.set()


def told(took: list[float]) -> str:
    """The half, 95 of 100 and all of them within how many milliseconds."""
    took = sorted(took)
    p95 = took[int(len(took) * 0.95)]
    return f"p50 {took[len(took) // 2] * 1000:,.0f} ms, p95 {p95 * 1000:,.0f} ms, longest {took[-1] * 1000:,.0f} ms"


def wrongly_kept(centre: Path, number: int, member: str, count: int) -> list[str]:
    """What is wrong with what is on the disk of that person's learner, who was decided on so often: in words, none
    where every decision is there once, on a criterion of its own, and of that member alone."""
    learner = f"LEA{number:03}"
    files = (centre / "records" / learner).glob("*.log")
    lines = [json.loads(line.split(b" ", 1)[1]) for file in files for line in file.read_bytes().splitlines()]
    kept = [line for line in lines if line.get("kind") == "decided"]
    on = {(line["unit"], line["criterion"]) for line in kept}
    wrong = [] if len(kept) == count else [f"{learner}: {len(kept)} decisions of {count}"]
    wrong += [] if len(on) == len(kept) else [f"{learner}: {len(kept)} decisions on {len(on)} criteria"]
    others = {line["actor"] for line in lines if "actor" in line} - {member}
    return [*wrong, *(f"{learner}: an entry of {other}, not of {member}" for other in sorted(others))]
