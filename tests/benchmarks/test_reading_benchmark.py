"""How long somebody waits until they can read: a process to convert in, a whole portfolio, and the learner who is next.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_reading_benchmark.py`. Ratios are of one run; the least of
several is the least that the machine was kept from it by other things.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from rich.console import RenderableType
from textual.events import Key
from textual.screen import Screen

import markterm.demo
from markterm.centre.evidence import Evidence
from markterm.centre.folder import CentreFolder
from markterm.evidence.conversion import children, conversion
from markterm.evidence.conversion.ahead import Ahead
from markterm.evidence.conversion.cores import CORES
from markterm.evidence.progress import Progress
from markterm.evidence.text.document import EvidenceDocument
from markterm.tui.requests import OpenLearner
from tests.centres import add_learner, make_centre_in
from tests.evidence.made import rtf
from tests.tui.sitting import WIDE, sitting

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not children.FORKS, reason="the system forks no processes"),
]

PORTFOLIO = Path(markterm.demo.__file__).parent / "portfolio"
STARTS, STARTED, START_MS = 200, 30, 60
RUNS, PORTFOLIO_MS = 7, 1200
LEARNERS, STAYS, NEXT_MS = 6, 5.0, 200


def _milliseconds(work: Callable[..., object], *arguments: object) -> float:
    begun = time.perf_counter()
    work(*arguments)
    return (time.perf_counter() - begun) * 1000


def _part(times: list[float], part: float) -> float:
    return sorted(times)[min(int(len(times) * part), len(times) - 1)]


def _without_server() -> None:
    """As when MarkTerm was just started."""
    server = children._server
    with server._lock:
        server._let_go()


def test_a_process_starts_from_the_server(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rtf("the text"))

    def convert(forked: bool) -> None:
        child = children.start(conversion.COMMAND, path, "rtf.rtf", Event().is_set, forked=forked)
        assert b"the text" in child.answer.read()
        assert child.wait() == 0
        child.close()

    _without_server()
    first = _milliseconds(convert, True)
    time.sleep(1.5)  # it loads what is left
    forked = [_milliseconds(convert, True) for _ in range(STARTS)]
    started = [_milliseconds(convert, False) for _ in range(STARTED)]
    print(f"\nFrom asking for a process to the text of two words, ms: the first, with its server {first:.0f}")
    print(f"  {'':28} {'least':>8} {'median':>8} {'p95':>8}")
    for name, times in (("forked from the server", forked), ("started by itself", started)):
        print(f"  {name:28}", *(f"{_part(times, part):8.1f}" for part in (0, 0.5, 0.95)))
    print(f"  started is {_part(started, 0.5) / _part(forked, 0.5):.1f} times forked; target of p95 {START_MS} ms")
    assert _part(forked, 0.5) < START_MS


def test_a_portfolio_is_read_from_an_empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = tmp_path / "learners" / "JON2041" / "evidence"
    shutil.copytree(PORTFOLIO, learner)

    def read(number: str) -> None:
        files = Evidence(CentreFolder(tmp_path), tmp_path / number)
        read = list(files.read_every("JON2041", Progress()))
        assert [(file.name, each) for file, each in read if not isinstance(each, EvidenceDocument)] == []

    ways: dict[str, list[float]] = {}
    for run in range(RUNS):
        for way in ("side by side, with its server", "one after the other, forked", "one after the other, started"):
            _without_server()
            with monkeypatch.context() as as_before:
                if not way.startswith("side"):
                    as_before.setattr(Ahead, "begin", lambda _: None)
                if way.endswith("started"):
                    as_before.setattr(children, "FORKS", False)
                ways.setdefault(way, []).append(_milliseconds(read, f"{way} {run}"))
    again = [_milliseconds(read, f"side by side, with its server {run}") for run in range(RUNS)]
    print(f"\nThe demo's portfolio ({len(list(learner.rglob('*.*')))} files) on {CORES.count} cores, ms")
    for way, times in (*ways.items(), ("from the cache", again)):
        print(f"  {way:32} {min(times):7.0f} least  {_part(times, 0.5):7.0f} median")
    least = {way: min(times) for way, times in ways.items()}
    first, *others = least.values()
    print(f"  that is {', '.join(f'1/{other / first:.1f}' for other in others)}; target {PORTFOLIO_MS} ms")
    assert first < 3 * PORTFOLIO_MS


async def test_the_learner_who_is_next_opens_from_what_was_read_ahead(tmp_path: Path) -> None:
    def make(folder: Path) -> Path:
        centre = make_centre_in(folder, {})
        for number in range(LEARNERS):
            learner = add_learner(centre, f"AAA{number}", f"Learner {number}")
            shutil.rmtree(learner / "evidence")
            shutil.copytree(PORTFOLIO, learner / "evidence")
            # No two have handed in the same, and the first of each has to be converted.
            for path in (learner / "evidence").rglob("*.md"):
                path.unlink()
            (learner / "evidence" / "00-first.rtf").write_bytes(rtf(f"the text of learner {number} " * 200))
            for path in (learner / "evidence").rglob("*.*"):
                if path.suffix in (".pdf", ".docx", ".pptx", ".xlsx"):
                    path.write_bytes(path.read_bytes() + b"\n" * number)
        return centre

    times: list[float] = []
    back: list[float] = []
    async with sitting(tmp_path, make=make, size=WIDE) as at:
        display = at.app._display
        wanted, painted = "the text of learner 0 ", asyncio.Event()

        def shown(screen: Screen[object], renderable: RenderableType | None) -> None:
            display(screen, renderable)
            if wanted in at.text:
                painted.set()

        at.app._display = shown  # type: ignore[method-assign]
        await at.app.answer(OpenLearner("AAA0"))
        await painted.wait()

        async def opened(key: str, number: int) -> float:
            nonlocal wanted
            wanted = f"the text of learner {number} "
            painted.clear()
            begun = time.perf_counter()
            # Not pressed by the pilot: it waits until all threads are idle, as nobody at the screen does.
            at.app.post_message(Key(key, None))
            await painted.wait()
            return (time.perf_counter() - begun) * 1000

        for number in range(1, LEARNERS):
            await asyncio.sleep(STAYS)
            times.append(await opened("greater_than_sign", number))
        for number in reversed(range(LEARNERS - 1)):
            await asyncio.sleep(STAYS / 5)
            back.append(await opened("less_than_sign", number))
    print(f"\nThe next learner, after {STAYS:g} s on the one before, from the key to the text on the screen, ms")
    print("  read ahead               ", *(f"{each:5.0f}" for each in times), f"  target {NEXT_MS} ms")
    print("  back to one that was read", *(f"{each:5.0f}" for each in back))
    assert min(times) < NEXT_MS
