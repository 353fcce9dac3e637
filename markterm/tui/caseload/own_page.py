"""A learner's own page: what they see of themselves, and the link by which they see it."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.content import Content
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.learners_pages import WITHOUT_ADDRESS
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.evidence.reading_page import PageScreen
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.reading import ReadingScreen

_DAYS = 14
_READ, _LINK, _END = range(3)


async def ask_own_page(on: Screen[Any], centre: Centre, row: CaseloadRow) -> None:
    """Ask whether the page is to be read, a link to it made, or those that hold ended; and do it."""
    name = one_line(row.alias or row.name or row.registration)
    choices = ["Read what they see", f"Make a link to it, for {_DAYS} days", "End every link to it"]

    async def do(choice: int | None) -> None:
        if choice is None:
            return
        try:
            title, text = await asyncio.to_thread(_done, centre, row.registration, choice)
        except MarkTermError as error:
            on.app.notify(f"{error.title}. {error.what} {error.next_step}", markup=False, severity="error")
            return
        if choice == _READ:
            await on.app.push_screen(PageScreen(f"{title}: {name}", text))
            return
        if choice == _LINK:
            on.app.copy_to_clipboard(text.partition("\n")[0])
        await on.app.push_screen(ReadingScreen(f"{title}: {name}", Content(text)))

    await on.app.push_screen(ChoiceScreen(f"The own page of {name}", choices), do)


def _done(centre: Centre, registration: str, choice: int) -> tuple[str, str]:
    pages = centre.learners_pages
    if choice == _READ:
        from markterm.exports.markdown.render import render

        return "Their own page", render(pages.page(pages.told(registration)))
    if choice == _END:
        return "Links", f"{counted(pages.end_links(registration), 'link')} to their own page ended."
    link, address = pages.link(registration, _DAYS)
    until = f"{link.until:%Y-%m-%d %H:%M} UTC"
    told = f"{address}\n\nIt opens their page until {until}, to whoever has it: send it to them alone."
    return "A link", f"{told} {WITHOUT_ADDRESS}" if address.startswith("/") else told
