"""Learners come and leave, from the caseload with the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.sitting import sitting


def register(tmp_path: Path, lines: str) -> None:
    (tmp_path / "register.csv").write_text(f"ENR,Name,DOB\n{lines}", "utf-8")


async def test_a_register_is_looked_at_and_taken_and_who_is_new_is_in_the_caseload(tmp_path: Path) -> None:
    register(tmp_path, 'NEW1,"Lee, Ann",\nAAA1,Rosalind Jones,1/2/1990\nNEW2,,\nBBB2,Nneka Okafor,\n')
    async with sitting(tmp_path) as at:
        await at.press("N", "j", "enter")
        await at.type(str(tmp_path / "register.csv"))
        await at.press("enter")
        await at.until(lambda: "A register: 1 new, 1 changed, 1 as they are, 1 not taken" in at.text)
        assert "NEW2" in at.text
        assert "it has no name" in at.text
        shown = at.text.count("Nneka Okafor")
        await at.press("f")
        assert at.text.count("Nneka Okafor") == shown - 1
        await at.press("f", "enter")
        assert "Yes, register 1 learner" in at.text
        await at.press("j", "enter")
        await at.until(lambda: "1 learner registered, 0 files changed." in at.text)
        await at.until(lambda: "Ann Lee" in at.text and "4 learners" in at.text)


@pytest.mark.long
async def test_a_register_that_cannot_be_read_is_told_in_the_form_and_the_words_stay(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text("one,two\n1,2\n", "utf-8")
    async with sitting(tmp_path) as at:
        await at.press("N", "j", "enter")
        await at.type(str(tmp_path / "register.csv"))
        await at.press("enter")
        await at.until(lambda: "No line names the columns" in at.text)
        assert "register.csv" in at.text
        await at.press("escape")


@pytest.mark.long
async def test_a_learner_is_registered_by_hand(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("N", "enter")
        await at.type("Tom Ash")
        await at.press("enter")
        await at.until(lambda: "no registration" in at.text)
        await at.press("tab")
        await at.type("TOM1")
        await at.press("enter")
        await at.until(lambda: "TOM1 Tom Ash is registered" in at.text)
        await at.until(lambda: "4 learners" in at.text)


async def test_who_left_is_not_shown_until_that_is_asked_for_and_comes_back(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("L", "enter", "tab")
        await at.type("Moved away.")
        await at.press("enter")
        await at.until(lambda: "1 who left is not shown" in at.text)
        await at.press("slash")
        await at.type("state:left")
        await at.press("enter")
        await at.until(lambda: "left on" in at.text)
        await at.press("L", "enter", "enter")
        await at.press("escape")
        await at.until(lambda: "not shown" not in at.text and "3 learners" in at.text)
