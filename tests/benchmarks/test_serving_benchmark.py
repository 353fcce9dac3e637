"""Members who mark in browsers at the same time: how long from a key to what it draws, and how much memory a session
has. All of it, those who press the keys too, on this machine.

pytest -n 0 -m benchmark -s tests/benchmarks/test_serving_benchmark.py
"""

# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import asyncio
import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("aiohttp", reason="markterm[server] is not installed")
pytest.importorskip("argon2", reason="markterm[server] is not installed")

from tests.benchmarks.people_in_browsers import IN_TIME, Person, Served, served, told, wrongly_kept

pytestmark = pytest.mark.benchmark

SESSIONS, EVERY = int(os.environ.get("SESSIONS", "50")), 2.0
KEYS = "ppp" + "jk" * 8
_AT_ONCE, _WHO_MARK, _IDLE = 200, 50, 20.0
_P95, _MEMORY = 0.150, 60_000_000

_TIMED = """
window.tookByTest = [];
let began = 0, arrived = false, watched = null;
const Real = window.WebSocket;
window.WebSocket = class extends Real {
  constructor(...all) {
    super(...all);
    this.addEventListener("message", (event) => { if (began && typeof event.data !== "string") arrived = true; });
  }
};
document.addEventListener("keydown", () => {
  watched ??= window.terminalByTest();
  if (watched && !watched.byTest) {
    watched.byTest = true;
    watched.onRender(() => {
      if (!arrived) return;
      const from = began;
      began = 0; arrived = false;
      requestAnimationFrame(() => window.tookByTest.push(performance.now() - from));
    });
  }
  began = performance.now(); arrived = false;
}, true);
"""
"""Tells how long it takes from a key to the frame in which what it drew is shown."""


async def _marks(people: list[Person], keys: str) -> None:
    async def marks(person: Person) -> None:
        await asyncio.sleep(random.uniform(0, EVERY))
        await person.press_in_turn(keys, EVERY)

    async with asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(marks(person))


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


async def test_fifty_members_mark_in_browsers_at_the_same_time(tmp_path: Path) -> None:
    async with served(tmp_path, SESSIONS, 4, SESSIONS) as at:
        people = await _seated(at, SESSIONS)
        await _marks(people, KEYS)
        memory = (await at.figures())["markterm_session_memory_bytes"] / SESSIONS
        ended = [person.closed_with for person in people if person.has_ended]
        for person in people:
            await person.leave()
        wrong = [each for number in range(SESSIONS) for each in _wrongly_kept(at, number, at.members[number % 4])]
    took = [each for person in people for each in person.took]
    print(
        f"\n{SESSIONS} sessions, a key each {EVERY:g} s, from a key to what it draws: {told(took)} of {len(took)} keys"
    )
    print(f"{memory / 1e6:.0f} MB (PSS) a session")
    assert (ended, wrong) == ([], [])
    assert memory <= _MEMORY
    assert _p95(took) <= _P95


async def _seated(at: Served, count: int) -> list[Person]:
    browsers = [await at.signed_in(member) for member in at.members[:4]]
    people = [Person(browsers[number % len(browsers)], number) for number in range(count)]
    for person in people:
        await person.look()
        await person.open_learner()
    return people


