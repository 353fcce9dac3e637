"""The caseload's table: which columns there are at which width, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from rich.cells import cell_len
from textual.widgets import Static

from markterm.centre.caseload import Caseload
from markterm.centre.centre import Centre
from markterm.domain.record.states import UnitState, VerificationState
from markterm.domain.views.caseload import CaseloadRow, Order, QualificationCredits, UnitProgress
from markterm.domain.views.due import Due, Person, Step
from markterm.tui.app import MarkTermApp
from markterm.tui.caseload import screen as caseload_screen
from markterm.tui.caseload.columns import columns_for
from markterm.tui.caseload.table import CaseloadTable
from tests.centres import make_centre_in, places_in
from tests.pace import PATIENCE

ROW = CaseloadRow(
    "AAA1",
    "AAA1",
    "Rosalind Jones",
    ("8580-CERT", "8580-DIP", "8580-LOST"),
    credits=(QualificationCredits("8580-CERT", 13, 13, True), QualificationCredits("8580-DIP", 8, 37, False)),
)


def drawn(width: int, row: CaseloadRow = ROW) -> str:
    """The row's line at that width."""
    table = CaseloadTable()
    table.rows = (row,)
    return "".join(text for text, _ in table.line(0, width))


def test_the_cursor_goes_with_its_learner_or_else_stays_where_it_was() -> None:
    table = CaseloadTable()
    rows = [replace(ROW, folder=each) for each in "abcd"]
    table.show(rows, None)
    table.move_to(2)
    table.show(rows[1:], 1)
    assert table.selected == rows[2]
    table.show([rows[0], rows[1], rows[3]], None)
    assert table.selected == rows[1], "the learner is gone, and the cursor is on the same line"
    table.move_to(2)
    table.show(rows[:1], None)
    assert table.selected == rows[0]


@pytest.mark.parametrize("width", [24, 40, 80, 120, 160])
def test_cpd_that_is_overdue_has_its_sign_beside_the_name_at_every_width(width: int) -> None:
    late, soon = replace(ROW, cpd=(date(2025, 1, 1),)), replace(ROW, cpd=(date(9999, 1, 1),))
    assert "◷" in drawn(width, late)
    assert cell_len(drawn(width, late)) == cell_len(drawn(width))
    assert drawn(width, soon) == drawn(width)


def test_a_wide_table_has_the_credits_of_the_first_qualification() -> None:
    assert " 8580-CERT 13/13 " in drawn(120)
    assert "8580-DIP" not in drawn(120)


def test_a_wider_table_has_those_of_two() -> None:
    assert " 8580-CERT 13/13 ✓, 8580-DIP 8/37" in drawn(160)


def test_a_narrow_table_has_no_qualifications() -> None:
    assert "8580" not in drawn(80)


def test_a_qualification_without_a_sheet_is_named_without_credits() -> None:
    row = CaseloadRow("AAA1", "AAA1", "R", ("8580-LOST",))
    assert row.progress == ("8580-LOST",)
    assert " 8580-LOST " in drawn(120, row)


NAMES = ("Rosalind Jones", "李文 (Li Wen)", "מרים כהן", "Ö" * 400, "李" * 400, "")
WIDTHS = (24, 39, 59, 79, 90, 99, 107, 119, 129, 149, 199)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("units", range(7))
def test_every_row_is_in_line_whatever_the_name_and_however_many_units(width: int, units: int) -> None:
    since = datetime(2026, 1, 3, tzinfo=UTC)
    own = tuple(
        UnitProgress(f"8580-50{number}", UnitState.MARKING, 2, 2, 7, (Due(Step.MARK, Person.ASSESSOR, since),))
        for number in range(units or 1)
    )
    lines = [drawn(width, replace(ROW, name=name, units=own)) for name in NAMES]
    assert {cell_len(line) for line in lines} == {cell_len(columns_for(width).header(Order.NAME))} == {width}
    decided = f" {2 * len(own)}/{7 * len(own)} "
    if columns_for(width).decided:
        assert len({cell_len(line[: line.index(decided)]) for line in lines}) == 1


