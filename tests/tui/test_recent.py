"""The decisions made last, across the caseload: opened and withdrawn from one list."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.record.event import Kind, Result
from markterm.tui.requests import OpenLearner
from tests.tui.sitting import NARROW, WIDE, sitting
from tests.tui.test_marking_promises import line_of


async def test_the_lists_over_several_learners_say_that_a_record_is_incomplete(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        at.as_other("ben").marking.mark("BBB2", "T-101", "1.2", Result.REFER, "The pot is cold.")
        (segment,) = (at.folder / "records" / "BBB2").glob("*.log")
        segment.write_bytes(segment.read_bytes().replace(b"is cold", b"is warm"))
        await at.press("ctrl+r")
        await at.until(lambda: any("incomplete" in row.problem for row in at.app.centre.caseload.rows))
        await at.press("ctrl+p")
        await at.type("recent decisions")
        await at.press("enter")
        await at.until(lambda: "Decisions may be missing:" in at.text and "1 record is incomplete." in at.text)
        await at.press("escape")
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        await at.press("h")
        await at.until(lambda: "Decisions may be missing: 1 record is incomplete." in " ".join(at.text.split()))


@pytest.mark.long
async def test_in_a_wide_terminal_a_recent_decision_names_the_learner(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE) as at:
        at.as_other("asha").marking.mark("AAA1", "T-101", "1.1", Result.PASS, "It boils.")
        await at.press("ctrl+r")
        await at.settled()
        await at.app.action_do("app.recent")
        await at.until(lambda: "It boils" in at.text)
        (row,) = [line for line in at.lines if "It boils" in line]
        assert "AAA1        Rosalind Jones        T-101 1.1" in row


@pytest.mark.long
async def test_a_recent_decision_is_opened_and_withdrawn_from_the_list(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        asha = at.as_other("asha")
        asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "It boils.")
        at.as_other("ben").marking.mark("BBB2", "T-101", "1.2", Result.REFER, "The pot is cold.")
        await at.press("ctrl+r")
        await at.settled()
        await at.press("ctrl+p")
        await at.type("recent decisions")
        await at.press("enter")
        await at.until(lambda: "of everybody" in at.text and "The pot" in at.text)
        rows = [line for line in at.lines if "T-101" in line]
        assert ["BBB2" in rows[0], "AAA1" in rows[1]] == [True, True]
        await at.press("m")
        await at.until(lambda: "your own" in at.text and "BBB2" not in at.text)
        await at.press("u")
        await at.type("wrong learner")
        await at.press("enter")
        await at.until(lambda: "You have decided nothing yet. m shows" in at.text)
        assert at.events()[-1].kind == Kind.WITHDRAWN
        await at.press("m")
        await at.until(lambda: "BBB2" in at.text)
        await at.press("enter")
        await at.opened("BBB2")
        assert at.at == "T-101 1.2"


@pytest.mark.long
async def test_what_is_withdrawn_from_the_list_is_withdrawn_where_the_learner_is_open(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        await at.press("p", "ctrl+p")
        await at.type("recent decisions")
        await at.press("enter")
        await at.until(lambda: "T-101 1.1" in at.text and "of everybody" in at.text)
        await at.press("u")
        await at.type("wrong learner")
        await at.press("enter")
        await at.until(lambda: at.events()[-1].kind == Kind.WITHDRAWN)
        await at.press("escape")
        await at.until(lambda: "What you recorded elsewhere is shown here now." in at.told)
        assert "· open" in line_of(at, "1.1")
