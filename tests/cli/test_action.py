"""`markterm action`: from a disagreement to an accepted action, the report on the way, and the wider sample."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ask

ASHA, BEN, INES = ("--as", "asha"), ("--as", "ben"), ("--as", "ines")
DUE = (date.today() + timedelta(14)).isoformat()


def close_unit(ask: Ask, learner: str) -> None:
    """T-101 of that learner is passed by Asha and closed."""
    for number in ("1.1", "1.2", "2.1"):
        assert ask("mark", learner, "101", number, "pass", "--note", "Fine.", *ASHA).code == 0
    assert ask("declare", learner, "--form", "e-mail", *ASHA).code == 0
    assert ask("close", learner, "101", "--feedback", "All there.", *ASHA).code == 0


@pytest.fixture
def not_agreed(centre: Path, ask: Ask) -> Ask:  # noqa: ARG001 - it is where the commands run
    """Inês does not agree with 1.2 of AAA1, and sets an action for Asha."""
    close_unit(ask, "AAA1")
    assert ask("sample", "AAA1", "101", "--why", "routine", *INES).code == 0
    answer = ask(
        *("verify", "AAA1", "101", "--agree", "1.1", "--not-agreed", "1.2", "No pot is shown."),
        *("--strength", "Clear notes.", "--develop", "Say where it is.", *INES),
    )
    assert answer.code == 0, answer.err
    answer = ask("action", "AAA1", "101", "1.2", "--set", "Look for the pot.", "--due", DUE, *INES)
    assert answer.code == 0, answer.err
    assert f"set on 1.2 for asha, due {DUE}" in answer.out
    return ask


def test_actions_of_who_left_are_asked_of_nobody_and_it_is_said_that_there_are_some(not_agreed: Ask) -> None:
    ask = not_agreed
    assert ask("learner", "left", "AAA1", "--why", "Moved away.", *ASHA).code == 0
    answer = ask("action")
    assert "AAA1" not in answer.out
    assert "1 action of learners who left is not shown: --all shows it." in answer.err
    assert not ask("action", "--json").json
    for told in (ask("action", "--all"), ask("action", "AAA1")):
        assert "AAA1 Rosalind Jones (left on" in told.out
    assert ask("across", "101", "1.1").out.count("left on") == 1
    assert ask("learner", "back", "AAA1", *ASHA).code == 0
    assert "AAA1 Rosalind Jones T-101" in ask("action").out


def test_an_action_goes_all_the_way_and_every_surface_follows(not_agreed: Ask) -> None:
    ask = not_agreed
    assert "! not agreed ! action for asha" in ask("status", "owner:asha").out
    assert "AAA1" in ask("status", "waiting:act").out
    assert "AAA1" not in ask("status", "owner:ben").out
    assert "AAA1" not in ask("status", "state:overdue").out
    yours = "Yours, asha: 1 came back, 1 action to do, 1 report to read. markterm yours lists it."
    assert yours in ask("status", *ASHA).err
    assert yours in ask("next", *ASHA).err
    assert "Yours" not in ask("status", *BEN).err
    (row, *_) = ask("status", "owner:asha", "--json").json
    owed = [(each["step"], each["member"], each["criterion"], each["due"]) for each in row["units"][0]["owed"]]
    assert owed == [("settle", "asha", "1.2", None), ("act", "asha", "1.2", DUE), ("acknowledge", "asha", None, None)]
    assert ask("release", "AAA1", "101", *ASHA).code == 3
    assert "T-101: held by an action that is not finished" in ask("progress", "AAA1").out
    shown = ask("show", "AAA1", "101").out
    assert "on 1.2: open, for Asha Patel" in shown
    assert "      ! ✗ not agreed by Inês Carvalho" in shown
    assert "      ✓ agreed by Inês Carvalho" in shown
    criteria = ask("show", "AAA1", "101", "--json").json["units"][0]["outcomes"][0]["criteria"]
    assert [each["verification"] for each in criteria] == ["agreed", "not agreed"]
    assert "holds the feedback" in shown
    sheet = ask("sheet", "AAA1", "101").out
    assert ("an action of its verification" in sheet, "Look for the pot." in sheet) == (True, False)
    (action,) = ask("action", "--owner", "asha", "--json").json
    assert (action["criterion"], action["due"], action["overdue"], action["holds"]) == ("1.2", DUE, False, True)
    assert ask("action", "AAA1", "101", "--accept", *INES).code == 3
    assert ask("reopen", "AAA1", "101", "--reason", "not agreed", *ASHA).code == 0
    marked = ask("mark", "AAA1", "101", "1.2", "refer", "--note", "Show the pot.", *ASHA)
    assert "amended by the assessor" in marked.out
    assert "not agreed by Inês Carvalho, amended by the assessor since" in ask("show", "AAA1", "101").out
    assert ask("action", "AAA1", "101", "--done", "Looked, and referred.", *BEN).code == 3
    assert ask("action", "AAA1", "101", "--done", "Looked, and referred.", *ASHA).code == 0
    assert "AAA1" in ask("status", "waiting:accept").out
    assert ask("close", "AAA1", "101", "--feedback", "Nearly.", *ASHA).code == 0
    assert ask("verify", "AAA1", "101", "--agree", *INES).code == 0
    held = ask("release", "AAA1", "101", *ASHA)
    assert (held.code, "Held by an action" in held.err) == (3, True)
    assert "held by an action" in ask("feedback", "AAA1", "101").out
    assert ask("action", "AAA1", "101", "--accept", "--word", "Good.", *INES).code == 0
    assert ask("release", "AAA1", "101", *ASHA).code == 0
    assert ask("action", "--json").json == []
    (closed,) = ask("action", "--all", "--json").json
    assert [each["step"] for each in closed["steps"]] == ["set", "done", "accepted"]
    told = ask("log", "AAA1").out
    for words in ("action", "set on 1.2 for asha", "done", "accepted", "amended by the assessor"):
        assert words in told
    assert "Look for the pot." not in ask("feedback", "AAA1", "101").out


def test_the_report_is_one_form_and_is_acknowledged_by_the_assessor(not_agreed: Ask) -> None:
    ask = not_agreed
    report = ask("sheet", "AAA1", "101", "--verification").out
    for words in ("Clear notes.", "Say where it is.", "No pot is shown.", "Look for the pot.", "Signature", "Routine"):
        assert words.lower() in report.lower()
    assert "assessor to acknowledge" in " ".join(ask("show", "AAA1", "101").out.split())
    assert ask("action", "AAA1", "101", "--acknowledge", *BEN).code == 3
    assert ask("action", "AAA1", "101", "--acknowledge", "--word", "I see.", *ASHA).code == 0
    assert "acknowledged by Asha Patel" in ask("show", "AAA1", "101").out
    assert "I see." in ask("sheet", "AAA1", "101", "--verification").out
    assert ask("sheet", "AAA1", "102", "--verification").code == 3
    assert ask("sheet", "AAA1", "--verification", "--assignment", "x").code == 2


def test_what_was_done_is_set_again_and_goes_to_another_when_somebody_leaves(not_agreed: Ask) -> None:
    ask = not_agreed
    assert ask("action", "AAA1", "101", "--done", "Looked.", *ASHA).code == 0
    assert ask("action", "AAA1", "101", "--again", "Look again.", "--due", DUE, *INES).code == 0
    assert ask("action", "AAA1", "101", "--reassign", "left", "--owner", "nobody", *INES).code == 2
    given = ask("action", "AAA1", "101", "--reassign", "left the centre", "--owner", "ben", *INES)
    assert (given.code, "reassigned to ben" in given.out) == (0, True)
    (action,) = ask("action", "AAA1", "--json").json
    assert (action["owner"], action["text"], action["state"]) == ("ben", "Look again.", "open")


def test_an_action_is_set_with_the_answer_that_does_not_agree(centre: Path, ask: Ask) -> None:  # noqa: ARG001
    close_unit(ask, "AAA1")
    assert ask("sample", "AAA1", "101", "--why", "routine", *INES).code == 0
    words = ("verify", "AAA1", "101", "--not-agreed", "1.2", "No pot.", "--action", "Look again.")
    assert ask(*words, *INES).code == 2
    assert ask("verify", "AAA1", "101", "--agree", "--action", "x", "--due", DUE, *INES).code == 2
    answer, action = ask(*words, "--due", DUE, "--json", *INES).json
    assert action["body"]["verification"] == answer["uid"]
    (listed,) = ask("action", "AAA1", "--json").json
    assert (listed["criterion"], listed["owner"], listed["holds"]) == ("1.2", "asha", True)


def test_the_same_criterion_by_the_same_assessor_is_listed_and_sampled(not_agreed: Ask) -> None:
    ask = not_agreed
    close_unit(ask, "BBB2")
    assert ask("mark", "CCC3", "101", "1.2", "pass", *BEN).code == 0
    listed = ask("action", "AAA1", "101", "1.2", "--wider")
    assert "BBB2" in listed.out
    assert "CCC3" not in listed.out
    assert "1 decision of other learners, 1 proposed." in listed.err
    assert ask("action", "AAA1", "101", "1.1", "--wider").code == 2
    (sampled,) = ask("action", "AAA1", "101", "1.2", "--wider", "--sample", "--json", *INES).json
    assert (sampled["registration"], sampled["proposed"], sampled["sampled"]) == ("BBB2", True, True)
    assert "a wider sample: 1.2 by asha" in ask("show", "BBB2", "101").out
    assert "0 proposed" in ask("action", "AAA1", "101", "1.2", "--wider").err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("AAA1", "101", "--done", "x", "--accept"), 2, "One at a time"),
        (("AAA1", "--done", "x"), 2, "On which unit?"),
        (("AAA1", "101", "--set", "x"), 2, "Until when?"),
        (("AAA1", "101", "--reassign", "x"), 2, "To whom?"),
        (("AAA1", "101", "--sample"), 2, "A sample of what?"),
        (("AAA1", "101", "--wider"), 2, "Which criterion?"),
        (("AAA1", "101", "--done", "x"), 2, "There is no open action"),
        (("--owner", "nobody"), 2, "nobody"),
        (("AAA1", "101", "9.9", "--set", "x", "--owner", "ben", "--due", DUE), 2, "no criterion 9.9"),
        (("AAA1", "101", "--set", "x", "--owner", "ben", "--due", "2020-01-01"), 3, "That day has passed"),
        (("AAA1", "101", "--set", "x", "--due", DUE), 2, "Name the owner"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    centre: Path,  # noqa: ARG001 - it is where the commands run
    ask: Ask,
    words: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    answer = ask("action", *words, *INES)
    assert (answer.code, told in answer.err) == (code, True), answer.err
    assert ask("log").out == ""


def test_what_somebody_left_is_found_until_it_is_given_to_another(not_agreed: Ask, centre: Path) -> None:
    ask = not_agreed
    file = centre / "centre.toml"
    file.write_text(file.read_text("utf-8").replace('id = "asha"', 'id = "anna"'), "utf-8")
    told = "asha is no member any more and has left 1 action: give it to somebody else"
    assert f"MC43 warning {told}" in ask("check").out
    assert "left by asha, who is no member any more: 1 action" in ask("status").err
    assert ask("action", "AAA1", "101", "--reassign", "left the centre", "--owner", "ben", *INES).code == 0
    assert "MC43" not in ask("check").out
