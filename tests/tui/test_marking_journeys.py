"""Whole pieces of work at the screen, with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.record.event import Kind
from tests.tui.sitting import NARROW, WIDE, sitting

SIZES = pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])


@SIZES
async def test_a_unit_is_marked_closed_and_seen_in_the_caseload(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size) as at:
        assert "0/5" in next(line for line in at.lines if "AAA1" in line)
        await at.press("slash")
        await at.type("jones")
        await at.press("enter", "enter")
        await at.opened("AAA1")
        assert at.at == "T-101 1.1"

        await at.press("p")
        assert at.decided() == ["1.1 pass"]
        assert at.at == "T-101 1.2"
        await at.press("r")
        await at.type("the pot is cold")
        await at.press("enter")
        assert at.decided() == ["1.1 pass", "1.2 refer"]
        assert at.events()[-1].body["note"] == "the pot is cold"
        await at.press("p")
        assert at.decided() == ["1.1 pass", "1.2 refer", "2.1 pass"]
        assert at.at == "T-101 2.1", "the next unit is not begun unasked"
        assert any("All of T-101 is decided" in told for told in at.told)

        await at.press("F")
        assert any("declared attempt 1 to be their own work" in told for told in at.told)
        await at.press("D", "enter", "enter", "F")
        assert "Close T-101 as REFER" in at.text
        await at.type("Warm the pot first.")
        await at.press("enter")
        closed = at.events()[-1]
        assert (closed.kind, closed.body["outcome"]) == (Kind.CLOSED, "refer")
        assert "✗ refer" in next(line for line in at.lines if "T-101" in line)

        await at.press("q")
        await at.settled()
        row = next(line for line in at.lines if "AAA1" in line)
        assert "3/5" in row
        assert "101✗" in row or "101 ✗" in row


async def test_q_in_the_caseload_leaves(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("q")
        assert at.app._exit
