"""New work at the screen: opened first, recorded as opened, and taken when it comes meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.opening import Opened
from markterm.domain.record.event import Result
from markterm.domain.views.caseload import NOBODYS
from markterm.tui.caseload.watching import Watching
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import Sitting, on_disk, sitting


def _opened(at: Sitting) -> list[list[str]]:
    """The names of the files of each entry that evidence was opened."""
    said = (said_in(event, Opened) for event in on_disk(at.folder, "AAA1"))
    return [list(each.files) for each in said if each is not None]


async def test_opening_a_learner_is_recorded_once_for_what_was_shown(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1", notices=True) as at:
        await at.until(lambda: len(_opened(at)) == 1)
        await at.press("q", "enter")
        await at.opened("AAA1")
        await at.settled()
        assert len(_opened(at)) == 1
        assert "added to this portfolio" not in at.text


async def test_what_comes_meanwhile_is_told_taken_by_a_key_and_shown_first_the_next_time(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1", notices=True) as at:
        await at.until(lambda: len(_opened(at)) == 1)
        evidence = at.folder / "learners" / "AAA1" / "evidence"
        (evidence / "zebra.md").write_text("# Stripes\n\nI groomed the zebra.\n", "utf-8")
        await at.until(lambda: "new zebra.md" in at.text)
        assert "1 file changed here: w" in at.text
        await at.press("p", "w")
        await at.until(lambda: "I groomed the zebra" in at.text)
        await at.until(lambda: _opened(at)[1:] == [["zebra.md"]])
        await at.press("u")
        assert at.events()[-1].kind == "withdrawn", "what is taken back is the mark, and not that files were opened"
        assert "changed here" not in at.text
        (evidence / "yak.md").write_text("# Wool\n\nI sheared the yak.\n", "utf-8")
        await at.press("q", "enter")
        await at.opened("AAA1")
        await at.until(lambda: "I sheared the yak" in at.text)


@pytest.mark.long
async def test_whoever_reads_a_file_that_changes_stays_at_the_place_in_it(tmp_path: Path) -> None:
    def long_diary(folder: Path) -> Path:
        centre = make_centre_in(folder)
        paragraphs = "\n\n".join(f"On day {day} I groomed a horse." for day in range(200))
        (centre / "learners" / "AAA1" / "evidence" / "diary.md").write_text(paragraphs, "utf-8")
        return centre

    async with sitting(tmp_path, make=long_diary, learner="AAA1", notices=True) as at:
        await at.until(lambda: "I groomed" in at.text)
        reader = at.app.marking.work.reader
        reader.pane.go_to_line(300)
        await at.until(lambda: "On day 150 " in at.text)
        evidence = at.folder / "learners" / "AAA1" / "evidence"
        (evidence / "aardvark.md").write_text("I groomed the aardvark.", "utf-8")
        with (evidence / "diary.md").open("a", encoding="utf-8") as diary:
            diary.write("\n\nMore.\n")
        await at.until(lambda: "2 files changed here: w" in at.text)
        await at.press("w")
        await at.until(lambda: _opened(at)[1:] == [["aardvark.md", "diary.md"]])
        await at.settled()
        assert "On day 150 " in at.text


@pytest.mark.long
async def test_a_verifier_opens_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1", member="ines") as at:
        await at.settled()
        assert _opened(at) == []


@pytest.mark.long
async def test_the_caseload_shows_what_comes_while_it_is_looked_at_and_finds_it(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        for learner in ("AAA1", "BBB2", "CCC3"):
            centre = at.as_other("asha")
            centre.new_work.opened(learner, centre.evidence.listed(learner).files)
        await at.until(lambda: "✱" not in at.text)
        (at.folder / "learners" / "AAA1" / "evidence" / "zebra.md").write_text("stripes", "utf-8")
        await at.until(lambda: "Rosalind Jones ✱" in at.text or "Jones ✱" in at.text.replace("  ", ""))
        await at.press("slash")
        await at.type("state:new")
        assert "1 of 3 learners" in at.text


def test_a_record_that_belongs_to_nobody_stays_so_while_the_caseload_is_watched(tmp_path: Path) -> None:
    centre = Centre.open(make_centre_in(tmp_path / "centre"), member="asha", places=places_in(tmp_path / "own"))
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    shutil.rmtree(tmp_path / "centre" / "learners" / "AAA1")
    rows = centre.caseload.now()
    assert [row.folder for row in rows if row.problem == NOBODYS] == ["AAA1"]
    watching = Watching(centre.caseload, centre.answering)
    assert not any(watching.look(rows, rows) for _ in range(len(rows)))
    assert centre.caseload.rows == rows
    centre.close_down()


def _limited(folder: Path) -> Path:
    """A centre in which an assessor sees those who are assigned to them."""
    centre = make_centre_in(folder)
    with (centre / "centre.toml").open("a", encoding="utf-8") as toml:
        toml.write('\n[visibility]\nassessors = ["assigned"]\n')
    return centre


@pytest.mark.long
async def test_before_the_first_learner_is_open_nobodys_files_are_looked_at(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_limited) as at:
        await at.app.push_screen(at.app.marking)
        await at.app.marking.look_at_files()
        assert at.app.fault is None


@pytest.mark.long
async def test_a_learner_who_is_given_to_somebody_else_while_they_are_open_ends_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_limited, learner="AAA1") as at:
        await at.until(lambda: len(_opened(at)) == 1)
        sheet = at.folder / "learners" / "AAA1" / "learner.md"
        sheet.write_text(sheet.read_text("utf-8").replace("assessor: asha", "assessor: ben"), "utf-8")
        at.app.centre.caseload.now()
        await at.app.marking.look_at_files()
        at.app.marking.work.reader.list_again()
        await at.press("ctrl+f")
        await at.type("tea")
        await at.settled()
        assert at.app.fault is None
        assert "Nobody here is AAA1" in at.text
