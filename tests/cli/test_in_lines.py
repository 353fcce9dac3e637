"""MARKTERM_LINES: every table in lines, one thing a line, and nothing drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.cli.output import columns
from tests.assignments import add_assignment, register
from tests.cli.conftest import Ask

ASHA = ("--as", "asha")

pytestmark = pytest.mark.usefixtures("centre")


@pytest.fixture
def in_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKTERM_LINES", "1")


@pytest.mark.usefixtures("in_lines")
def test_each_cell_of_a_table_has_a_line_behind_its_heading(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    told = ask("status", "rosalind").out.splitlines()
    assert "Registration: AAA1" in told
    assert "  Learner: Rosalind Jones" in told
    assert next(line for line in told if line.startswith("  Units: ")).startswith("  Units: 101 ▸ 1/3")
    assert max(line.count("  ") for line in told) <= 1, "nothing is in columns"


@pytest.mark.usefixtures("in_lines")
def test_no_cell_of_a_matrix_stands_without_its_task_and_its_unit(ask: Ask, centre: Path) -> None:
    add_assignment(centre)
    register(centre, "AAA1", units="[]", assignments="[T-IA]")
    told = ask("matrix", "T-IA").out.splitlines()
    tasks = [number for number, line in enumerate(told) if line.startswith("Task: ")]
    assert len(tasks) == 2
    assert all(line.startswith("  T-10") for line in told[tasks[0] + 1 : tasks[1]])


def test_a_list_without_headings_has_its_cells_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("AAA1", "Rosalind", ""), ("B", "", "x")]
    assert columns(rows) == ["AAA1  Rosalind", "B               x"]
    monkeypatch.setenv("MARKTERM_LINES", "1")
    assert columns(rows) == ["AAA1, Rosalind", "B, x"]
    assert columns([("Who", "What", ""), *rows], headed=True) == ["", "Who: AAA1\n  What: Rosalind", "Who: B\n  x"]
    monkeypatch.setenv("MARKTERM_LINES", "0")
    assert columns(rows) == ["AAA1  Rosalind", "B               x"]


@pytest.mark.usefixtures("in_lines")
def test_nothing_is_drawn_also_at_a_terminal(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    from markterm.cli.output import draws, runs_bars

    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    assert (draws(), runs_bars()) == (False, False)
    assert ask("progress", "AAA1").code == 0
    monkeypatch.delenv("MARKTERM_LINES")
    assert (draws(), runs_bars()) == (True, True)


def test_where_no_screen_can_be_shown_it_is_said_how_one_works_without(ask: Ask) -> None:
    assert "--interactive" in ask("open").err
