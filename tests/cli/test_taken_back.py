"""Taking back a citation whose file is gone or changed, closing a referral without a word, and drafts in `show`."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind, task_place
from markterm.cli import close
from tests.assignments import add_assignment, register
from tests.cli.conftest import Ask

ASHA = ("--as", "asha")
CITE = ("cite", "AAA1", "T-101", "1.1", "diary.md", "--lines", "3", *ASHA)


@pytest.mark.parametrize("fate", ["there", "gone", "changed", "renamed"])
def test_a_citation_is_taken_back_whatever_became_of_its_file(centre: Path, ask: Ask, fate: str) -> None:
    assert ask(*CITE).code == 0
    diary = centre / "learners" / "AAA1" / "evidence" / "diary.md"
    if fate == "gone":
        diary.unlink()
    elif fate == "changed":
        diary.write_text("Something else.\n", "utf-8")
    elif fate == "renamed":
        diary.rename(diary.with_name("log.md"))
        assert ask("show", "AAA1", "T-101").out.count("log.md)") == 1
    name = "log.md" if fate == "renamed" else "diary.md"
    back = ask("cite", "AAA1", "T-101", "1.1", name, "--lines", "3", "--take-back", *ASHA)
    assert (back.code, "citation taken back" in back.out) == (0, True), back.err
    assert "cites" not in ask("show", "AAA1", "T-101").out
    again = ask("cite", "AAA1", "T-101", "1.1", name, "--lines", "3", "--take-back", *ASHA)
    assert (again.code, again.err.partition(":")[0]) == (3, "Not cited")


@pytest.mark.usefixtures("centre")
def test_what_is_cited_is_said_when_other_lines_were_meant(ask: Ask) -> None:
    ask(*CITE)
    refused = ask("cite", "AAA1", "T-101", "1.1", "diary.md", "--lines", "1", "--take-back", *ASHA)
    assert refused.code == 3
    assert "diary.md --lines 3-3" in refused.err


@pytest.fixture
def referred(centre: Path, ask: Ask) -> Path:
    """The centre, AAA1's T-102 decided as a referral and declared."""
    ask("mark", "AAA1", "T-102", "1.1", "pass", *ASHA)
    ask("mark", "AAA1", "T-102", "1.2", "refer", "--note", "Wet.", *ASHA)
    ask("declare", "AAA1", "T-102", "--form", "sheet", *ASHA)
    return centre


@pytest.mark.usefixtures("referred")
def test_a_referral_is_not_closed_without_a_summary_unless_that_is_said(ask: Ask) -> None:
    refused = ask("close", "AAA1", "T-102", *ASHA)
    assert refused.code == 3
    assert "--feedback" in refused.err
    assert "--no-feedback" in refused.err
    assert "closed ✗ refer" in ask("close", "AAA1", "T-102", "--no-feedback", *ASHA).out


@pytest.mark.usefixtures("referred")
@pytest.mark.parametrize(("answers", "code"), [("Dry them.\n", 0), ("\ny\n", 0), ("\nn\n", 3)])
def test_at_a_terminal_the_summary_is_asked_for(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, answers: str, code: int
) -> None:
    monkeypatch.setattr(close, "at_a_terminal", lambda: True)
    closed = ask("close", "AAA1", "T-102", *ASHA, stdin=answers)
    assert closed.code == code
    if code == 0:
        assert ask("log", "AAA1", "--json").json[-1]["body"]["feedback"] == answers.split("\n")[0]


@pytest.mark.usefixtures("referred")
def test_why_a_unit_cannot_be_closed_comes_before_any_question(ask: Ask) -> None:
    ask("withdraw", "AAA1", "T-102", "1.1", "--reason", "slip", *ASHA)
    assert "cannot be closed yet" in ask("close", "AAA1", "T-102", *ASHA).err


@pytest.mark.usefixtures("referred")
def test_releasing_says_that_nothing_is_sent(ask: Ask) -> None:
    ask("close", "AAA1", "T-102", "--feedback", "Dry them.", *ASHA)
    released = ask("release", "AAA1", "T-102", *ASHA)
    assert released.code == 0
    assert "Nothing was sent: hand it to the learner yourself" in released.err
    assert "Nothing is sent" in " ".join(ask("release", "--help").out.split())


def test_show_tells_of_the_drafts_of_whoever_acts(centre: Path, ask: Ask) -> None:
    opened = Centre.open(centre, member="asha")
    unit = opened.learners.portfolio("AAA1").unit("T-101")
    opened.drafts.keep("half a\nnote", DraftKind.NOTE, "AAA1", unit.key, "1.1")
    opened.drafts.keep("Sound", DraftKind.SUMMARY, "AAA1", unit.key)
    opened.close_down()
    out = ask("show", "AAA1", *ASHA).out
    assert "✐ T-101 1.1: draft of yours, in no record yet (note)\n    half a\n    note" in out
    assert "✐ T-101: draft of yours, in no record yet (summary of the unit)\n    Sound" in out
    assert ask("show", "AAA1", "--json", *ASHA).json["drafts"] == [
        {"unit": "T-101", "criterion": None, "kind": "summary of the unit", "text": "Sound"},
        {"unit": "T-101", "criterion": "1.1", "kind": "note", "text": "half a\nnote"},
    ]
    for nobody in ((), ("--as", "ben")):
        assert "✐" not in ask("show", "AAA1", *nobody).out


def test_show_tells_of_what_was_begun_on_a_task(centre: Path, ask: Ask) -> None:
    add_assignment(centre)
    register(centre, "AAA1", assignments="[T-IA]")
    opened = Centre.open(centre, member="asha")
    opened.drafts.keep("Holds together", DraftKind.COMMENT, "AAA1", *task_place("T-IA", 2))
    opened.close_down()
    told = "✐ T-IA task 2: draft of yours, in no record yet (comment on the section)\n    Holds together"
    assert told in ask("show", "AAA1", *ASHA).out
    assert ask("show", "AAA1", "--json", *ASHA).json["drafts"] == [
        {"assignment": "T-IA", "task": 2, "kind": "comment on the section", "text": "Holds together"}
    ]
