"""The day of an external quality assurer, in a real browser: what they read, pick and take along, and what they leave
as it was.
"""

from __future__ import annotations

import asyncio
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from tests.assignments import add_qualifications, register
from tests.centres import make_centre_in, places_in
from tests.web.serving import quick_passwords
from tests.web.test_in_a_browser import CHROMIUM, Sitting, serving_process

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: no browser shows the screens"),
]
_READ = 1.0
"""Seconds: nobody reads faster what a key opened, and the same key again is taken for the same press."""


def _centre(folder: Path, visit: date) -> Path:
    """Three learners, of whom two are on what the visit is about, which is on that day."""
    path = make_centre_in(folder / "centre")
    add_qualifications(path)
    for registration, qualification in (("AAA1", "T-AWARD"), ("BBB2", "T-CERT"), ("CCC3", "T-AWARD")):
        register(path, registration, qualifications=f"[{qualification}]")
        file = path / "learners" / registration / "learner.md"
        file.write_text(file.read_text("utf-8").replace("Rosalind Jones", f"Learner {registration}"), "utf-8")
    with (path / "centre.toml").open("a", encoding="utf-8") as centre_file:
        centre_file.write(
            '\n[[member]]\nid = "pat"\nname = "Pat Reed"\nroles = ["external"]\nqualifications = ["T-AWARD"]\n'
        )
        centre_file.write(f"visit_from = {visit}\nvisit_to = {visit}\n")
    asha = Centre.open(path, member="asha", places=places_in(folder / "outside"))
    for registration in ("AAA1", "BBB2"):
        asha.marking.mark(registration, "T-101", "1.1", Result.REFER, "The water was cold.")
    asha.close_down()
    return path


async def _shows(person: Sitting, *words: str) -> str:
    text = ""
    for each in words:
        text = await person.until(each)
    return text


async def _saved(page: Any, name: str) -> Path:
    """The file whose name begins so, as their browser saves it."""
    async with page.expect_download() as coming:
        await page.click(f"table a:has-text('{name}')")
    return Path(await (await coming.value).path())


async def test_they_read_pick_take_the_pack_along_and_record_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_passwords(monkeypatch)
    centre = _centre(tmp_path, date.today())
    async with serving_process(tmp_path, centre, "pat") as served:
        pat = await served.person()
        await pat.sign_in("pat")
        caseload = await _shows(pat, "Learner AAA1", "Learner CCC3", "Shown are learners of T-AWARD.")
        assert "BBB2" not in caseload
        # They filter, and pick by hand; the centre sees the list at once.
        await pat.press("/")
        await asyncio.sleep(_READ)
        await pat.page.keyboard.type("CCC3", delay=60)
        await pat.until("1 of 2")
        await pat.press("Enter")
        await pat.press("+")
        await pat.until("CCC3 picked for the visit")
        await pat.press("Escape")
        await pat.until("Learner AAA1")
        # They read what was decided, with the evidence beside it, and decide nothing.
        await pat.press("ArrowUp", "Enter")
        await _shows(pat, "Boil the water", "I made tea.")
        await pat.press("ArrowUp")
        await pat.until("The water was cold.")
        await pat.press("p")
        await pat.until("An external quality assurer reads")
        # They take the pack of the learner along.
        await pat.press("X")
        await pat.until("Pack for a visit")
        await pat.press("Enter")
        await pat.until("registrations, with commas")
        await asyncio.sleep(_READ)
        await pat.page.keyboard.type("AAA1", delay=60)
        await pat.press("Enter")
        await pat.until("Enter writes it")
        await asyncio.sleep(_READ)
        await pat.press("Enter")
        await pat.until("Your browser saves it.")
        # The page of the audit is the second thing that they may take: every record, and of others not whose.
        await pat.press("Escape")
        await asyncio.sleep(_READ)
        await pat.press("q")
        await pat.until("Learner CCC3")
        await pat.press("X")
        await pat.until("Records checked")
        await pat.press("ArrowDown", "Enter")
        await pat.until("Enter writes it")
        await asyncio.sleep(_READ)
        await pat.press("Enter")
        await pat.until("Your browser saves it.")
        page = await pat.page.context.new_page()
        await page.goto(f"{served.address}/files")
        kept = {name: await _saved(page, name) for name in ("records-checked", "visit-pack")}
        checked = kept["records-checked"].read_text("utf-8")
        assert "another learner of the centre" in checked
        assert "AAA1" in checked
        assert "BBB2" not in checked
        pack = kept["visit-pack"]
        with zipfile.ZipFile(pack) as packed:
            names = packed.namelist()
        assert any(name.endswith("diary.md") for name in names)
        assert not any("BBB2" in name for name in names)
    outside = Centre.open(centre, member="asha", places=places_in(tmp_path / "outside"))
    (visit,) = outside.visit_lists.every()
    assert visit.has_picked("CCC3")
    assert not visit.has_picked("AAA1")
    assert {event.actor for event in outside.history.of("AAA1")} == {"asha"}
    outside.close_down()


async def test_on_another_day_nothing_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)
    centre = _centre(tmp_path, date.today() - timedelta(days=1))
    async with serving_process(tmp_path, centre, "pat") as served:
        pat = await served.person()
        await pat.page.goto(served.address)
        await pat.page.fill("#member", "pat")
        await pat.page.fill("#password", "correct horse battery")
        await pat.page.click("text=Sign in")
        text = await pat.until("visit")
        assert "AAA1" not in text
