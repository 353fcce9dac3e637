"""Nothing is lost, nothing is silently changed: what holds at the screen whatever happens."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import threading
from pathlib import Path

import pytest
from textual.events import MouseScrollDown
from textual.widgets import TextArea

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.record.event import Kind
from markterm.system import platform
from markterm.tui.desk import Desk
from markterm.tui.marking.screen import MarkingScreen
from markterm.tui.requests import OpenLearner
from markterm.tui.widgets.criteria_list import CriteriaList
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.writing import WritingScreen
from tests.at_length import at_length
from tests.centres import make_centre_in
from tests.pace import PATIENCE
from tests.tui.sitting import NARROW, WIDE, Sitting, on_disk, sitting

LONG_UNIT = (
    "---\nkind: unit\ncode: T-101\ntitle: Many Cups\nversion: 2026-01\n---\n\n# T-101 Many Cups\n\n## LO1 Pour\n\n"
)


def with_a_long_unit(path: Path) -> Path:
    """A centre whose first unit has thirty criteria."""
    make_centre_in(path)
    criteria = "".join(f"- **1.{number}** Pour cup {number}\n" for number in range(1, 31))
    (path / "mark_sheets" / "units" / "T-101.md").write_text(LONG_UNIT + criteria, "utf-8")
    return path


def line_of(at: Sitting, number: str) -> str:
    """The line of a criterion of the first unit in the list of criteria."""
    return next(line[:27] for line in at.lines if f" {number} " in line[:27])


# Nothing is lost


@pytest.mark.parametrize("verb", ["p", "r", "u", "U", "F", "D"])
async def test_whatever_the_screen_shows_is_on_the_disk_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        at.as_other("asha").attempts.declare("AAA1", "signed sheet")
        await at.press("p", "p", "p", "k")
        if verb == "p":
            await at.press("end")
        taken: list[int] = []

        def take(desk: Desk, shown: LearnerPortfolio) -> None:
            last = shown.portfolio.last
            assert last is not None
            assert on_disk(at.folder, "AAA1")[-1] == last
            taken.append(1)
            _take(desk, shown)

        _take = Desk.take
        monkeypatch.setattr(Desk, "take", take)
        before = len(at.events())
        await at.press(verb)
        if verb in "rUF":
            await at.type("because")
        if verb not in "pu":
            await at.press("enter")
        if verb == "D":
            await at.press("enter")
        # A closing fixes the evidence first.
        await at.until(lambda: len(at.events()) == before + (2 if verb == "F" else 1))
        await at.until(lambda: bool(taken))


async def test_a_mark_is_not_shown_before_the_disk_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, let_go = threading.Event(), threading.Event()
    sync = platform.sync_file

    def held_back(descriptor: int) -> None:
        reached.set()
        assert let_go.wait(PATIENCE)
        sync(descriptor)

    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p")
        monkeypatch.setattr(platform, "sync_file", held_back)
        pressed = asyncio.create_task(at.burst("p"))
        assert await asyncio.to_thread(reached.wait, PATIENCE)
        await asyncio.sleep(0.1)
        assert "· open" in line_of(at, "1.2")
        assert at.at == "T-101 1.2"
        let_go.set()
        await pressed
        assert "✓ pass" in line_of(at, "1.2")
        assert at.decided() == ["1.1 pass", "1.2 pass"]


async def test_every_keypress_of_a_burst_is_recorded_once_and_in_order(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_a_long_unit, learner="AAA1") as at:
        await at.burst(*"p" * 20)
        assert at.decided() == [f"1.{number} pass" for number in range(1, 21)]
        assert len({event.uid for event in at.events()}) == 20
        assert at.at == "T-101 1.21"


async def test_a_burst_of_referral_notes_and_marks_does_what_slow_typing_does(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_a_long_unit, learner="AAA1") as at:
        await at.burst("p", "r", *"pu")
        await at.burst("r", "enter", "p", "r")
        await at.burst(*"up", "enter", "p")
        assert at.decided() == ["1.1 pass", "1.2 refer", "1.3 pass", "1.4 refer", "1.5 pass"]
        assert [event.body["note"] for event in at.events()] == ["", "pur", "", "up", ""]


async def test_enter_pressed_twice_records_once(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.burst("r", *"col")
        await at.burst("d", "enter", "enter", "escape")
        assert at.decided() == ["1.1 refer"]
        assert at.app.screen is at.app.marking
        await at.press("k", "r")
        assert at.app.screen.query_one(NoteField).text == "cold", "the note that stands, and no draft"


async def test_lines_that_a_terminal_pastes_as_if_typed_are_text_and_mark_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        await at.burst(*"cold", "enter", *"proper reports please")
        assert at.decided() == []
        assert at.app.screen.query_one(NoteField).text == "cold\nproper reports please"
        await at.press("enter")
        assert at.decided() == ["1.1 refer"]


async def test_the_mark_that_was_just_made_is_withdrawn_from_where_the_cursor_went(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p")
        assert at.at == "T-101 1.2"
        await at.press("u")
        assert at.at == "T-101 1.1"
        assert at.events()[-1].kind == "withdrawn"
        assert at.events()[-1].subject.criterion == "1.1"


async def test_a_mark_after_the_key_for_the_next_learner_is_the_next_learners(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.burst("enter", "p", "greater_than_sign", "p")
        await at.burst("q", "k", "enter", "p")
        assert at.decided("BBB2") == ["1.1 pass", "1.2 pass"]
        assert at.decided("AAA1") == ["1.2 pass"]


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])
async def test_enter_wheel_and_click_never_mark(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        criteria = at.app.marking.query_one(CriteriaList)
        await at.press("enter")
        criteria.post_message(MouseScrollDown(criteria, 1, 1, 0, 1, 0, False, False, False))
        for y in (0, 2, 3, 3, 3):
            await at.pilot.click(CriteriaList, offset=(4, y))
        await at.press("tab", "enter", "tab", "enter")
        assert at.events() == ()
        assert at.app.screen is at.app.marking


async def test_escape_leaves_the_criterion_as_it_was_and_the_words_are_there_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        await at.type("the pot")
        await at.press("escape")
        assert at.events() == ()
        assert "· open" in line_of(at, "1.1")
        assert at.at == "T-101 1.1"
        await at.press("r")
        assert at.app.screen.query_one(TextArea).text == "the pot"
        await at.type(" is cold")
        await at.press("enter")
        assert at.events()[-1].body["note"] == "the pot is cold"
        await at.press("k", "r")
        assert at.app.screen.query_one(TextArea).text == "the pot is cold"


@pytest.mark.parametrize("key", at_length(["r", "n", "F"]))
async def test_a_note_that_was_being_written_when_the_terminal_died_is_there_again(tmp_path: Path, key: str) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        if key == "F":
            await at.press("p", "p", "p", "k", "D", "enter", "enter")
        await at.press(key)
        await at.type("half a sente")
        # Nothing is said to the app any more: the next one finds what the disk has.
        async with sitting(tmp_path, learner="AAA1") as again:
            if key == "F":
                await again.press("k")
            await again.press("home", key)
            assert again.app.screen.query_one(TextArea).text == "half a sente"


async def test_a_full_disk_is_said_loudly_and_the_note_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        with monkeypatch.context() as disk:
            disk.setattr(platform, "sync_file", _full)
            await at.press("r")
            await at.type("cold")
            await at.press("enter")
            assert "Not saved" in at.text
            assert "Free some space" in at.text
            assert at.app.screen.query_one(TextArea).text == "cold"
            await at.press("escape")
            assert "· open" in line_of(at, "1.1")
            await at.press("r")
            assert at.app.screen.query_one(TextArea).text == "cold"
        await at.press("enter")
        assert isinstance(at.app.screen, MarkingScreen)
        assert at.events()[-1].body["note"] == "cold"
        assert "✗ refer" in line_of(at, "1.1")


async def test_a_pass_that_was_not_saved_is_said_loudly_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("n")
        await at.type("good")
        await at.press("enter")
        with monkeypatch.context() as disk:
            disk.setattr(platform, "sync_file", _full)
            await at.press("p")
            assert "Not saved" in at.text
            assert "No space left on device" in at.text
            await at.press("p", "p", "escape")
            assert at.at == "T-101 1.1"
            assert "· open" in line_of(at, "1.1")
        await at.press("p")
        assert at.decided()[-1] == "1.1 pass"
        assert at.events()[-1].body["note"] == "good"
        assert "✓ pass" in line_of(at, "1.1")


def _full(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


async def test_not_saved_is_said_also_when_the_learner_went_away_with_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:

        def gone(_descriptor: int) -> None:
            shutil.rmtree(at.folder / "learners")
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        monkeypatch.setattr(platform, "sync_file", gone)
        await at.press("p")
        assert "Not saved" in at.text


async def test_a_learner_who_cannot_be_opened_leaves_no_other_in_their_place(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.press("enter")
        await at.opened("BBB2")
        await at.press("q", "j")
        (at.folder / "learners" / "AAA1" / "learner.md").unlink()
        await at.burst("enter", "p")
        assert any("A learner's file is missing" in told for told in at.told)
        assert at.app.screen is at.app.caseload
        assert at.events("BBB2") == ()


async def test_a_learner_with_another_name_keeps_the_record(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        file = at.folder / "learners" / "AAA1" / "learner.md"
        file.write_text(file.read_text("utf-8").replace("Rosalind Jones", "Rosalind Smith"), "utf-8")
        await at.press("p")
        assert "Rosalind Smith" in at.text
        assert at.decided() == ["1.1 pass"]


async def test_a_damaged_record_is_said_and_can_be_opened(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "p")
    segment = next((tmp_path / "centre" / "records" / "AAA1").glob("*.log"))
    segment.write_bytes(segment.read_bytes()[:-30])
    async with sitting(tmp_path) as at:
        assert "record incomplete" in next(line for line in at.lines if "AAA1" in line)
        await at.press("j", "enter")
        await at.opened("AAA1")
        assert "record incomplete" in at.lines[0]
        assert "✓ pass" in line_of(at, "1.1")
        await at.press("p")
        assert at.decided() == ["1.1 pass", "1.2 pass"]
        await at.press("greater_than_sign")
        await at.opened("CCC3")
        await at.press("less_than_sign")
        await at.opened("AAA1")


async def test_a_unit_of_an_incomplete_record_is_not_closed_and_nothing_is_typed_for_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "p", "p")
    segment = next((tmp_path / "centre" / "records" / "AAA1").glob("*.log"))
    whole = segment.read_bytes()
    segment.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    async with sitting(tmp_path, learner="AAA1") as at:
        assert "record incomplete" in at.lines[0]
        await at.press("p", "F")
        assert any("The record is incomplete" in told for told in at.told)
        assert not isinstance(at.app.screen, WritingScreen)


async def test_a_unit_without_a_mark_sheet_is_said(tmp_path: Path) -> None:
    (make_centre_in(tmp_path / "centre") / "mark_sheets" / "units" / "T-102.md").unlink()
    async with sitting(tmp_path, learner="AAA1") as at:
        assert "no mark sheet: T-102" in at.lines[0]
        await at.press("p")
        assert at.decided() == ["1.1 pass"]
        await at.press("1")
        assert "to mark ! no s" in at.text


async def test_a_learner_on_no_unit_is_said(tmp_path: Path) -> None:
    folder = make_centre_in(tmp_path / "centre")
    for sheet in (folder / "mark_sheets" / "units").iterdir():
        sheet.unlink()
    async with sitting(tmp_path, learner="AAA1") as at:
        assert "no mark sheet: T-101 T-102" in at.lines[0]
        await at.press("1")
        assert "to mend ! no s" in at.text
        await at.press("enter")
        await at.opened("AAA1")
        assert "No criteria" in at.text
        await at.burst(*"prnuFDlm", "space", "escape", "escape")
        assert at.events() == ()


async def test_evidence_that_goes_away_is_said(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        evidence = at.folder / "learners" / "AAA1" / "evidence"
        (evidence / "diary.md").unlink()
        await at.press("right_square_bracket")
        await at.until(lambda: "I made tea" not in at.text)
        evidence.rmdir()
        await at.press("left_square_bracket", "p")
        assert at.decided() == ["1.1 pass"]


async def test_an_empty_centre_says_how_learners_come_into_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=lambda path: make_centre_in(path, {})) as at:
        assert "No learners yet." in at.text
        await at.shows("N registers one, or all that a table names.")
        await at.burst("enter", "f", "s", "j", "k", "2", "end", "home", "pageup")
        assert at.app.screen is at.app.caseload


async def test_opening_a_writing_dialog_twice_is_not_possible(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.burst("r", "r", "r")
        assert isinstance(at.app.screen, WritingScreen)
        assert at.app.screen.query_one(TextArea).text == "rr"


async def test_a_closed_unit_takes_no_decision_until_it_is_reopened_with_a_reason(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "p", "p", "D", "enter", "enter", "F")
        await at.type("Good.")
        await at.press("enter")
        assert at.events()[-1].kind == Kind.CLOSED
        await at.press("p")
        assert any("The unit is closed" in told and "Reopen it" in told for told in at.told)
        await at.press("r")
        assert len([told for told in at.told if "The unit is closed" in told]) == 2
        assert at.events()[-1].kind == Kind.CLOSED

        await at.press("F", "enter")
        assert "Reopening needs a reason" in at.text
        await at.type("new evidence")
        await at.press("enter")
        assert at.events()[-1].kind == Kind.REOPENED
        await at.press("p")
        assert at.decided()[-1] == "2.1 pass"


async def test_without_a_member_the_centre_is_read_only_and_says_what_to_do(tmp_path: Path) -> None:
    async with sitting(tmp_path, member=None) as at:
        await at.until(lambda: "Who are you?" in at.text)
        await at.press("escape")
        assert "reading only" in at.text
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        await at.press("p")
        assert any("Who is marking?" in told and "Say who you are" in told for told in at.told)
        await at.press("r")
        assert len([told for told in at.told if "Who is marking?" in told]) == 2
        assert at.events() == ()


async def test_a_unit_one_is_not_approved_for_is_refused(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ben", learner="AAA1") as at:
        await at.press("end", "p")
        assert any("Not approved for this unit" in told for told in at.told)
        assert at.events() == ()