def test_where_a_unit_does_not_fit_it_is_said_how_many_more_and_that_one_asks_for_a_person() -> None:
    states = (UnitState.CLOSED_PASS, UnitState.DECIDED, UnitState.CLOSED_PASS, UnitState.MARKING)
    units = tuple(UnitProgress(f"8580-50{number}", state, 3, 3, 3) for number, state in enumerate(states))
    assert " 500✓ 501= +2  " in drawn(79, replace(ROW, units=units))
    assert " 500✓ 501= +2! " in drawn(79, replace(ROW, units=(*units[:3], units[3]._replace(conflicts=1))))
    assert " 500✓ 501= 502✓ 503▸ " in drawn(90, replace(ROW, units=units))


def test_what_says_least_of_the_next_thing_to_do_goes_first() -> None:
    shown = [
        [
            title
            for title in ("Registration", "Qualification", "Units", "Decided", "Waiting for", "Since")
            if title in head
        ]
        for head in (columns_for(width).header(Order.NAME) for width in (120, 79, 64, 50, 40, 30))
    ]
    assert shown == [
        ["Registration", "Qualification", "Units", "Decided", "Waiting for", "Since"],
        ["Registration", "Units", "Decided", "Waiting for", "Since"],
        ["Units", "Decided", "Waiting for", "Since"],
        ["Units", "Waiting for"],
        ["Waiting for"],
        [],
    ]


def test_the_column_by_which_the_rows_are_sorted_has_a_sign() -> None:
    for order, title in {
        Order.NAME: "Learner▾",
        Order.REGISTRATION: "Registration▾",
        Order.WAITING: "Waiting for▾",
        Order.OPEN: "Decided▾",
    }.items():
        head = columns_for(79).header(order)
        assert title in head
        assert head.count("▾") == 1


def test_how_long_it_waits_is_told_with_the_day_where_there_is_room() -> None:
    due = (Due(Step.MARK, Person.ASSESSOR, datetime.now(UTC) - timedelta(days=3, hours=1)),)
    row = replace(ROW, units=(UnitProgress("8580-501", UnitState.MARKING, 2, 2, 7, due),))
    assert " to mark         3 d " in drawn(79, row)
    assert " 3 days " in drawn(107, row)
    assert f" 3 days    {due[0].since:%d %b %Y}" in drawn(150, row)


@pytest.mark.parametrize(
    ("more", "sign"),
    [
        ({}, "✓"),
        ({"due": (Due(Step.RESOLVE, Person.COORDINATOR, None),)}, "!"),
        ({"verification": VerificationState.NOT_AGREED}, "!"),
        ({"verification": VerificationState.STALE}, "≠"),
    ],
)
def test_a_unit_that_a_case_is_open_on_or_whose_verification_is_stale_bears_no_sign_of_a_pass(
    more: dict[str, Any], sign: str
) -> None:
    unit = UnitProgress("8580-501", UnitState.CLOSED_PASS, 3, 3, 3, **more)
    assert f"501{sign}" in drawn(100, replace(ROW, units=(unit,))).replace(" ", "")


async def test_while_nobody_is_read_yet_it_says_that_it_reads_and_not_that_nobody_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    refresh = Caseload.refresh

    def held_up(self: Caseload) -> Iterator[int]:
        go_on.wait(PATIENCE)
        yield from refresh(self)

    monkeypatch.setattr(Caseload, "refresh", held_up)
    places = places_in(tmp_path / "own")
    app = MarkTermApp(Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places), places)
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            await pilot.pause()
            told = str(app.caseload.query_one("#nobody", Static).render())
        finally:
            go_on.set()
        assert told.startswith("Reading the learners' files")


async def test_of_the_first_that_are_read_it_is_said_how_many_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    refresh = Caseload.refresh

    def held_up(self: Caseload) -> Iterator[int]:
        for number in refresh(self):
            yield number
            if number == 2:
                go_on.wait(PATIENCE)

    monkeypatch.setattr(Caseload, "refresh", held_up)
    monkeypatch.setattr(caseload_screen, "_FIRST_READ", 2)
    places = places_in(tmp_path / "own")
    app = MarkTermApp(Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places), places)
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            while not app.caseload.registrations:
                await pilot.pause()
            told = str(app.caseload.query_one("#totals", Static).render())
        finally:
            go_on.set()
        assert told.startswith("2 of 3 learners")
