"""What reading a megabyte of Markdown costs, beside Textual's own viewer in the same run.

Run with `pytest -m benchmark -s tests/benchmarks/test_evidence_benchmark.py`. With MARKTERM_BENCHMARK_VIEWER_KB=1000
Textual's viewer is given the megabyte too, which takes minutes.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles

import pytest
from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import MarkdownViewer

from markterm.evidence.folder import list_evidence
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import read_evidence
from markterm.tui.evidence.pane import EvidencePane

pytestmark = pytest.mark.benchmark

_SIZE = 1_000_000
_PAGES = 200


def portfolio(size: int) -> str:
    """Markdown of at least `size` characters with everything that learners write."""
    prose = (
        "I had agreed with my **client** that we would meet in the quiet room, and we wrote the [aims](aims.md) down\n"
        "before the *second* session began; the `log` says that it took 13.5 hours in all.\n"
    )
    sessions: list[str] = []
    length = 0
    while length < size:
        number = len(sessions) + 1
        sessions.append(
            f"## Session {number}\n\n{prose * 3}\n{prose * 2}\n"
            f"- one thing to do before session {number + 1}\n- two `codes`\n  - nested under the second\n\n"
            "> I would rather be asked than told, she said,\n> and I agreed.\n\n"
            f"| Hour | What we did |\n|-----:|-------------|\n| {number} | talked about the goal and the log |\n\n"
            f"```python\nhours = {number}\n\nprint(hours)\n```\n\n1. first\n2. second\n\n"
        )
        length += len(sessions[-1])
    return "".join(sessions)


class _Alone(App[None]):
    """One widget, and how long the event loop was held up at most."""

    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self._make = make
        self.longest_stall = 0.0

    def compose(self) -> ComposeResult:
        yield self._make()

    async def watch_the_loop(self) -> None:
        """Sleep for a moment again and again, and note by how much each moment was too long."""
        moment = 0.002
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(moment)
            self.longest_stall = max(self.longest_stall, time.perf_counter() - begun - moment)


@asynccontextmanager
async def _watched(app: _Alone) -> AsyncIterator[None]:
    watch = asyncio.create_task(app.watch_the_loop())
    await asyncio.sleep(0.05)
    app.longest_stall = 0.0
    try:
        yield
    finally:
        watch.cancel()


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:8.1f} ms"


async def test_a_megabyte_opens_and_turns_its_pages_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "diary.md").write_text(portfolio(_SIZE), encoding="utf-8")

    begun = time.perf_counter()
    file = list_evidence(tmp_path / "evidence").files[0]
    text = read_evidence(file)
    read = time.perf_counter() - begun
    document = EvidenceDocument.of(text, file.kind)
    split = time.perf_counter() - begun - read

    app = _Alone(EvidencePane)
    pages: list[float] = []
    async with app.run_test(size=(80, 24)) as pilot:
        pane = app.query_one(EvidencePane)
        pane.focus()
        async with _watched(app):
            begun = time.perf_counter()
            pane.show(document, file.name)
            await pilot.pause()
            opened = time.perf_counter() - begun
            for _ in range(_PAGES):
                begun = time.perf_counter()
                pane.page_down()
                for y in range(pane.size.height):
                    pane.render_line(y)
                pages.append(time.perf_counter() - begun)
                await pilot.pause()
            begun = time.perf_counter()
            pane.scroll_end()
            await pilot.pause()
            ended = time.perf_counter() - begun
            begun = time.perf_counter()
            count = pane.find("the goal and the log")
            await pilot.pause()
            found = time.perf_counter() - begun
            await asyncio.sleep(0.01)
    stall = app.longest_stall

    print(f"\nEvidence of {len(document.source) / 1e6:.2f} MB, {len(document.chunks)} chunks")
    print(f"  read and clean            {_ms(read)}")
    print(f"  split and survey          {_ms(split)}")
    print(f"  show to first screen      {_ms(opened)}   (target 300)")
    print(f"  page down, p95 of {_PAGES}     {_ms(quantiles(pages, n=20)[-1])}   (target 50)")
    print(f"  page down, longest        {_ms(max(pages))}")
    print(f"  to the end                {_ms(ended)}")
    print(f"  find, {count:5} matches       {_ms(found)}")
    print(f"  longest stall of the loop {_ms(stall)}   (target 100)")
    assert count > 100
    assert len(pages) == _PAGES

    viewer_kb = int(os.environ.get("MARKTERM_BENCHMARK_VIEWER_KB", "100"))
    source = document.source[: viewer_kb * 1000]
    rival = _Alone(lambda: MarkdownViewer(show_table_of_contents=False))
    async with rival.run_test(size=(80, 24)) as pilot:
        viewer = rival.query_one(MarkdownViewer)
        async with _watched(rival):
            begun = time.perf_counter()
            await viewer.document.update(source)
            await pilot.pause()
            theirs = time.perf_counter() - begun
            await asyncio.sleep(0.01)
    ours = read + split + opened
    print(f"Textual's MarkdownViewer, {viewer_kb} KB")
    print(f"  to first screen           {_ms(theirs)}   ({theirs / ours:.0f} times MarkTerm's {_SIZE // 1000} KB)")
    print(f"  longest stall of the loop {_ms(rival.longest_stall)}   ({rival.longest_stall / stall:.0f} times)")
