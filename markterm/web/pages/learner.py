"""A learner's own page: whoever has a link that holds reads it. Nothing is asked of them, and nothing is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from markterm.centre.centre import Centre
from markterm.domain.words.errors import MarkTermError
from markterm.exports.document.model import Document, Paragraph, words
from markterm.exports.html.render import render
from markterm.own.learner_links import LearnerLinks
from markterm.own.places import Places

_AT_ONCE = 2
"""Pages that are made at the same time: whoever has a link cannot keep the members from their work."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class LearnerPages:
    """The pages of the learners of the centre in `folder`; `places` are those of whoever serves it."""

    def __init__(self, folder: Path, places: Places, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder = folder
        self._places = places
        self._clock = clock
        self._links = LearnerLinks(places.of_centre(folder).links)
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._making: dict[str, asyncio.Task[tuple[int, str]]] = {}

    def begin(self) -> None:
        """Have the key by which links are made and known. Raises `NotSaved`."""
        self._links.begin()

    def routes(self) -> list[web.RouteDef]:
        """Where the pages are."""
        return [web.get("/learner/{token}", self.show)]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The page that the link opens. Whoever asks for one that is being made gets that one: of a link that is asked
        for again and again, and not waited for, nobody else waits for more than one page."""
        token = request.match_info["token"]
        making = self._making.get(token)
        if making is None:
            making = self._making[token] = asyncio.create_task(self._made(token))
            making.add_done_callback(lambda _: self._making.pop(token))
        status, page = await asyncio.shield(making)
        if status == 200 and not await asyncio.to_thread(self._opens, token):
            status, page = _nothing()  # It was ended meanwhile.
        return web.Response(status=status, text=page, content_type="text/html", headers=_HEADERS)

    async def _made(self, token: str) -> tuple[int, str]:
        async with self._turns:
            return await asyncio.to_thread(self.page, token)

    def _opens(self, token: str) -> bool:
        return self._links.opened_by(token, self._clock()) is not None

    def page(self, token: str) -> tuple[int, str]:
        """The page that a link with this in it opens, as HTML, and the status that a browser is told. Of a link that
        opens nothing it does not say why."""
        link = self._links.opened_by(token, self._clock())
        if link is None:
            return _nothing()
        try:
            centre = Centre.open(self._folder, places=self._places, clock=self._clock)
            try:
                pages = centre.learners_pages
                registration = pages.whose(link)
                centre.seeing.show_themselves(registration)
                told = pages.told(registration)
                # Nothing records that a registration was given to another learner before anything was recorded.
                return (200, render(pages.page(told))) if told.learner.name == link.name else _nothing()
            finally:
                centre.close_down()
        except MarkTermError:  # What is wrong is for the centre to see: a check and an audit say it.
            return 503, _said("Your page cannot be shown now", "Try again later. If it stays so, ask your assessor.")


def _nothing() -> tuple[int, str]:
    return 404, _said("This link opens nothing", "It has ended, or it is not whole. Ask your assessor for one.")


def _said(title: str, sentence: str) -> str:
    return render(Document(title, (), (Paragraph(words(sentence)),)))
