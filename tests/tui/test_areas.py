"""The four areas of work: each one key away, and what was open in one is there when one comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.tui.requests import OpenLearner, OpenSample
from tests.centres import make_centre_in
from tests.tui.sitting import Sitting, sitting


def shown(at: Sitting) -> list[str]:
    """The screens, the one that is seen last."""
    return [type(screen).__name__.removesuffix("Screen") for screen in at.app.screen_stack]


async def test_each_area_is_one_key_away_from_each(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        areas = {"1": "Caseload", "2": "Marking", "3": "Samples", "4": "Reports"}
        for key in "31413234212431":
            await at.press(key)
            assert shown(at) == ["Caseload", *([areas[key]] if key != "1" else [])]


@pytest.mark.long
async def test_the_lists_of_verifying_are_gone_through_with_one_key_and_keep_their_place(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("3")
        assert at.app.ways.samples.pane.NAME == "Queue"
        await at.press("tab")
        assert at.app.ways.samples.pane.NAME == "Plan"
        await at.press("shift+tab", "shift+tab")
        assert at.app.ways.samples.pane.NAME == "Actions"
        await at.press("4", "3")
        assert at.app.ways.samples.pane.NAME == "Actions"
        await at.press("q")
        assert shown(at) == ["Caseload"]


@pytest.mark.long
async def test_who_was_opened_from_a_list_of_verifying_is_left_to_that_list(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("3")
        await at.app.answer(OpenSample("AAA1", "T-101"))
        assert shown(at) == ["Caseload", "Samples", "Sample"]
        await at.press("q")
        await at.app.answer(OpenLearner("AAA1", ("T-101", "1.2")))
        await at.opened("AAA1")
        assert shown(at) == ["Caseload", "Samples", "Marking"]
        await at.press("q")
        assert shown(at) == ["Caseload", "Samples"]
        await at.app.answer(OpenSample("AAA1", "T-101"))
        await at.press("3")
        assert shown(at) == ["Caseload", "Samples"]
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        await at.press("1")
        assert shown(at) == ["Caseload"]


@pytest.mark.long
async def test_whoever_assesses_begins_at_the_caseload_also_where_they_verify(tmp_path: Path) -> None:
    def make(path: Path) -> Path:
        toml = make_centre_in(path) / "centre.toml"
        toml.write_text(toml.read_text("utf-8").replace('["verifier"]', '["assessor", "verifier"]'), "utf-8")
        return path

    async with sitting(tmp_path, member="ines", make=make) as at:
        assert shown(at) == ["Caseload"]
        await at.press("3")
        assert shown(at) == ["Caseload", "Samples"]
