"""A graded unit at the screen: the level beside the number, what is reached in the head, and no note asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from tests.graded import make_graded_centre_in
from tests.tui.sitting import NARROW, sitting


async def test_a_graded_unit_is_marked_and_closed_with_what_it_reached(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="GRD1", make=make_graded_centre_in) as at:
        await at.shows("no pass so far")
        await at.press("p", "p")
        await at.until(lambda: "G-1 A.M1  merit" in at.text)
        await at.shows("r not achieved")
        await at.until(lambda: any("LO1" in line and line.count("A pass") for line in at.text.split("\n")))
        await at.press("r")
        await at.shows("refers nobody")
        await at.press("enter")
        await at.shows("○ not achieved")
        await at.press("p", "p", "p", "p")
        await at.shows("to close; pass so far")
        await at.press("D", "enter", "enter", "F")
        await at.shows("Close G-1 as PASS")
        await at.shows("For a higher grade: A.M1 not achieved.")


@pytest.mark.long
async def test_a_conflict_on_a_merit_is_settled_as_not_achieved_without_a_note(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="GRD1", make=make_graded_centre_in) as at:
        for result in (Result.PASS, Result.REFER):
            at.as_other("asha").marking.mark("GRD1", "G-1", "A.M1", result, shown=OPEN_CRITERION)
        await at.press("j", "j")
        await at.shows("! conflict")
        await at.press("r")
        await at.shows("Settle as not achieved G-1 A.M1")
        assert "Why not achieved?" in " ".join(at.text.split())
        await at.type("read again together")
        await at.press("enter")
        await at.shows("○ not achieved")
        assert at.events("GRD1")[-1].body["note"] == ""
