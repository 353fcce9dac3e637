"""Area 4: a report as a table with bars, what lies behind a row of it, and the learner behind that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from markterm.centre.reports import AXES
from markterm.domain.record.event import Result
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.report import Column, Report, Row, Shape
from markterm.tui.reports.asking import Asking
from markterm.tui.reports.laid_out import LaidOut, laid_out
from markterm.tui.reports.words import NOTHING
from markterm.tui.widgets.how_far import Far
from tests.tui.sitting import WIDE, Sitting, sitting

COLUMNS = (
    Column("assessor", "assessor"),
    Column("assessor_name", "name"),
    Column("decided", "decided", Shape.COUNT),
    Column("rate", "rate", Shape.SHARE),
    Column("since", "since", Shape.DAY),
    Column("uids", "uids", shown=False),
)
ROWS = (
    Row(("asha", "Asha Patel", 1200, Fraction(1, 4), date(2026, 3, 2), "")),
    Row(("ben", "Ben Whitlock of a long name", 4, None, None, "")),
    Row(("tia", "Tia Lund", 9, Fraction(1, 4000), None, "")),
)


def laid(rows: tuple[Row, ...] = ROWS) -> LaidOut:
    return laid_out(Report("referrals", "Referrals", COLUMNS, rows, plotted="rate", over="assessor"))


def headings(width: int, *, plotted: bool = False) -> list[str]:
    return [each.column.heading for each in laid().in_cells(width, plotted=plotted).places]


def test_words_give_way_to_figures_and_at_last_figures_to_what_is_said_of_the_row() -> None:
    assert headings(80) == ["assessor", "name", "decided", "rate", "since"]
    assert headings(44) == ["assessor", "decided", "rate", "since"]
    lines = laid().in_cells(26)
    assert [each.column.heading for each in lines.places] == ["assessor", "decided", "rate"]
    assert [each.column.heading for each in lines.left_out] == ["since"]
    for width in range(10, 120):
        lines = laid().in_cells(width)
        taken = sum(each.width + lines.between for each in lines.places) - lines.between
        assert taken + (lines.between + lines.bar if lines.bar else 0) <= max(width, 8)


def test_bars_stand_beside_the_table_where_there_is_room_or_instead_of_the_other_figures() -> None:
    assert not laid().in_cells(80).bar
    assert laid().in_cells(120).bar == 40
    assert headings(80, plotted=True) == ["assessor", "name", "rate"]
    assert laid().in_cells(80, plotted=True).bar
    no_bars = replace(laid().report, plotted="")
    figures = [each.column.heading for each in laid_out(no_bars).in_cells(80, plotted=True).places]
    assert figures == [each.column.heading for each in laid_out(no_bars).in_cells(80).places]
    assert not laid(()).in_cells(120).bar


def test_the_longest_bar_is_the_largest_figure_and_a_little_is_not_nothing() -> None:
    assert [laid().bar(row, 20) for row in range(3)] == ["█" * 20, "", "▏"]
    assert laid().title_of_bars() == "rate, to 25 %"


def test_a_row_is_found_again_by_what_it_is_of_whatever_its_figures_are() -> None:
    again = Row(("ben", ROWS[1].cells[1], 99, Fraction(1), None, ""))
    assert laid().same(again) == 1
    assert laid(ROWS[:1]).same(again) is None


def test_what_is_asked_is_asked_of_every_report_that_can_be_asked_it() -> None:
    asking = Asking("agreement")
    asking.take(Asked((Axis.UNIT,), assessor="asha", verifier="ines"))
    asking.turn(list(AXES).index("referrals") - list(AXES).index("agreement"))
    assert asking.now == Asked((Axis.ASSESSOR,), assessor="asha")
    asking.take(Asked((Axis.MONTH,)))
    assert not asking.is_narrowed
    asking.turn(list(AXES).index("agreement") - list(AXES).index("referrals"))
    assert asking.now == Asked((Axis.UNIT,), verifier="ines")


def test_each_report_says_what_would_fill_it() -> None:
    assert NOTHING.keys() >= AXES.keys()


def marked(at: Sitting) -> None:
    """Two have decided, three times."""
    asha = at.as_other("asha")
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "It boils.")
    asha.marking.mark("AAA1", "T-101", "1.2", Result.REFER, "The pot is cold.")
    at.as_other("ben").marking.mark("BBB2", "T-101", "1.2", Result.REFER, "The pot is cold.")


async def until_report(at: Sitting, name: str) -> None:
    """Go on to that report."""
    for _ in AXES:
        if at.app.ways.reports.figures.asking.name == name:
            return
        await at.press("tab")
    raise AssertionError(f"no report is called {name}")


async def test_from_a_figure_to_the_decisions_behind_it_to_the_learner_and_back_to_the_same_line(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path) as at:
        marked(at)
        await at.press("4")
        await until_report(at, "referrals")
        await at.shows("asha Asha Patel 2 1 50 %")
        await at.press("b", "j", "j", "enter")
        await at.shows("T-101 1.2 2 2 100 %")
        await at.press("j", "enter")
        assert "1 of 2: refer" in at.text
        await at.press("j")
        assert "▸ BBB2" in at.text
        await at.press("enter")
        await at.opened("BBB2")
        assert at.at == "T-101 1.2"
        await at.press("q")
        await at.shows("2 of 2: refer")
        assert "▸ BBB2" in at.text
        await at.press("q")
        await at.shows("▸ T-101 1.2")
        await at.press("q")
        assert type(at.app.screen).__name__ == "CaseloadScreen"


@pytest.mark.long
async def test_what_lies_behind_a_figure_is_narrowed_to_what_it_says(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        marked(at)
        await at.press("4")
        await until_report(at, "referrals")
        await at.press("enter")
        await at.shows("1 of 2: pass")
        await at.press("o", "end", "enter")
        await at.shows("1 of 1 refer: refer")
        await at.press("o", "enter")
        await at.shows("of 2: refer")


@pytest.mark.long
async def test_what_lies_behind_a_row_that_is_gone_is_not_taken_for_that_of_another(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        marked(at)
        await at.press("4")
        await until_report(at, "referrals")
        await at.press("end", "enter")
        await at.shows("1 of 1: refer")
        at.as_other("ben").marking.withdraw("BBB2", "T-101", "1.2", "wrong row")
        await at.press("ctrl+r")
        await at.shows("asha Asha Patel 2 1 50 %")
        assert not at.app.ways.reports.figures.is_behind


@pytest.mark.long
async def test_a_report_is_narrowed_and_everything_is_shown_again(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        marked(at)
        await at.press("4")
        await until_report(at, "referrals")
        await at.press("a", "j", "j", "enter")
        await at.shows("a assessor ben")
        assert "asha" not in at.text.replace("as asha", "")
        await at.press("u", "end", "enter")
        await at.shows("Nothing of that was recorded. c shows everything.")
        await at.press("c")
        await at.shows("asha Asha Patel 2 1 50 %")
        await at.press("p")
        assert "rate, to 100 %" in at.text
        assert "resubmitted" not in at.text
        await at.press("n")
        await at.shows("Resubmitted: what was decided at a second attempt")


@pytest.mark.long
async def test_without_anything_recorded_every_report_says_what_fills_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE) as at:
        await at.press("4")
        for name in AXES:
            await until_report(at, name)
            said = NOTHING[name].split("{")[0].split(".")[0]
            if name != "workload":
                await at.shows(said)


@pytest.mark.long
async def test_reading_the_records_can_be_stopped_and_what_was_made_before_stays(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        marked(at)
        await at.press("4")
        await until_report(at, "referrals")
        await at.shows("asha Asha Patel 2 1 50 %")
        figures = at.app.ways.reports.figures
        figures.say_doing(Far("read", 250, 10_000))
        assert "read 250" not in at.text, "it is done"
        figures.is_looking = True
        figures.say_doing(Far("read", 250, 10_000))
        await at.settled()
        assert "read 250 of 10,000 records" in at.lines[-2]
        await at.press("escape")
        assert "read 250" not in at.text
        assert "Asha Patel" in at.text
        await at.press("escape")
        assert type(at.app.screen).__name__ == "CaseloadScreen"


async def test_who_is_marked_blind_is_not_named_behind_a_figure(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, blind=True) as at:
        marked(at)
        await at.press("4")
        await until_report(at, "referrals")
        await at.press("enter")
        await at.shows("1 of 2")
        assert "AAA1" not in at.text
        assert "Learner" in at.text
