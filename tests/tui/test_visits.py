"""Visits of the external quality assurer at the screen: the report, what it asks for, and that this is done."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from markterm.domain.record.bodies.visiting import Visited, VisitStep
from markterm.domain.record.visits import Visit
from markterm.tui.local_time import date_told
from tests.assignments import add_qualifications
from tests.centres import make_centre_in
from tests.tui.sitting import NARROW, Sitting, sitting

REPORT = b"Sound."


def made(path: Path) -> Path:
    """A centre with a report that came."""
    add_qualifications(make_centre_in(path))
    (path.parent / "report.pdf").write_bytes(REPORT)
    return path


def recorded(at: Sitting) -> Visit:
    """The visit as it is on the disk."""
    (visit,) = at.as_other("ben").visits.every()
    return visit


async def fill_in(at: Sitting, *words: str) -> None:
    """Fill in the fields of a form from the one with the keys on, and save it."""
    for number, word in enumerate(words):
        if number:
            await at.press("tab")
        if word:
            await at.type(word)
    await at.press("enter")


async def test_a_visit_is_recorded_with_its_report_and_what_it_asks_for_is_done_and_accepted(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=made) as at:
        await at.press("4", "V")
        await at.shows("No visit was recorded yet.")
        await at.press("s")
        assert "There is no visit yet" in at.told[-1]
        await at.press("n", "ctrl+u")
        await fill_in(at, "soon", "Tea & Co", "Pat Reed", "green", "", str(tmp_path / "report.pdf"), "AWARD", "Well.")
        await at.shows("soon is no day.")
        await at.press(*["shift+tab"] * 7, "ctrl+u")
        await at.type("2026-03-02")
        await at.press("enter")
        await at.shows("signs off what was closed by then: T-AWARD")
        visit = recorded(at)
        assert (visit.said.report, visit.said.sha256) == ("report.pdf", sha256(REPORT).hexdigest())
        assert (visit.said.organisation, visit.said.rating, visit.said.text) == ("Tea & Co", "green", "Well.")
        await at.press("s")
        await at.shows("Until a verifier accepts it, what it holds waits.")
        await at.shows("a member's id: asha, ")
        await fill_in(at, "A plan for 101.", "asha", "2999-01-01", "everything", "")
        await at.shows("everything is nothing that an action of a visit can hold.")
        await at.press("shift+tab", "ctrl+u")
        await at.type("claims")
        await at.press("enter")
        await at.shows("· open asha 01 Jan 2999 holds claims: A plan for 101.")
        # What is done to an action is done to no visit.
        await at.press("d")
        assert "That is for an action" in at.told[-1]
        # Nobody writes a word for nothing: whose it is not is told so before.
        await at.press("j", "d")
        assert "is for asha" in at.told[-1]
        await at.press("a")
        assert "It is open" in at.told[-1]
        at.app.centre.member = at.app.centre.details.named("asha")
        await at.press("d")
        await at.type("plan.pdf, sent.")
        await at.press("enter")
        await at.shows("▸ done")
        at.app.centre.member = at.app.centre.details.named("ines")
        await at.press("a", "enter")
        await at.shows("Say in a word how they did")
        await at.type("E-mail of Pat Reed.")
        await at.press("enter")
        await at.shows("✓ accepted")
        await at.press("enter")
        await at.shows("accepted by Inês Carvalho: E-mail of Pat Reed.")
        await at.press("escape", "X")
        await at.shows("Export of the visits")


@pytest.mark.long
async def test_the_latest_visit_stands_first_whenever_it_was_recorded(tmp_path: Path) -> None:
    days = ("2026-03-02", "2025-11-20", "2026-06-01")
    async with sitting(tmp_path, member="ines", size=NARROW, make=made) as at:
        for day in days:
            said = Visited(VisitStep.RECORDED, organisation="Tea & Co", on=date.fromisoformat(day))
            at.as_other("ines").visits.record(said)
        await at.press("4", "V")
        await at.shows("3 visits")
        told = [date_told(date.fromisoformat(day)) for day in ("2026-06-01", "2026-03-02", "2025-11-20")]
        listed = [day for line in at.lines for day in told if f"{day} Tea" in line]
        assert listed == told


async def test_who_neither_coordinates_nor_verifies_reads_and_a_mistake_is_dropped(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=made) as at:
        await at.app.action_do("app.visits")
        await at.press("n")
        assert "neither coordinates nor verifies" in at.told[-1]
        at.app.centre.member = at.app.centre.details.named("ines")
        await at.press("n")
        await fill_in(at, "")
        await at.shows("Whose visit? Nothing was recorded: no awarding organisation was named.")
        await fill_in(at, "", "Tea & Co")
        await at.shows("1 visit")
        await at.press("u")
        await at.type("It was at another centre.")
        await at.press("enter")
        await at.shows("dropped")
        assert recorded(at).dropped
