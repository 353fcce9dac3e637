"""The first visit: three sentences, skipped with Esc, and never again."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.tui.app import MarkTermApp
from markterm.tui.person.first_visit import SENTENCES, FirstVisitScreen
from markterm.tui.settings import Settings, load_settings, save_settings
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import sitting


async def test_the_sentences_are_gone_through_and_skipped(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.app.push_screen(FirstVisitScreen())
        await at.settled()
        assert "1 of 3" in at.text
        await at.shows("Enter opens a learner at what waits")
        await at.press("enter")
        await at.shows("p passes a criterion, r refers it with a note.")
        await at.press("space")
        await at.shows("? tells the keys of every screen, and ctrl+p finds every command")
        await at.press("enter")
        assert at.app.screen is at.app.caseload
        await at.app.push_screen(FirstVisitScreen())
        await at.press("escape")
        assert at.app.screen is at.app.caseload
    assert len(SENTENCES) == 3


@pytest.mark.long
@pytest.mark.parametrize(
    ("tour", "visited", "is_shown"),
    [(None, False, True), (None, True, False), (True, True, True), (False, False, False)],
)
async def test_it_is_shown_once_or_when_it_is_asked_for(
    tmp_path: Path, tour: bool | None, visited: bool, is_shown: bool
) -> None:
    places = places_in(tmp_path / "own")
    save_settings(places.settings, Settings(visited=visited))
    centre = Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places)
    app = MarkTermApp(centre, places, tour=tour)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, FirstVisitScreen) is is_shown
        assert load_settings(places.settings).visited is (visited or is_shown)
    centre.close_down()