async def test_a_real_browser_shows_what_a_key_does_beside_fifty_others(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.async_api", reason="markterm[servertest] is not installed")
    from tests.web.test_in_a_browser import _KEEP, _SHOWN, CHROMIUM

    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    async with served(tmp_path, SESSIONS + 1, 5, SESSIONS + 1) as at, playwright.async_playwright() as engine:
        people = await _seated(at, SESSIONS)
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await engine.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        page = await (await browser.new_context(viewport={"width": 1100, "height": 700})).new_page()
        await page.add_init_script(_KEEP + _TIMED)
        await _opens_a_learner(page, at, f"LEA{SESSIONS:03}", _SHOWN)
        async with asyncio.TaskGroup() as group:
            group.create_task(_marks(people, KEYS))
            group.create_task(_presses(page))
        took = [each / 1000 for each in await page.evaluate("window.tookByTest")]
        await browser.close()
        for person in people:
            await person.leave()
        wrong = [each for number in range(SESSIONS) for each in _wrongly_kept(at, number, at.members[number % 4])]
    beside = [each for person in people for each in person.took]
    print(f"\nA browser beside {SESSIONS} sessions, from a key to its frame: {told(took)} of {len(took)} keys")
    print(f"The {SESSIONS} beside it: {told(beside)}")
    assert wrong == []
    assert len(took) >= 0.9 * len(KEYS) * 2, "keys of which no frame was seen"
    assert _p95(took) <= _P95


async def _opens_a_learner(page: Any, at: Served, learner: str, shown: str) -> None:
    from tests.web.serving import GOOD

    async def until(words: str) -> None:
        end = time.monotonic() + IN_TIME
        while words not in str(await page.evaluate(shown)):
            assert time.monotonic() < end, await page.evaluate(shown)
            await asyncio.sleep(0.1)

    await page.goto(at.address)
    await page.fill("#member", at.members[-1])
    await page.fill("#password", GOOD)
    await page.click("text=Sign in")
    await page.wait_for_url(f"{at.address}/")
    await until("LEA000")
    await page.keyboard.press("/")
    await page.keyboard.type(learner)
    await asyncio.sleep(1.0)
    await page.keyboard.press("Enter")
    await asyncio.sleep(0.5)
    await page.keyboard.press("Enter")
    await until("Boil the water")
    await page.evaluate("window.tookByTest.length = 0")


async def _presses(page: Any) -> None:
    for key in KEYS * 2:
        await page.keyboard.press(key)
        await asyncio.sleep(EVERY / 2)


async def test_two_hundred_sign_in_at_once_and_are_all_served(tmp_path: Path) -> None:
    """Half past eight, behind the one address of a college: all come at once, look on, and fifty of them mark."""
    async with served(tmp_path, _AT_ONCE, _AT_ONCE + 1, _AT_ONCE) as at:
        began = time.perf_counter()
        took: list[float] = []

        async def comes(number: int) -> Person:
            person = Person(await at.signed_in(at.members[number]), number)
            signed_in = time.perf_counter()
            await person.look()
            took.append(time.perf_counter() - began)
            waited.append(time.perf_counter() - signed_in)
            return person

        waited: list[float] = []
        people = await asyncio.gather(*(comes(number) for number in range(_AT_ONCE)))
        print(f"\n{_AT_ONCE} come at once; from then to their first screen: {told(took)}")
        print(f"of that from being signed in: {told(waited)}")
        one_more = await at.signed_in(at.members[-1])
        await (await one_more.ws_connect(f"/ws/{'c' * 24}/{'b' * 24}?width=120&height=36")).receive()
        why = await (await one_more.get(f"/session?tab={'c' * 24}&page={'b' * 24}")).json()
        await asyncio.sleep(_IDLE)
        figures = await at.figures()
        memory = figures["markterm_session_memory_bytes"]
        sessions = figures["markterm_sessions"]
        print(f"{sessions} sessions, {memory / 1e9:.1f} GB (PSS), {memory / sessions / 1e6:.0f} MB each")
        marking = people[:_WHO_MARK]
        async with asyncio.TaskGroup() as group:
            for person in marking:
                group.create_task(person.open_learner())
        await _marks(marking, KEYS)
        pressed = [each for person in marking for each in person.took]
        print(f"{_WHO_MARK} of them mark, a key each {EVERY:g} s: {told(pressed)} of {len(pressed)} keys")
        ended = [person.closed_with for person in people if person.has_ended]
        for person in people:
            await person.leave()
        wrong = [each for number in range(_WHO_MARK) for each in _wrongly_kept(at, number, at.members[number])]
    assert why["how"] == "full"
    assert "no room" in why["words"]
    assert (ended, wrong) == ([], [])


def _wrongly_kept(at: Served, number: int, member: str) -> list[str]:
    return wrongly_kept(at.centre, number, member, KEYS.count("p"))
