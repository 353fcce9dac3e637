"""What else is done on the way through the work, with the keyboard alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from markterm.centre.caseload import Caseload
from markterm.centre.centre import Centre
from markterm.domain.record.event import Kind, Result
from markterm.domain.views.caseload import Order, sort_rows
from markterm.domain.views.caseload_filter import filter_rows
from markterm.tui.app import MarkTermApp
from markterm.tui.caseload.screen import CaseloadScreen
from markterm.tui.caseload.table import CaseloadTable
from markterm.tui.marking.screen import MarkingScreen
from markterm.tui.requests import OpenLearner
from tests.centres import add_learner, make_centre_in, places_in
from tests.tui.sitting import Sitting, sitting
from tests.tui.test_marking_journeys import SIZES

pytestmark = pytest.mark.long


DIARY = "# Diary\n\nI made tea.\n\n" + "".join(
    f"## Session {number}\n\nWe met and made tea once more.\n\n" for number in range(1, 41)
)


async def _withdraw(at: Sitting, reason: str) -> None:
    await at.press("U")
    await at.type(reason)
    await at.press("enter")


@SIZES
async def test_notes_are_written_and_read_again(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        await at.press("n")
        await at.type("boils well")
        await at.press("enter")
        assert at.events() == ()
        assert "boils well" in at.text
        await at.press("p", "k")
        assert at.events()[-1].body["note"] == "boils well"
        assert "boils well" in at.text
        await at.press("n")
        await at.type(" indeed")
        await at.press("enter")
        assert at.decided() == ["1.1 pass", "1.1 pass"]
        assert at.events()[-1].body["note"] == "boils well indeed"


async def test_space_goes_to_the_next_open_criterion_and_round_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("j", "p")
        assert at.at == "T-101 2.1"
        await at.press("space")
        assert at.at == "T-101 1.1"
        await at.press("p", "p", "space")
        assert at.at == "T-102 1.1"
        await at.press("p", "p", "space")
        assert any("Every criterion is decided" in told for told in at.told)


async def test_withdrawing_goes_back_step_by_step(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "k", "r")
        await at.type("cold")
        await at.press("enter", "k", "p", "k")
        states = []
        for reason in ("wrong row", "again", "once more"):
            await _withdraw(at, reason)
            assert at.events()[-1].kind == Kind.WITHDRAWN
            assert at.events()[-1].body["reason"] == reason
            states.append(next(line for line in at.lines if " 1.1 " in line))
        assert "✗ refer" in states[0]
        assert "✓ pass" in states[1]
        assert "· open" in states[2]
        await at.press("U")
        assert any("there is nothing to withdraw" in told for told in at.told)
        assert len(at.events()) == 6


async def test_a_withdrawal_without_a_reason_is_refused_and_the_dialog_stays(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "k", "U", "enter")
        assert "A withdrawal needs a reason" in at.text
        await at.type("wrong row")
        await at.press("enter")
        assert [event.kind for event in at.events()] == [Kind.DECIDED, Kind.WITHDRAWN]


async def test_a_unit_does_not_close_while_criteria_are_open(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "F")
        assert any("T-101: 2 of 3 criteria are open (1.2, 2.1)." in told for told in at.told)
        await at.press("p", "F")
        assert any("T-101: 1 of 3 criteria are open (2.1)." in told for told in at.told)


async def test_the_declaration_is_recorded(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("D", "j", "enter")
        assert "Which day does the declaration bear?" in at.text
        assert "Esc keeps draft" not in at.text, "a day is no draft"
        await at.type("soon")
        await at.press("enter")
        assert "Not a day" in at.text
        await at.press("escape", "D", "j", "enter")
        await at.type("2026-03-01")
        await at.press("enter")
        await at.until(lambda: bool(at.events()))
        assert at.events()[-1].kind == Kind.DECLARED
        assert at.events()[-1].body == {"form": "e-mail", "refuses_use": False, "on": "2026-03-01"}
        await at.settled()
        await at.press("D")
        await at.until(lambda: "Recorded: e-mail." in at.text)
        await at.press("escape")
        assert len(at.events()) == 1


@SIZES
async def test_history_and_matrix_are_read(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        await at.press("l")
        assert "Nothing was recorded of it yet." in at.text
        await at.press("escape", "p", "k")
        await _withdraw(at, "slip")
        await at.press("l")
        assert "History of T-101 1.1" in at.text
        assert "withdrawn" in at.text
        assert "slip" in at.text
        assert "✓ pass  withdrawn since" in at.text
        await at.press("escape", "j", "p", "m")
        assert "Rosalind Jones · all criteria" in at.text
        assert "1.2  ✓" in at.text
        assert "2.1  ·" in at.text
        await at.press("q")
        assert at.app.screen is at.app.marking


@SIZES
async def test_evidence_is_read_with_the_keyboard(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size) as at:
        evidence = add_learner(at.folder, "DDD4", "Dai Davies", evidence=DIARY) / "evidence"
        (evidence / "log.txt").write_text("ten cups\n", "utf-8")
        (evidence / "photo.xyz").write_bytes(b"\x00\x01of no known kind")
        await at.app.answer(OpenLearner("DDD4"))
        await at.opened("DDD4")
        assert "diary.md" in at.text
        await at.press("right_square_bracket")
        assert "ten cups" in at.text
        await at.press("right_square_bracket")
        assert "Not read by MarkTerm" in at.text
        await at.press("left_square_bracket", "left_square_bracket")
        assert "I made tea." in at.text
        await at.press("E", "j", "enter")
        assert "ten cups" in at.text
        await at.press("E", "escape", "left_square_bracket")

        await at.press("o", "end", "enter")
        assert "Session 40" in at.text
        await at.press("pageup")
        assert "I made tea." not in at.text

        await at.press("slash")
        await at.type("once more")
        assert "1 of 40" in at.text or " of 40" in at.text
        await at.press("enter")
        first = next(line for line in at.lines if " of 40" in line)
        await at.press("right_parenthesis")
        assert first not in at.lines
        await at.press("left_parenthesis")
        assert first in at.lines
        await at.press("escape")
        assert " of 40" not in at.text
        assert at.events("DDD4") == ()
        await at.press("n")
        assert "Note on T-101 1.1" in at.text


async def test_neighbours_open_at_the_same_criterion_in_the_order_of_the_caseload(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("s")
        assert "Registration▾" in at.text
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        await at.press("j", "j", "greater_than_sign")
        await at.opened("BBB2")
        assert at.at == "T-101 2.1"
        await at.press("greater_than_sign")
        await at.opened("CCC3")
        await at.press("greater_than_sign")
        assert any("last learner" in told for told in at.told)
        await at.press("less_than_sign")
        await at.opened("BBB2")
        assert at.at == "T-101 2.1"


async def test_the_filter_takes_words_and_fields(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        at.as_other("asha").marking.mark("BBB2", "T-101", "1.1", Result.PASS)
        await at.press("ctrl+r")
        await at.until(lambda: "1/5" in at.text)
        for text, shown in (
            ("jones", ["AAA1"]),
            ("unit:101 -jones", ["CCC3", "BBB2"]),
            ("state:marking", ["BBB2"]),
            ("waiting:assessor okafor", ["BBB2"]),
            ("assessor:asha", ["AAA1", "BBB2", "CCC3"]),
            ("site:", ["AAA1", "BBB2", "CCC3"]),
            ("nobody", []),
        ):
            await at.press("slash")
            await at.paste(text)
            assert sorted(at.app.caseload.registrations) == sorted(shown), text
            await at.press("escape")
        await at.press("slash")
        await at.paste("nobody")
        assert "Nobody matches this filter." in at.text
        await at.press("escape")
        assert len(at.app.caseload.registrations) == 3


async def test_the_caseload_sorts_in_five_ways(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        for number in ("1.1", "1.2"):
            at.as_other("asha").marking.mark("CCC3", "T-101", number, Result.PASS)
        await at.press("ctrl+r")
        await at.until(lambda: "2/5" in at.text)
        orders = {}
        for _ in range(5):
            sorted_by = next(
                word for word in ("Learner", "Registration", "Waiting for", "Due", "Decided") if f"{word}▾" in at.text
            )
            orders[sorted_by] = list(at.app.caseload.registrations)
            await at.press("s")
        assert orders == {
            "Learner": ["BBB2", "AAA1", "CCC3"],
            "Registration": ["AAA1", "BBB2", "CCC3"],
            "Waiting for": ["CCC3", "BBB2", "AAA1"],
            "Due": ["BBB2", "AAA1", "CCC3"],
            "Decided": ["BBB2", "AAA1", "CCC3"],
        }


async def test_f_opens_the_next_learner_with_an_open_criterion(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        other = at.as_other("asha")
        for unit, number in (("T-101", "1.1"), ("T-101", "1.2"), ("T-101", "2.1"), ("T-102", "1.1"), ("T-102", "1.2")):
            other.marking.mark("AAA1", unit, number, Result.PASS)
        await at.press("ctrl+r")
        await at.until(lambda: "5/5" in at.text)
        await at.press("space")  # the cursor is on BBB2: the next one by name is AAA1, who is decided
        await at.opened("CCC3")
        await at.press("q", "space")
        await at.opened("BBB2")


async def test_who_is_marking_is_asked_when_nobody_was_named(tmp_path: Path) -> None:
    async with sitting(tmp_path, member=None) as at:
        await at.until(lambda: "Who are you?" in at.text)
        assert "Inês Carvalho" in at.text
        await at.press("enter")
        await at.settled()
        assert "as asha (assessor)" in at.text
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        await at.press("p")
        assert at.events()[-1].actor == "asha"


async def test_the_palette_runs_a_command(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("ctrl+p")
        await at.type("Pass this criterion")
        await at.until(lambda: "p          Pass this criterion" in at.text)
        await at.press("enter")
        await at.until(lambda: at.decided() == ["1.1 pass"])
        assert at.app.screen is at.app.marking


async def test_the_areas_are_one_key_away(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("2")
        await at.opened("BBB2")
        await at.press("1")
        assert isinstance(at.app.screen, CaseloadScreen)
        await at.press("2")
        assert isinstance(at.app.screen, MarkingScreen)


async def test_the_learner_is_still_open_when_one_comes_back(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "p", "1", "2")
        assert "Rosalind Jones" in at.lines[0]
        assert "Pour the tea" in at.text
        assert "I made tea." in at.text
        assert at.at == "T-101 2.1"
        await at.press("p")
        assert at.decided() == ["1.1 pass", "1.2 pass", "2.1 pass"]


async def test_the_caseload_is_left_at_once_while_it_is_still_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh = Caseload.refresh
    looked_at: list[int] = []

    def slow(caseload: Caseload) -> Iterator[int]:
        for number in refresh(caseload):
            time.sleep(0.02)
            looked_at.append(number)
            yield number

    monkeypatch.setattr(Caseload, "refresh", slow)
    folder = make_centre_in(tmp_path / "centre", {f"L{number:04}": f"Learner {number}" for number in range(600)})
    centre = Centre.open(folder, member="asha", places=places_in(tmp_path / "own"))
    app = MarkTermApp(centre, places_in(tmp_path / "own"))
    async with app.run_test() as pilot:
        while not looked_at:
            await asyncio.sleep(0.01)
        await pilot.press("q")
    centre.close_down()
    assert len(looked_at) < 600


async def test_a_filter_typed_letter_by_letter_shows_what_it_shows_at_once(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        everybody = [row.registration for row in at.app.caseload.query_one(CaseloadTable).rows]
        await at.press("slash")
        shown = {}
        for text in ("j", "jo", "jones", "jones state:", "jones state:not", "-jones", "aaa", "a"):
            at.app.caseload.query_one("#filter", Input).value = ""
            await at.type(text)
            shown[text] = [row.registration for row in at.app.caseload.query_one(CaseloadTable).rows]
        rows = sort_rows(at.app.centre.caseload.rows, Order.NAME)
        assert shown == {text: [row.registration for row in filter_rows(rows, text)] for text in shown}
        await at.press("escape")
        assert [row.registration for row in at.app.caseload.query_one(CaseloadTable).rows] == everybody
