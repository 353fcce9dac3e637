"""A learner's own page on the caseload: read as it is drawn, and a link that says where it leads."""

from __future__ import annotations

from pathlib import Path

from markterm.own.learner_links import LearnerLinks
from markterm.tui.evidence.reading_page import PageScreen
from tests.tui.sitting import sitting


async def test_the_page_is_drawn_and_a_link_says_that_the_servers_address_is_missing(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        LearnerLinks(at.places.of_centre(at.folder).links).begin()
        await at.app.screen.action_do("caseload.own-page")  # type: ignore[attr-defined]  # the caseload has it
        await at.press("enter")
        await at.shows("What is outstanding")
        assert isinstance(at.app.screen, PageScreen)
        assert "| Name |" not in at.text
        await at.press("escape")
        await at.app.screen.action_do("caseload.own-page")
        await at.press("down", "enter")
        await at.shows("The server's address goes before it")
        assert at.app.clipboard.startswith("/learner/")
