"""Fifty members who mark in browsers at the same time, a key each two seconds: how long from a key to what it draws,
and how much memory a session has. All of it, those who press the keys too, on this machine.

pytest -n 0 -m benchmark -s tests/benchmarks/test_serving_benchmark.py
"""

# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import asyncio
import os
import random
import re
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.centres import environment_in, make_centre_in, places_in

aiohttp = pytest.importorskip("aiohttp", reason="markterm[server] is not installed")
pytest.importorskip("argon2", reason="markterm[server] is not installed")

SESSIONS, KEYS, EVERY = int(os.environ.get("SESSIONS", "50")), 20, 2.0
_P95, _MEMORY = 0.150, 60_000_000
_IN_TIME = 60.0
_SETTLED = 0.4
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class _Person:
    """Somebody at a browser, on a learner of their own."""

    def __init__(self, browser: Any, number: int) -> None:
        self._browser = browser
        self._number = number
        self.took: list[float] = []
        self._drawn = asyncio.Event()
        self.text = ""

    async def sit_down(self) -> None:
        self._shown = await self._browser.ws_connect(f"/ws/{self._number:024d}/{'b' * 24}?width=120&height=36")
        self._reads = asyncio.create_task(self._read())
        await self.until("LEA")
        for keys in ("/", f"LEA{self._number:03}", "\r", "\r"):
            await self._shown.send_json(["stdin", keys])
            await asyncio.sleep(_SETTLED)
        await self.until("Making Tea")

    async def until(self, words: str) -> None:
        try:
            async with asyncio.timeout(_IN_TIME):
                while words not in _ESCAPES.sub("", self.text):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(_ESCAPES.sub("", self.text)[-3000:]) from None

    async def mark(self) -> None:
        await asyncio.sleep(random.uniform(0, EVERY))
        for turn in range(KEYS):
            key = "p" if turn < 3 else "jk"[turn % 2]
            self._drawn.clear()
            began = time.perf_counter()
            await self._shown.send_json(["stdin", key])
            async with asyncio.timeout(_IN_TIME):
                await self._drawn.wait()
            self.took.append(time.perf_counter() - began)
            await asyncio.sleep(max(EVERY - (time.perf_counter() - began), 0))

    async def leave(self) -> None:
        self._reads.cancel()
        await self._shown.close()

    async def _read(self) -> None:
        async for message in self._shown:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.text = (self.text + message.data.decode("utf-8", "replace"))[-200_000:]
                if len(message.data) > 20:
                    self._drawn.set()


@pytest.mark.benchmark
async def test_fifty_members_mark_in_browsers_at_the_same_time(tmp_path: Path) -> None:
    from markterm.web.passwords import Passwords
    from tests.web.serving import GOOD, free_port, sign_in

    home, port, metrics = tmp_path / "home", free_port(), free_port()
    learners = {f"LEA{number:03}": f"Learner Number {number:03}" for number in range(SESSIONS)}
    centre = make_centre_in(tmp_path / "centre", learners)
    file = centre / "centre.toml"
    file.write_text(file.read_text("utf-8") + "\n[server]\nsessions = 50\nsessions_of_member = 20\n", "utf-8")
    toml = file.read_text("utf-8")
    for extra in ("cleo", "dana"):
        toml += (
            f'\n[[member]]\nid = "{extra}"\nname = "{extra.title()} Other"\nroles = ["assessor"]\nunits = ["T-101"]\n'
        )
    file.write_text(toml, "utf-8")
    passwords = Passwords(places_in(home).of_centre(centre).passwords)
    members = ("asha", "ben", "cleo", "dana")
    for member in members:
        passwords.set(member, GOOD)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "markterm", "-C", str(centre), "serve", "--port", str(port)),
        *("--metrics", str(metrics)),
        env=environment_in(home),
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    while b'"serving"' not in await asyncio.wait_for(process.stderr.readline(), _IN_TIME):
        pass
    at = f"http://localhost:{port}"
    drained = asyncio.create_task(process.stderr.read())
    browsers = []
    try:
        for member in members:
            browser = aiohttp.ClientSession(
                base_url=at, headers={"Origin": at}, cookie_jar=aiohttp.CookieJar(unsafe=True)
            )
            browsers.append(browser)
            assert (await sign_in(browser, member, GOOD)).status == 200
        people = [_Person(browsers[number % len(browsers)], number) for number in range(SESSIONS)]
        began = time.perf_counter()
        for person in people:
            await person.sit_down()
        opened = (time.perf_counter() - began) / SESSIONS
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(person.mark())
        told = await (await aiohttp.ClientSession().get(f"http://127.0.0.1:{metrics}/metrics")).text()
        memory = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("markterm_session_memory"))
        for person in people:
            await person.leave()
    finally:
        for browser in browsers:
            await browser.close()
        process.terminate()
        await process.wait()
        await drained
    took = sorted(each for person in people for each in person.took)
    p95 = took[int(len(took) * 0.95)]
    print(
        f"\n{SESSIONS} sessions, a key each {EVERY:g} s: from a key to what it draws p50 "
        f"{took[len(took) // 2] * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, worst {took[-1] * 1000:.0f} ms "
        f"of {len(took)} keys; {memory / SESSIONS / 1e6:.0f} MB (PSS) a session; "
        f"begun and opened in {opened:.2f} s each"
    )
    assert memory / SESSIONS <= _MEMORY
    assert p95 <= _P95
