"""Blind marking: whatever the screen shows, it does not tell who the learner is."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.domain.record.event import Kind, Result
from markterm.tui.across.screen import AcrossScreen
from markterm.tui.app import MarkTermApp
from markterm.tui.requests import OpenLearner
from tests.centres import add_learner, make_centre_in, places_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

TELLING = ("rosalind", "jones", "aaa1", "nneka", "okafor", "bbb2", "zoé", "zoe", "núñez", "nunez", "ccc3")
DIARY = (
    "# Diary of Rosalind Jones (AAA1)\n\nI, ROSALIND, made tea (T-101 AC 1.1). R. Jones signed it, says Ms Jones.\n\n"
    "Nneka Okafor (BBB2) helped, and so did ZOE and Mr Nunez, ccc3.\n\n"
    "| Who | What |\n|---|---|\n| Jones, R | tea |\n\nSee rosalind-jones-AAA1-T-101(1).docx and jones_log.txt.\n"
)


def _make(path: Path) -> Path:
    """The tiny centre; everything of AAA1 tells who they are, and so does a note on BBB2."""
    make_centre_in(path)
    evidence = path / "learners" / "AAA1" / "evidence"
    (evidence / "diary.md").unlink()
    (evidence / "RJones-AAA1-012345-T-101(1).md").write_text(DIARY, "utf-8")
    (evidence / "the jones log.txt").write_text("Tea again.\n", "utf-8")
    other = Centre.open(path, member="asha", places=places_in(path.parent / "first"))
    other.marking.mark("BBB2", "T-101", "1.1", Result.REFER, "Nneka boiled nothing, says Okafor (BBB2).")
    other.marking.mark("CCC3", "T-102", "1.1", Result.PASS, "Rinsed with Nneka Okafor (bbb2), and R. Jones dried.")
    other.close_down()
    return path


def _tells(at: Sitting) -> list[str]:
    """What of it stands on the screen, on this one or on those that are below it."""
    return [word for word in TELLING if word in at.text.casefold()]


async def _press(at: Sitting, *keys: str) -> None:
    """Press keys, and look at the whole screen after each."""
    for key in keys:
        await at.press(key)
        assert _tells(at) == [], f"after {key}:\n{at.text}"


async def _type(at: Sitting, text: str) -> None:
    await at.type(text)
    assert _tells(at) == [], at.text


async def _blind(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=_make, blind=True) as at:
        await at.shows("3 learners")
        assert "blind" in at.lines[0]
        assert _tells(at) == []
        await _press(at, "s", "s", "s", "s", "slash")
        await _type(at, "learner")
        await _press(at, "enter", "escape")
        await at.app.action_do("app.recent")
        await at.until(lambda: "✗ refer  asha" in at.text)
        assert _tells(at) == [], at.text
        await _press(at, "u", "escape", "escape", "h", "enter", "enter")
        await at.until(lambda: isinstance(at.app.screen, AcrossScreen) and "2 wait, 1 decided" in at.lines[0])
        assert "boiled nothing, says Learner" in at.text
        await _press(at, "q")

        # The learner whose everything tells who they are, marked to the end.
        await at.app.answer(OpenLearner("AAA1"))
        await at.opened("AAA1")
        await at.until(lambda: "made tea" in at.text)
        label = at.app.blindfold.blind.label("AAA1") if at.app.blindfold.blind is not None else ""
        assert at.lines[0].startswith(f" {label} ")
        title = str(at.app.screen.query_one("#evidence-title", Static).render())
        assert title.startswith("reference 1 of 1"), "what is for the criterion is shown"
        assert "-T-101(1).md" in title
        await _press(at, "e", "J", "c", "k", "c", "l", "escape", "m", "escape", "o", "escape", "D", "escape")
        await _press(at, "right_square_bracket", "left_square_bracket", "z", "z", "tab", "tab", "tab")
        await _press(at, "question_mark", "escape", "ctrl+f")
        await _type(at, "tea")
        await at.until(lambda: "2 files" in at.text)
        await _press(at, "enter", "n", "escape", "E", "escape", "O", "escape", "enter")
        await _press(at, "h")
        await at.until(lambda: "wait" in at.lines[0])
        await _press(at, "q", "r")
        await _type(at, "no tea")
        await _press(at, "enter")
        await at.until(lambda: at.decided()[-1:] != [])
        await at.app.answer(OpenLearner("AAA1", ("T-102", "9.9")))
        await at.settled()
        assert any("is not on T-102 9.9" in told for told in at.told)
        assert _tells(at) == [], "in what is told in passing"


async def test_nothing_on_any_screen_tells_who_it_is_at_80_by_24(tmp_path: Path) -> None:
    await _blind(tmp_path, NARROW)


@pytest.mark.long
async def test_nothing_on_any_screen_tells_who_it_is_at_160_by_45(tmp_path: Path) -> None:
    await _blind(tmp_path, WIDE)


async def test_everything_is_recorded_under_the_registration_and_in_the_words_of_the_evidence(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_make, blind=True, learner="AAA1") as at:
        await at.until(lambda: "made tea" in at.text)
        await at.press("c", "p")
        cited, decided = at.events()
        assert (cited.kind, cited.learner) == (Kind.CITED, "AAA1")
        assert cited.body["file"] == "RJones-AAA1-012345-T-101(1).md"
        assert "I, ROSALIND, made tea" in str(cited.body["quote"])
        assert (decided.kind, decided.learner) == (Kind.DECIDED, "AAA1")


async def test_the_name_is_shown_when_the_unit_that_is_marked_blind_is_closed(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_make, learner="AAA1") as at:
        assert "Rosalind Jones" in at.lines[0]
        await at.press("h")
        await at.until(lambda: "2 wait, 1 decided" in at.lines[0])
        assert "Rosalind Jones" in at.text
        await at.press("B")
        assert _tells(at) == []
        await at.press("q")
        assert at.app.marking.work.desk.shown is not None
        assert at.lines[0].startswith(" Learner ")
        at.app.centre.attempts.declare("AAA1", "signed sheet")
        await _press(at, "p", "p", "p", "F")
        await _type(at, "Good tea.")
        await at.press("enter")
        assert at.events()[-1].kind == Kind.CLOSED
        await at.until(lambda: "Rosalind Jones" in at.lines[0])
        await at.press("q")
        assert "Rosalind Jones" in at.text
        assert "Okafor" not in at.text


@pytest.mark.long
async def test_blind_marking_is_switched_off_again_where_it_was_switched_on(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_make, learner="CCC3") as at:
        await at.press("left_curly_bracket", "h")
        await at.until(lambda: "2 wait, 1 decided" in at.lines[0])
        await at.press("B")
        labels = [line for line in at.lines if "Learner" in line]
        await at.press("B")
        assert "Nneka Okafor" in at.text
        await at.press("B")
        assert [line for line in at.lines if "Learner" in line] == labels, "whoever was Learner 2 is so again"
        await at.press("B", "q")
        assert "Zoé Núñez" in at.lines[0]


def test_labels_are_others_in_every_session(tmp_path: Path) -> None:
    everybody = [f"L{number}" for number in range(50)]
    orders: list[list[str]] = []
    for _ in range(2):
        centre = Centre.open(make_centre_in(tmp_path / str(len(orders))), places=places_in(tmp_path / "own"))
        app = MarkTermApp(centre, places_in(tmp_path / "own"), blind=True)
        assert app.blindfold.blind is not None
        app.blindfold.blind.meet(everybody)
        orders.append([app.blindfold.blind.label(each) for each in everybody])
        centre.close_down()
    assert orders[0] != orders[1]


def test_a_learner_without_any_unit_is_hidden_too(tmp_path: Path) -> None:
    path = make_centre_in(tmp_path / "centre", {})
    add_learner(path, "DDD4", "Dai Davies", units="[]")
    centre = Centre.open(path, places=places_in(tmp_path / "own"))
    app = MarkTermApp(centre, places_in(tmp_path / "own"), blind=True)
    assert [row.alias for row in app.blindfold.rows(centre.caseload.now())] == ["Learner 1"]
    centre.close_down()


async def test_the_bank_of_remarks_names_nobody_who_is_hidden(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_make, blind=True, learner="AAA1") as at:
        await at.press("b")
        await at.until(lambda: "Used 1 time (refer 1) for 1 learner: Learner " in at.text)
        assert _tells(at) == [], at.text
