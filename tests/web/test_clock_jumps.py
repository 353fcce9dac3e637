"""The server's clock is set a day forwards or back while people work: nobody is in or out for it who should not be."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.words.errors import Refused
from markterm.web.pages.learner import LearnerPages
from tests.centres import make_centre_in, places_in
from tests.web.serving import GOOD, Serving, sign_in, text_of

_DAY = timedelta(days=1)


@pytest.mark.parametrize("jump", [_DAY, -_DAY], ids=["forwards", "back"])
async def test_whoever_is_signed_in_stays_so_and_whoever_tried_too_often_still_waits(
    at: Serving, monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    browser, apps = await at.signed_in("ben"), at.server.served.apps
    shown = await at.shown(browser)
    await text_of(shown, "ben")
    for _ in range(5):
        await sign_in(at.browser(), "asha", "wrong wrong wrong")
    before = time.time
    monkeypatch.setattr(time, "time", lambda: before() + jump.total_seconds())
    await apps.look()
    assert len(apps) == 1
    assert (await browser.get("/session")).status == 200
    await shown.send_json(["stdin", "goes on"])
    await text_of(shown, "goes on")
    assert (await sign_in(at.browser(), "asha", GOOD)).status == 429
    assert (await sign_in(at.browser(), "ben", GOOD)).status == 200


def test_a_link_holds_by_its_days_and_a_clock_that_was_wrong_for_a_while_ends_none(tmp_path: Path) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    folder, places = make_centre_in(tmp_path / "centre"), places_in(tmp_path / "server")
    pages = LearnerPages(folder, places, lambda: now)
    pages.begin()
    asha = Centre.open(folder, member="asha", places=places, clock=lambda: now)
    _, path = asha.learners_pages.link("AAA1", 1)
    asha.close_down()
    answers = []
    for days in (0, -1, 2, 0):
        now = datetime(2026, 3, 2, 10, tzinfo=UTC) + days * _DAY
        answers.append(pages.page(path.removeprefix("/learner/"))[0])
    assert answers == [200, 200, 404, 200]


def test_an_assurer_reads_on_the_days_of_the_visit_by_the_clock_as_it_is_now(tmp_path: Path) -> None:
    folder, visit = make_centre_in(tmp_path / "centre"), date(2026, 3, 2)
    with (folder / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[member]]\nid = "pat"\nname = "Pat Reed"\nroles = ["external"]\nqualifications = ["T-AWARD"]\n'
            f"visit_from = {visit}\nvisit_to = {visit}\n"
        )
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    pat = Centre.open(folder, member="pat", places=places_in(tmp_path), clock=lambda: now)
    pat.seeing.require_looking()
    for jump in (_DAY, -_DAY):
        now = datetime(2026, 3, 2, 12, tzinfo=UTC) + jump
        with pytest.raises(Refused):
            pat.seeing.require_looking()
    now = datetime(2026, 3, 2, 13, tzinfo=UTC)
    pat.seeing.require_looking()
