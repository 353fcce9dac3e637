"""Learners' own pages, asked for as a browser asks."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from aiohttp.test_utils import make_mocked_request

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.leaving import LeftStep
from markterm.own.places import Places
from markterm.web.pages.learner import LearnerPages
from tests.centres import make_centre_in, places_in
from tests.pace import PATIENCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny centre."""
    return make_centre_in(tmp_path / "centre")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Those of whoever serves it."""
    return places_in(tmp_path / "server")


def _token(folder: Path, places: Places, registration: str) -> str:
    centre = Centre.open(folder, member="asha", places=places)
    _, path = centre.learners_pages.link(registration, 14)
    centre.close_down()
    return path.removeprefix("/learner/")


def test_a_link_shows_the_page_of_one_learner_and_of_nobody_else(folder: Path, places: Places) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    status, page = pages.page(_token(folder, places, "AAA1"))
    assert status == 200
    assert "Rosalind Jones" in page
    assert "Okafor" not in page
    assert "<script" not in page


def test_each_page_lets_go_of_what_it_opened(folder: Path, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    token = _token(folder, places, "AAA1")
    closed: list[Centre] = []
    monkeypatch.setattr(Centre, "close_down", lambda centre: closed.append(centre))
    assert pages.page(token)[0] == 200
    (folder / "learners/AAA1").rename(folder / "learners/ZZZ9")
    assert pages.page(token)[0] != 200
    assert len(closed) == 2


def test_who_may_see_whom_keeps_no_learner_from_their_own_page(folder: Path, places: Places) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    token = _token(folder, places, "AAA1")
    with (folder / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[visibility]\nassessors = ["assigned"]\n')
    status, page = pages.page(token)
    assert (status, "Rosalind Jones" in page, "Okafor" in page) == (200, True, False)


async def test_a_page_is_kept_nowhere_runs_nothing_and_tells_nobody_of_its_link(folder: Path, places: Places) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    for token in (_token(folder, places, "AAA1"), "nothing"):
        headers = (await pages.show(make_mocked_request("GET", "/", match_info={"token": token}))).headers
        assert headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "script-src" not in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "noindex" in headers["X-Robots-Tag"]


def test_a_link_stays_that_of_its_learner_when_their_registration_is_corrected_and_given_to_another(
    folder: Path, places: Places
) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    token = _token(folder, places, "AAA1")
    centre = Centre.open(folder, member="asha", places=places)
    centre.registrations.leave("AAA1", LeftStep.LEFT, text="Moved away.")
    centre.registrations.rename("AAA1", "ZZZ9")
    assert "Rosalind Jones" in pages.page(token)[1]
    (folder / "learners/BBB2").rename(folder / "learners/AAA1")
    assert "Rosalind Jones" in pages.page(token)[1]
    assert [each.registration for each in centre.learners_pages.links("ZZZ9")] == ["AAA1"]
    assert centre.learners_pages.links("AAA1") == ()
    centre.close_down()


def test_a_link_opens_nothing_where_somebody_else_has_the_registration_and_nothing_was_recorded(
    folder: Path, places: Places
) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    token = _token(folder, places, "AAA1")
    (folder / "learners/AAA1").rename(folder / "learners/ZZZ9")
    (folder / "learners/BBB2").rename(folder / "learners/AAA1")
    file = folder / "learners/AAA1/learner.md"
    file.write_text(file.read_text("utf-8").replace("BBB2", "AAA1"), "utf-8")
    assert pages.page(token)[0] == 404
    assert pages.page(_token(folder, places, "AAA1"))[0] == 200


def test_a_member_whom_the_server_signed_in_makes_links_that_it_answers(folder: Path, places: Places) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    assert pages.page(_token(folder, places.of_member("asha"), "AAA1"))[0] == 200


def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(folder: Path, places: Places) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    ended, altered = _token(folder, places, "AAA1"), _token(folder, places, "BBB2")[:-2] + "AA"
    centre = Centre.open(folder, member="asha", places=places)
    centre.learners_pages.end_links("AAA1")
    centre.close_down()
    answers = {pages.page(each) for each in (ended, altered, "", "nothing")}
    later = LearnerPages(folder, places, lambda: datetime.now(UTC) + timedelta(days=15))
    answers.add(later.page(_token(folder, places, "CCC3")))
    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_a_centre_that_cannot_be_read_tells_a_learner_nothing_of_why(folder: Path, places: Places) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    token = _token(folder, places, "AAA1")
    (folder / "centre.toml").write_text("format = 9", "utf-8")
    status, page = pages.page(token)
    assert status == 503
    assert "centre.toml" not in page


async def test_who_asks_for_one_page_again_and_again_has_it_made_once_and_not_after_its_link_ended(
    folder: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = LearnerPages(folder, places)
    pages.begin()
    token = _token(folder, places, "AAA1")
    made, goes_on = [], Event()

    def page(_: str) -> tuple[int, str]:
        made.append(token)
        assert goes_on.wait(PATIENCE)
        return 200, "the page"

    monkeypatch.setattr(pages, "page", page)
    request = make_mocked_request("GET", f"/learner/{token}", match_info={"token": token})
    asking = [asyncio.create_task(pages.show(request)) for _ in range(20)]
    await asyncio.sleep(0)
    for each in asking[:10]:
        each.cancel()  # They did not wait.
    goes_on.set()
    answers = await asyncio.wait_for(asyncio.gather(*asking[10:]), PATIENCE)
    assert {each.status for each in answers} == {200}
    assert made == [token]
    goes_on.clear()
    late = asyncio.create_task(pages.show(request))
    while len(made) < 2:
        await asyncio.sleep(0.01)
    (link,) = pages._links.every(datetime.now(UTC))
    pages._links.end(link)
    goes_on.set()
    assert (await asyncio.wait_for(late, PATIENCE)).status == 404
