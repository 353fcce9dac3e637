"""`markterm case`: from opening to closing, and what every surface says of it on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask

ASHA, BEN, INES = ("--as", "asha"), ("--as", "ben"), ("--as", "ines")
SECRET = "Page 4 was not read."


@pytest.fixture
def appealed(centre: Path, ask: Ask) -> Ask:  # noqa: ARG001 - it is where the commands run
    """AAA1 is referred in T-101, has the feedback, and appeals."""
    assert ask("mark", "AAA1", "101", "1.1", "pass", *ASHA).code == 0
    assert ask("mark", "AAA1", "101", "1.2", "refer", "--note", "Where?", *ASHA).code == 0
    assert ask("mark", "AAA1", "101", "2.1", "pass", *ASHA).code == 0
    assert ask("declare", "AAA1", "--form", "e-mail", *ASHA).code == 0
    assert ask("close", "AAA1", "101", "--feedback", "Nearly.", *ASHA).code == 0
    opened = ask("case", "AAA1", "101", "1.2", "--open", "appeal", "--text", SECRET, *INES)
    assert opened.code == 0, opened.err
    assert "an appeal, opened on 1.2" in opened.out
    return ask


def test_an_appeal_goes_from_opening_to_closing_and_holds_the_feedback_until_then(appealed: Ask) -> None:
    ask = appealed
    held = ask("release", "AAA1", "101", *ASHA)
    assert (held.code, SECRET in held.err) == (3, False)
    assert "Held by a case" in held.err
    # The sign of the unit is the one that it has on the screens.
    assert "101 ! refer ! case open" in ask("status", "AAA1").out
    assert "T-101: held by a case" in ask("progress", "AAA1").out
    assert ask("submit", "AAA1", "101", "--opened", *ASHA).code == 3
    assert ask("case", "AAA1", "--report", "the organisation", *INES).code == 0
    assert ask("case", "AAA1", "--close", *INES).code == 3
    assert ask("case", "AAA1", "--decide", "upheld", "--text", "Read anew.", *INES).code == 3
    assert ask("reopen", "AAA1", "101", "--reason", "appeal", *ASHA).code == 0
    refused = ask("mark", "AAA1", "101", "1.2", "pass", *ASHA)
    assert (refused.code, "another assessor" in refused.err) == (3, True)
    assert ask("mark", "AAA1", "101", "1.2", "pass", *BEN).code == 0
    wrong = ask("case", "AAA1", "--decide", "agreed", "--text", "Read anew.", *INES)
    assert (wrong.code, "upheld or not-upheld" in wrong.err) == (2, True)
    assert ask("case", "AAA1", "--decide", "upheld", "--text", "Read anew.", *INES).code == 0
    assert ask("close", "AAA1", "101", "--feedback", "All there.", *BEN).code == 0
    assert ask("release", "AAA1", "101", *BEN).code == 3
    assert ask("case", "AAA1", "--close", *INES).code == 0
    assert ask("release", "AAA1", "101", *BEN).code == 0
    assert "--all" in ask("case", "--help").out
    assert ask("case", "--json").json == []
    (closed,) = ask("case", "--all", "--json").json
    assert (closed["state"], [each["step"] for each in closed["steps"]]) == (
        "closed, upheld",
        ["opened", "reported", "decided", "closed"],
    )


def test_every_surface_of_the_staff_says_that_it_is_held_and_none_of_the_learners_says_why(appealed: Ask) -> None:
    ask = appealed
    shown = ask("show", "AAA1").out
    assert "held by case" in shown
    assert SECRET in shown
    (unit,) = (each for each in ask("show", "AAA1", "--json").json["units"] if each["code"] == "T-101")
    (case,) = ask("show", "AAA1", "--json").json["cases"]
    assert unit["held_by_cases"] == [case["uid"]]
    assert {each["step"] for each in unit["waiting"]} == {"resolve"}
    assert "coordinator to resolve" in ask("status", "waiting:resolve").out
    assert "AAA1" not in ask("status", "waiting:release").out
    assert f"case {case['uid'][:8]}, an appeal, opened" in ask("log", "AAA1").out
    assert SECRET in ask("case").out
    for question in (("feedback", "AAA1", "101"), ("sheet", "AAA1", "101")):
        assert SECRET not in ask(*question).out
        assert "appeal" not in ask(*question).out
    assert "Held: nothing of this is final" in ask("sheet", "AAA1", "101").out
    assert "held by a case" in ask("feedback", "AAA1", "101").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("AAA1", "--open", "appeal", "--close"), 2, "One at a time"),
        (("--open", "complaint", "--text", "x"), 2, "Whose case?"),
        (("AAA1", "--open", "complaint"), 3, "A case says what it is about"),
        (("AAA1", "101", "9.9", "--open", "complaint", "--text", "x"), 2, "No such criterion"),
        (("AAA1", "--close"), 2, "There is no open case"),
        (("AAA1", "--open", "complaint", "--text", "x", "--on", "2999-01-01"), 3, "This day has not come yet"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    centre: Path,  # noqa: ARG001 - it is where the commands run
    ask: Ask,
    words: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    answer = ask("case", *words, *INES)
    assert (answer.code, told in answer.err) == (code, True), answer.err
    assert ask("log").out == ""


@pytest.mark.usefixtures("centre")
def test_prior_learning_says_what_it_gives_and_what_shows_it_and_is_used_once_it_was_reported(ask: Ask) -> None:
    opened = ("case", "AAA1", "T-102", "--open", "recognition", "--text", "Two years in a kitchen.")
    assert ask(*opened, "--as", "asha").code == 2
    shown = ("--recognise-as", "exemption", "--evidence", "diary.md")
    assert ask(*opened, *shown, "--as", "asha").code == 0
    assert ask("case", "AAA1", "--decide", "agreed", "--text", "Seen.", "--as", "ines").code == 0
    told = ask("case").out
    assert "recognition of prior learning, an exemption, T-102" in told
    assert "shown by diary.md" in told
    assert "the awarding organisation is not told yet: it is not to be used" in told
    assert ask("method", "AAA1", "diary.md", "--set", "recognition", "--as", "asha").code == 3
    ask("case", "AAA1", "--report", "the awarding organisation", "--as", "ines")
    assert "it may be used, and the case is to be closed" in ask("case").out
    (case,) = ask("case", "AAA1", "--json").json
    assert (case["recognised_as"], case["may_be_used"]) == ("exemption", True)
    ask("case", "AAA1", "--close", "--as", "ines")
    assert "closed, agreed" in ask("case", "AAA1").out
    assert "to be closed" not in ask("case", "AAA1").out
    assert ask("method", "AAA1", "diary.md", "--set", "recognition", "--as", "asha").code == 0
