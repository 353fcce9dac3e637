"""Learners' own pages in a real browser, as whoever reads with a screen reader, by the keyboard, or on a telephone has
them.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.exports.document.model import Column, Document, Table
from markterm.exports.html.render import render
from markterm.exports.pack import page as pack_page
from markterm.web.pages.learner import LearnerPages
from tests.centres import make_centre_in, places_in

pytest.importorskip("axe_playwright_python", reason="the extra servertest is not installed")
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium on this machine"),
]


@dataclass
class Served:
    """A centre's pages: where, and the link to a page on which something of every kind is told."""

    address: str
    path: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Them, on loopback."""
    folder = tmp_path_factory.mktemp("served")
    centre_folder, places = make_centre_in(folder / "centre"), places_in(folder / "server")
    loop, ready = asyncio.new_event_loop(), threading.Event()
    port: list[int] = []

    async def serve() -> None:
        pages = LearnerPages(centre_folder, places)
        pages.begin()
        app = web.Application()
        app.add_routes(pages.routes())
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port.append(runner.addresses[0][1])
        ready.set()

    def run() -> None:
        loop.run_until_complete(serve())
        loop.run_forever()

    threading.Thread(target=run, daemon=True).start()
    assert ready.wait(30)
    yield Served(f"http://127.0.0.1:{port[0]}", _told(centre_folder, places))
    loop.call_soon_threadsafe(loop.stop)


def _told(folder: Path, places: Any) -> str:
    """Have something of every kind be told to a learner; the path of a link to their page."""
    centre = Centre.open(folder, member="asha", places=places)
    centre.attempts.declare("AAA1", "e-mail")
    for number in ("1.1", "1.2", "2.1"):
        result = Result.REFER if number == "1.2" else Result.PASS
        centre.marking.mark("AAA1", "T-101", number, result, "<b>Warm</b> the pot. <script>document.title='x'</script>")
    centre.closings.close("AAA1", "T-101", "Nearly there.")
    list(centre.feedback.release(centre.feedback.draft("AAA1", "T-101"), anyway=True))
    _, path = centre.learners_pages.link("AAA1", 14)
    centre.close_down()
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_no_rule_of_accessibility_is_broken(served: Served, browser: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    for path in (served.path, "/learner/nothing"):
        page.goto(served.address + path)
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        told = [
            (each["id"], each["impact"], [node["html"] for node in each["nodes"]])
            for each in found.response["violations"]
        ]
        assert told == []
        # Whoever enlarges it four times scrolls one way: tables alone may be wider, in a frame of theirs.
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()


def test_a_screen_reader_is_told_the_outline_and_the_page_runs_nothing(served: Served, browser: Any) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(served.address + served.path)
    assert asked == [served.address + served.path]
    assert page.title() == "Your assessment"
    headings = page.get_by_role("heading").all_inner_texts()
    assert headings[:4] == ["Your assessment", "What is outstanding", "Your units", "Feedback to you"]
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("columnheader").all_inner_texts()[0] == "Unit"
    assert page.locator("script, a, form, img, iframe, b").count() == 0
    assert page.get_by_text("<b>Warm</b> the pot.").count() > 0
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    page.close()


def test_on_a_telephone_no_column_of_a_table_is_beyond_the_edge(served: Served, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(served.address + served.path)
    frame = page.locator(".wide").first
    assert frame.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert page.get_by_role("cell").count() > 0
    page.close()


def test_on_a_telephone_no_page_of_many_columns_is_wider_than_it_and_one_column_needs_no_names(browser: Any) -> None:
    columns = tuple(f"A long title of column {each}" for each in range(9))
    section = pack_page.Section("Heads", (), columns, (tuple(((each,)) for each in columns),))
    one = pack_page.Section("One", (), ("What",), ((("Cohort",),),))
    table = Table(tuple(map(Column, columns)), (columns,))
    page = browser.new_page(viewport={"width": 390, "height": 844})
    for made in (
        pack_page.render(pack_page.Page("Checked", sections=(section, one))),
        render(Document("Many", (), (table,))),
    ):
        page.set_content(made)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.locator(".wide").first.evaluate("each => each.scrollWidth <= each.clientWidth")
        assert page.get_by_role("columnheader").count() >= len(columns)
    page.close()
