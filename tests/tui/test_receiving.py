"""Work that comes in, from the caseload with the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.sitting import sitting


async def test_a_download_is_looked_at_a_person_says_whose_a_file_is_and_it_is_taken(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    for name in ("AAA1 plan.md", "okafor log.md", "scan.md"):
        (shared / name).write_text(name, "utf-8")
    async with sitting(tmp_path) as at:
        await at.press("R")
        await at.type(str(shared))
        await at.press("enter")
        await at.until(lambda: "What came in: 3 files: 1 sure, 1 likely, 1 nobody's" in at.text)
        await at.press("f", "j", "t")
        await at.type("nobody here")
        await at.press("enter")
        await at.until(lambda: "No such learner" in at.text)
        await at.press(*["backspace"] * 11)
        await at.type("CCC3")
        await at.press("enter")
        await at.until(lambda: "2 sure, 1 likely, 0 nobody's" in at.text)
        await at.press("enter", "j", "enter")
        await at.until(lambda: "2 files of 2 learners received." in at.text)
    learners = next(tmp_path.rglob("learners"))
    assert (learners / "CCC3/evidence/scan.md").read_text("utf-8") == "scan.md"
    assert (learners / "AAA1/evidence/AAA1 plan.md").exists()
    assert not (learners / "BBB2/evidence/okafor log.md").exists()


@pytest.mark.long
async def test_one_answer_does_for_all_files_of_which_the_download_says_the_same(tmp_path: Path) -> None:
    shared = tmp_path / "shared" / "Ada Moss_9_assignsubmission_file_"
    shared.mkdir(parents=True)
    for name in ("plan.md", "log.md", "diary.md"):
        (shared / name).write_text(name, "utf-8")
    async with sitting(tmp_path) as at:
        await at.press("R")
        await at.type(str(shared.parent))
        await at.press("enter")
        await at.until(lambda: "0 sure, 0 likely, 3 nobody's" in at.text)
        await at.press("t")
        await at.type("CCC3")
        await at.press("enter")
        await at.until(lambda: "Of 2 other files the same is said" in at.text)
        await at.press("j", "enter")
        await at.until(lambda: "3 sure, 0 likely, 0 nobody's" in at.text)


@pytest.mark.long
async def test_a_download_that_is_not_there_is_told_in_the_form(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("R")
        await at.type("nowhere")
        await at.press("enter")
        await at.until(lambda: "No such download" in at.text)
