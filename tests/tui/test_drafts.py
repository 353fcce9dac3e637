"""What was begun and left: shown where it belongs, opened as what it is, recorded or thrown away, and never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Kind, Result
from markterm.tui.widgets.criterion_detail import CriterionDetail
from tests.at_length import at_length
from tests.centres import make_centre_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting
from tests.tui.test_by_task import with_an_assignment

pytestmark = pytest.mark.usefixtures("looks_soon")


def _line(at: Sitting, number: str) -> str:
    return next(line.partition("▕")[0] for line in at.lines if f" {number} " in line[:27])


def _detail(at: Sitting) -> str:
    return at.app.marking.query_one(CriterionDetail).content(60).plain


def _field(at: Sitting) -> str:
    return at.app.screen.query_one(TextArea).text


def _notes(at: Sitting) -> list[tuple[object, object]]:
    return [(event.body["result"], event.body["note"]) for event in at.events() if event.kind == Kind.DECIDED]


async def _begin(at: Sitting, key: str, text: str) -> None:
    """Begin to write, and leave it."""
    await at.press(key)
    await at.type(text)
    await at.press("escape")


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])
async def test_a_note_that_was_left_is_shown_and_recorded_with_the_pass(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, learner="AAA1") as at:
        await _begin(at, "n", "boils")
        assert "✐ draft" in _line(at, "1.1")
        assert "✐ draft: note\nboils" in _detail(at)
        await at.press("p")
        assert at.decided() == [], "it is read before it is recorded"
        assert _field(at) == "boils"
        await at.type(" well")
        await at.press("enter")
        assert _notes(at) == [("pass", "boils well")]
        assert "✐" not in at.text
        assert at.at == "T-101 1.2"


async def test_a_referral_that_was_left_is_opened_by_r_and_is_no_note_of_a_pass(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _begin(at, "r", "cold")
        assert "✐ draft: referral\ncold" in _detail(at)
        await at.press("p")
        assert _field(at) == ""
        assert "A referral was begun: “cold”." in at.text
        await at.press("enter", "home")
        assert _notes(at) == [("pass", "")]
        assert "✐ draft" in _line(at, "1.1"), "it is a draft still"
        await at.press("p")
        assert any("a pass of yours already" in told for told in at.told)
        await at.press("home", "r")
        assert _field(at) == "cold"
        await at.press("enter", "home")
        assert _notes(at)[-1] == ("refer", "cold")
        assert "✐" not in at.text


@pytest.mark.long
async def test_a_note_that_was_left_is_the_beginning_of_a_referral_too(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _begin(at, "n", "warm at best")
        await at.press("r")
        assert _field(at) == "warm at best"
        await at.press("enter")
        assert _notes(at) == [("refer", "warm at best")]
        assert "✐" not in at.text


@pytest.mark.long
async def test_a_note_kept_for_the_decision_is_recorded_at_once(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("n")
        await at.type("hot")
        await at.press("enter")
        assert "Note kept for the decision\nhot" in _detail(at)
        assert "✐ draft" in _line(at, "1.1"), "it is in no record yet"
        await at.press("p")
        assert _notes(at) == [("pass", "hot")]


@pytest.mark.parametrize("key", at_length(["r", "n"]))
async def test_esc_and_other_decisions_delete_no_draft_and_ctrl_x_does_after_a_question(
    tmp_path: Path, key: str
) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _begin(at, key, "half")
        await at.press("j", "p", "home")
        async with sitting(tmp_path, learner="AAA1") as again:
            await again.press("home", key)
            assert _field(again) == "half"
        await at.press(key, "ctrl+x")
        assert "Throw this text away?" in at.text
        await at.press("enter")
        assert _field(at) == "half", "no is the first answer"
        await at.press("ctrl+x", "j", "enter")
        assert at.app.screen is at.app.marking
        assert "✐" not in at.text
        await at.press(key)
        assert _field(at) == ""


@pytest.mark.long
async def test_a_summary_that_was_left_is_shown_on_its_unit(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        at.as_other("asha").attempts.declare("AAA1", "signed sheet")
        await at.press("p", "p", "p", "F")
        await at.type("Sound")
        await at.press("escape")
        assert "✐ draft" in next(line[:27] for line in at.lines if "T-101" in line[:20])
        assert "✐ draft: summary of the unit\nSound" in _detail(at)
        await at.press("F", "enter")
        assert at.events()[-1].body["feedback"] == "Sound"
        assert "✐" not in at.text


@pytest.mark.long
@pytest.mark.parametrize(
    ("keys", "kind"),
    [(["U"], "reason to withdraw"), (["M"], "marks")],
)
async def test_every_other_text_about_a_criterion_is_kept_too(tmp_path: Path, keys: list[str], kind: str) -> None:
    def make(folder: Path) -> Path:
        make_centre_in(folder)
        sheet = folder / "mark_sheets" / "units" / "T-101.md"
        sheet.write_text(sheet.read_text("utf-8").replace("Boil the water", "Boil the water {20/10}"), "utf-8")
        return folder

    async with sitting(tmp_path, make=make, learner="AAA1") as at:
        await at.press("p", "home", *keys)
        await at.type("12 half")
        await at.press("escape")
        assert f"✐ draft: {kind}\n12 half" in _detail(at)
        await at.press(*keys)
        assert _field(at) == "12 half"


@pytest.mark.long
async def test_a_reason_to_settle_that_was_left_is_there_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        at.as_other("ben").marking.mark("AAA1", "T-101", "1.1", Result.PASS, "hot")
        await at.until(lambda: "✓ pass" in at.text)
        at.as_other("asha").marking.mark("AAA1", "T-101", "1.1", Result.REFER, "cold", shown=OPEN_CRITERION)
        await at.until(lambda: "! conflict" in at.text)
        await at.press("home", "p")
        await at.type("measured")
        await at.press("escape")
        assert "✐ draft: reason to settle\nmeasured" in _detail(at)
        await at.press("p", "enter", "home")
        assert at.events()[-1].body["reason"] == "measured"
        assert "✐" not in at.text


async def test_a_draft_is_its_writers_and_no_colleagues(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _begin(at, "n", "mine")
    async with sitting(tmp_path, member="ben", learner="AAA1") as at:
        assert "✐" not in at.text
        await at.press("p")
        assert _notes(at) == [("pass", "")]
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("home")
        assert "✐ draft" in _line(at, "1.1"), "begun before, and hers still"


@pytest.mark.long
async def test_whoever_marks_from_now_on_is_shown_their_own_drafts(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _begin(at, "n", "mine")
        assert "✐ draft" in _line(at, "1.1")
        await at.press("W", "down", "enter")
        await at.until(lambda: "✐" not in at.text)
        await at.press("p")
        assert (at.events()[-1].actor, _notes(at)) == ("ben", [("pass", "")])
        await at.press("W", "up", "enter")
        await at.until(lambda: "✐ draft" in _line(at, "1.1"))


@pytest.mark.long
async def test_passing_a_task_at_once_leaves_what_has_a_draft_until_it_is_put_in(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t")
        first = at.at
        await _begin(at, "n", "half")
        await at.press("P")
        assert f"· ✐ draft: {first}" in at.text
        await at.press("enter")
        passed = [f"{e.subject.unit.code} {e.subject.criterion}" for e in at.events() if e.subject.unit is not None]
        assert passed
        assert first not in passed


async def test_the_note_of_a_referral_that_is_written_anew_is_no_note_of_a_pass(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("r")
        await at.type("cold")
        await at.press("enter", "home")
        await _begin(at, "n", " pot")
        assert "✐ draft: referral\ncold pot" in _detail(at)
        await at.press("p")
        assert _field(at) == ""
        await at.press("enter")
        assert _notes(at) == [("refer", "cold"), ("pass", "")]


async def test_a_draft_belongs_to_the_words_it_was_begun_on(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await _begin(at, "n", "boils")
    sheet = tmp_path / "centre" / "mark_sheets" / "units" / "T-101.md"
    text = sheet.read_text("utf-8").replace("**1.2** Warm", "**1.3** Warm").replace("**1.1** Boil", "**1.2** Boil")
    text = text.replace("- **1.2** Boil", "- **1.1** Find the pot\n- **1.2** Boil").replace("2026-01", "2026-02")
    sheet.write_text(text, "utf-8")
    async with sitting(tmp_path, learner="AAA1") as at:
        assert "✐" not in _line(at, "1.1")
        assert "✐ draft" in _line(at, "1.2")
        await at.press("j", "p")
        assert _field(at) == "boils"
        await at.press("enter")
        assert at.decided() == ["1.2 pass"]
        assert "✐" not in at.text


async def test_where_the_disk_is_full_whoever_writes_is_told_and_no_note_is_said_to_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _pieces: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("markterm.own.drafts.write_beside", full)
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("n")
        await at.type("boils")
        assert "What you write is here alone" in " ".join(at.text.split())
        await at.press("enter")
        assert "This cannot be written to the disk: note kept for the decision." in " ".join(at.text.split())
        assert _field(at) == "boils", "nothing of it is lost while it can be seen"
        await at.press("escape")
        await at.press("p")
        assert _field(at) == "boils"
        await at.press("enter")
        assert _notes(at) == [("pass", "boils")]
