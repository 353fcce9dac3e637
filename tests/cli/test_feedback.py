"""Feedback on the command line: drawn up, looked at again, held, released, and told of in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Result
from tests.assignments import add_assignment, register
from tests.cli.conftest import Ask

AS_ASHA = ("--as", "asha")
AS_INES = ("--as", "ines")
DIARY = Passage("diary.md", "0" * 64, 3, 3, "I made tea.", headings=("Diary",))
EDITED = "# Dear Rosalind\n\nLearner name: Rosalind Jones\n\nNearly there.\n"
DRAFT = "**DRAFT, not released.**\n\n"


@pytest.fixture
def closed(centre: Path) -> Path:
    """Tea of AAA1, closed as a referral of 1.2."""
    close_tea(centre, "Which pot do you mean?")
    return centre


def close_tea(centre: Path, missing: str) -> None:
    with_asha = Centre.open(centre, member="asha")
    with_asha.attempts.declare("AAA1", "signed sheet")
    with_asha.marking.cite("AAA1", "T-101", "1.1", DIARY)
    for number, result, note in (("1.1", "pass", "It boils."), ("1.2", "refer", missing), ("2.1", "pass", "")):
        with_asha.marking.mark("AAA1", "T-101", number, Result(result), note)
    with_asha.closings.close("AAA1", "T-101", "Nearly there.")
    with_asha.close_down()


@pytest.mark.usefixtures("closed")
def test_what_went_is_printed_also_when_the_unit_was_reopened_or_closed_anew_since(ask: Ask) -> None:
    ask("release", "AAA1", "101", *AS_ASHA)
    went = ask("feedback", "AAA1", "101", "--attempt", "1").out
    assert ask("reopen", "AAA1", "101", "--reason", "The wrong pot.", *AS_ASHA).code == 0
    assert ask("feedback", "AAA1", "101", "--attempt", "1").out == went
    ask("mark", "AAA1", "101", "1.2", "pass", "--note", "Warmed.", *AS_ASHA)
    ask("close", "AAA1", "101", "--feedback", "Now it is.", *AS_ASHA)
    answer = ask("feedback", "AAA1", "101", "--attempt", "1")
    assert (answer.code, answer.out) == (0, went), "what is not released yet does not stand for what went"
    (earlier,) = ask("feedback", "AAA1", "101", "--json").json["earlier"]
    assert f"{earlier['markdown']}".strip() == went.strip()
    ask("release", "AAA1", "101", *AS_ASHA)
    assert "Now it is." in ask("feedback", "AAA1", "101", "--attempt", "1").out


@pytest.mark.usefixtures("closed")
def test_the_feedback_is_printed_as_the_record_gives_it(ask: Ask) -> None:
    answer = ask("feedback", "AAA1", "101")
    assert answer.code == 0
    assert answer.out.startswith(f"{DRAFT}# Feedback T-101 Making Tea\n")
    assert (
        "- **1.1** Boil the water\n\n  It boils.\n\n  Evidence: diary.md, line 3, Diary: “I made tea.”\n" in answer.out
    )
    assert "**What is missing**\n\n- **1.2** Warm the pot\n\n  Which pot do you mean?\n" in answer.out
    assert (
        answer.err == "Not released yet: markterm release records that it goes; you hand it to the learner yourself.\n"
    )


@pytest.mark.usefixtures("closed")
def test_the_learner_is_told_by_when_to_hand_in_again_and_that_they_left(ask: Ask) -> None:
    assert "Due" not in ask("feedback", "AAA1", "101").out
    assert ask("due", "101", "2999-12-04", "AAA1", *AS_ASHA).code == 0
    assert "| Due again | 2999-12-04 |" in ask("feedback", "AAA1", "101").out
    assert ask("feedback", "AAA1", "101", "--json").json["units"][0]["due_on"] == "2999-12-04"
    assert "T-101: due 2999-12-04\n" in ask("progress", "AAA1").out
    assert ask("progress", "AAA1", "--json").json["due"] == [{"unit": "T-101", "due_on": "2999-12-04", "late": False}]
    assert "due 2999-12-04" in ask("status", "due:2999-12-31").out, "as in the caseload"
    ask("learner", "left", "AAA1", "--on", "2026-03-02", "--why", "Moved away.", *AS_ASHA)
    told = ask("feedback", "AAA1", "101").out
    assert ("| Course | left on 2026-03-02 |" in told, "Due" in told) == (True, False)
    assert "left on 2026-03-02" in ask("sheet", "AAA1", "101").out
    for answer in (ask("feedback", "AAA1", "101", "--json").json, ask("progress", "AAA1", "--json").json):
        assert answer["departure"]["on"] == "2026-03-02"
    assert ask("progress", "AAA1", "--json").json["due"] == []


@pytest.mark.usefixtures("closed")
def test_the_feedback_as_json_has_every_part_of_it(ask: Ask) -> None:
    told = ask("feedback", "AAA1", "101", "--json", *AS_ASHA).json
    assert (told["registration"], told["code"], told["released"], told["refused"]) == ("AAA1", "T-101", None, None)
    unit = told["units"][0]
    assert (unit["unit"], unit["attempt"], unit["outcome"], unit["summary"]) == ("T-101", 1, "refer", "Nearly there.")
    (strength,) = unit["outcomes"][0]["strengths"]
    (citation,) = strength.pop("citations")
    assert strength == {"criterion": "1.1", "wording": "Boil the water", "note": "It boils.", "attempt": 1}
    assert [citation[key] for key in ("file", "place", "quote", "attempt")] == [
        "diary.md",
        "line 3, Diary",
        "I made tea.",
        1,
    ]
    assert [each["criterion"] for each in unit["outcomes"][0]["missing"]] == ["1.2"]


def test_advice_is_printed_in_place_of_the_text(centre: Path, ask: Ask) -> None:
    close_tea(centre, "Not met.")
    answer = ask("feedback", "AAA1", "101", "--advice")
    assert answer.out == (
        "T-101: 1.2 is referred with “Not met.”, which fits any criterion: say what is missing here.\n"
    )
    assert ask("feedback", "AAA1", "101").err.endswith("1 piece of advice: --advice lists what to look at again.\n")
    (advice,) = ask("feedback", "AAA1", "101", "--json").json["advice"]
    assert (advice["concern"], advice["criteria"]) == ("empty", ["1.2"])


@pytest.mark.usefixtures("closed")
def test_the_feedback_goes_to_a_file_that_is_not_there_yet(ask: Ask) -> None:
    answer = ask("feedback", "AAA1", "101", "-o", "jones.md")
    assert (answer.code, answer.out) == (0, "")
    assert Path("jones.md").read_text("utf-8") == ask("feedback", "AAA1", "101").out
    assert ask("feedback", "AAA1", "101", "-o", "jones.md").code == 2
    assert ask("feedback", "AAA1", "101", "-o", "jones.md", "--force").code == 0


@pytest.mark.usefixtures("closed")
def test_what_was_released_is_printed_as_it_went(ask: Ask) -> None:
    answer = ask("release", "AAA1", "101", "--text", "-", *AS_ASHA, stdin=EDITED)
    assert answer.code == 0
    assert answer.out.startswith("AAA1 Rosalind Jones T-101 released: feedback on attempt 1, recorded ")
    told = ask("feedback", "AAA1", "101")
    assert told.out == EDITED
    assert told.err.startswith("Released ")
    assert ask("feedback", "AAA1", "101", "--json").json["released"]["by"] == "asha"


@pytest.mark.usefixtures("closed")
def test_a_text_file_is_released_as_it_stands(ask: Ask) -> None:
    Path("edited.md").write_bytes(b"\xef\xbb\xbf# Dear Rosalind\r\nRegistration: AAA1\r\n")
    assert ask("release", "AAA1", "101", "--text", "edited.md", *AS_ASHA).code == 0
    assert ask("feedback", "AAA1", "101").out == "# Dear Rosalind\nRegistration: AAA1\n"
    assert ask("release", "AAA1", "101", "--text", "nowhere.md", *AS_ASHA).code == 4
    again = ask("release", "AAA1", "101", *AS_ASHA)
    assert (again.code, again.err.partition(":")[0]) == (2, "It was released with another text")
    assert ask("feedback", "AAA1", "101").out == "# Dear Rosalind\nRegistration: AAA1\n"


@pytest.mark.usefixtures("closed")
def test_the_same_is_not_released_twice(ask: Ask) -> None:
    assert ask("release", "AAA1", "101", *AS_ASHA).code == 0
    again = ask("release", "AAA1", "101", *AS_ASHA)
    assert (again.code, again.err.partition(":")[0]) == (3, "Released already")


@pytest.mark.usefixtures("closed")
def test_an_empty_text_is_not_released(ask: Ask) -> None:
    assert ask("release", "AAA1", "101", "--text", "-", *AS_ASHA, stdin="").code == 3


@pytest.mark.usefixtures("centre")
def test_a_unit_that_is_not_closed_is_shown_and_not_released(ask: Ask) -> None:
    assert "| Outcome | not closed yet |" in ask("feedback", "AAA1", "101").out
    answer = ask("release", "AAA1", "101", *AS_ASHA)
    assert (answer.code, answer.err.partition(":")[0]) == (3, "The unit is not closed")
    assert "AAA1 is not marked yet" in ask("feedback", "AAA1", "T-102").err


@pytest.mark.usefixtures("closed")
def test_feedback_on_a_picked_unit_is_held_until_a_verifier_agrees(ask: Ask) -> None:
    assert "sampled: attempt 1 picked for verification" in (
        ask("sample", "AAA1", "101", "--why", "new assessor", *AS_INES).out
    )
    held = ask("release", "AAA1", "101", *AS_ASHA)
    assert held.code == 3
    assert held.err == (
        "Held for verification: The feedback on T-101 of AAA1, attempt 1, waits for verification: "
        "ines sampled it (new assessor).\n"
        "  What to do: A verifier who did not mark it answers: markterm verify AAA1 T-101 --agree.\n"
    )
    assert ask("verify", "AAA1", "101", "--disagree", *AS_INES).code == 3
    assert ask("verify", "AAA1", "101", "--disagree", "--reason", "1.2 is met", *AS_INES).code == 0
    assert "ines answered: 1.2 is met" in ask("release", "AAA1", "101", *AS_ASHA).err
    assert "verified: attempt 1, agrees" in ask("verify", "AAA1", "101", "--agree", "--reason", "It is.", *AS_INES).out
    assert ask("release", "AAA1", "101", *AS_ASHA).code == 0


@pytest.mark.usefixtures("closed")
def test_feedback_is_not_held_where_the_centre_does_not_want_it(ask: Ask) -> None:
    with Path("centre.toml").open("a") as file:
        file.write("\n[policy]\nfeedback_waits_for_verification = false\n")
    ask("sample", "AAA1", "101", "--why", "routine", *AS_INES)
    assert ask("release", "AAA1", "101", *AS_ASHA).code == 0


@pytest.mark.usefixtures("closed")
def test_an_answer_has_to_be_given(ask: Ask) -> None:
    assert ask("verify", "AAA1", "101", *AS_INES).code == 2


@pytest.mark.usefixtures("closed")
def test_the_log_tells_of_all_of_it_in_words(ask: Ask) -> None:
    ask("sample", "AAA1", "101", "--why", "new assessor", *AS_INES)
    ask("verify", "AAA1", "101", "--agree", *AS_INES)
    ask("release", "AAA1", "101", "--text", "-", *AS_ASHA, stdin=EDITED)
    log = ask("log", "AAA1").out
    assert "T-101 sampled: attempt 1 picked for verification\n    new assessor\n" in log
    assert "T-101 verified: attempt 1, agrees\n" in log
    assert "T-101 released: feedback on attempt 1\n    # Dear Rosalind\n\n    Learner name: Rosalind Jones\n" in log


def test_a_text_that_was_edited_on_the_screen_is_not_passed_over(closed: Path, ask: Ask) -> None:
    opened = Centre.open(closed, member="asha")
    opened.feedback.keep(opened.feedback.draft("AAA1", "T-101"), EDITED)
    opened.close_down()
    answer = ask("release", "AAA1", "101", *AS_ASHA)
    assert (answer.code, answer.err.partition(":")[0]) == (2, "The text was edited on the screen")
    assert ask("release", "AAA1", "101", "--text", "-", "--anyway", *AS_ASHA, stdin="# Another text").code == 0


def test_feedback_on_an_assignment_goes_for_each_closed_unit_and_says_what_follows(closed: Path, ask: Ask) -> None:
    add_assignment(closed)
    register(closed, "AAA1", assignments="[T-IA]")
    assert "- T-102 Washing Up is still being marked; feedback on it follows.\n" in ask("feedback", "AAA1", "T-IA").out
    answer = ask("release", "AAA1", "T-IA", *AS_ASHA)
    assert answer.code == 0
    assert answer.err.startswith("Recorded as released. Nothing was sent: hand it to the learner yourself")
    assert answer.err.endswith("T-102 follows: still being marked.\n")
    assert "T-101 released: feedback on attempt 1, as part of T-IA" in answer.out
    assert ask("feedback", "AAA1", "T-IA").err.startswith("Released ")


def test_an_assignment_without_a_closed_unit_is_not_released(centre: Path, ask: Ask) -> None:
    add_assignment(centre)
    register(centre, "AAA1", assignments="[T-IA]")
    answer = ask("release", "AAA1", "T-IA", *AS_ASHA)
    assert (answer.code, answer.err.partition(":")[0]) == (3, "No unit is closed")


def test_a_name_of_neither_unit_nor_assignment_is_told_of(centre: Path, ask: Ask) -> None:
    assert ask("feedback", "AAA1", "T-999").code == 2
    add_assignment(centre)
    register(centre, "AAA1", assignments="[T-IA]")
    error = ask("feedback", "AAA1", "T-999", "--json").error
    assert error["title"] == "No such unit or assignment"
    assert "T-101, T-102" in error["next_step"]
    assert "T-IA" in error["next_step"]


# To the right learner


def close_as_pass(centre: Path, learner: str, note: str = "") -> None:
    opened = Centre.open(centre, member="asha")
    opened.attempts.declare(learner, "signed sheet")
    for number in ("1.1", "1.2", "2.1"):
        opened.marking.mark(learner, "T-101", number, Result.PASS, note)
    opened.closings.close(learner, "T-101", "Good.")
    opened.close_down()


def test_the_feedback_of_another_learner_is_not_released(closed: Path, ask: Ask) -> None:
    close_as_pass(closed, "BBB2")
    assert ask("feedback", "BBB2", "101", "-o", "okafor.md").code == 0
    for more in ((), ("--anyway",)):
        answer = ask("release", "AAA1", "101", "--text", "okafor.md", *more, *AS_ASHA)
        assert (answer.code, answer.err.partition(":")[0]) == (3, "The text is not of this feedback")
        assert "registration “BBB2”, learner “Nneka Okafor”, outcome “Pass”" in answer.err
        assert "T-101 attempt 1 (refer) of AAA1 Rosalind Jones" in answer.err
    assert ask("feedback", "AAA1", "101", "--json").json["released"] is None


@pytest.mark.usefixtures("closed")
def test_a_text_that_does_not_say_whose_it_is_needs_an_option_without_a_terminal(ask: Ask) -> None:
    answer = ask("release", "AAA1", "101", "--text", "-", *AS_ASHA, stdin="# Well done\n")
    assert (answer.code, answer.err.partition("?")[0]) == (3, "Is it this learner's")
    assert "--anyway" in answer.err
    assert ask("feedback", "AAA1", "101", "--json").json["released"] is None
    assert ask("release", "AAA1", "101", "--text", "-", "--anyway", *AS_ASHA, stdin="# Well done\n").code == 0


@pytest.mark.usefixtures("closed")
def test_a_text_that_names_another_learner_anywhere_needs_the_option(ask: Ask) -> None:
    text = f"{EDITED}\nBetter than Nneka did it.\n"
    answer = ask("release", "AAA1", "101", "--text", "-", *AS_ASHA, stdin=text)
    assert answer.code == 3
    assert "It names another learner: “Nneka” (BBB2)." in answer.err
    assert ask("release", "AAA1", "101", "--text", "-", "--anyway", *AS_ASHA, stdin=text).code == 0


def test_the_records_own_text_that_names_another_learner_needs_the_option_too(centre: Path, ask: Ask) -> None:
    close_as_pass(centre, "AAA1", "As good as Zoe Nunez.")
    answer = ask("release", "AAA1", "101", *AS_ASHA)
    assert (answer.code, "“Zoe Nunez” (CCC3)" in answer.err) == (3, True)
    assert ask("release", "AAA1", "101", "--anyway", *AS_ASHA).code == 0


# Drafts


@pytest.mark.usefixtures("closed")
def test_what_is_held_says_in_the_text_and_in_the_file_that_it_is_a_draft_and_why(ask: Ask) -> None:
    ask("sample", "AAA1", "101", "--why", "new assessor", *AS_INES)
    held = "**DRAFT, not released: held for verification.**\n\n# Feedback"
    assert ask("feedback", "AAA1", "101").out.startswith(held)
    ask("feedback", "AAA1", "101", "-o", "held.md")
    assert Path("held.md").read_text("utf-8").startswith(held)
    told = ask("feedback", "AAA1", "101", "--json").json
    assert (told["draft"], told["markdown"].startswith(held)) == (True, True)


@pytest.mark.usefixtures("centre")
def test_what_is_open_says_so_in_the_text(ask: Ask, centre: Path) -> None:
    assert ask("feedback", "AAA1", "101").out.startswith("**DRAFT, not released: the unit is not closed.**\n\n")
    close_tea(centre, "Which pot?")
    assert ask("reopen", "AAA1", "101", "--reason", "again", *AS_ASHA).code == 0
    assert ask("feedback", "AAA1", "101").out.startswith("**DRAFT, not released: the unit is not closed.**\n\n")


@pytest.mark.usefixtures("closed")
def test_the_mark_of_a_draft_does_not_go_to_the_learner(ask: Ask) -> None:
    ask("feedback", "AAA1", "101", "-o", "jones.md")
    assert ask("release", "AAA1", "101", "--text", "jones.md", *AS_ASHA).code == 0
    went = ask("feedback", "AAA1", "101").out
    assert went.startswith("# Feedback T-101 Making Tea\n")
    assert "DRAFT" not in went
    assert ask("feedback", "AAA1", "101", "--json").json["draft"] is False


# Earlier attempts


def test_what_went_for_an_earlier_attempt_is_printed_and_told_of(closed: Path, ask: Ask) -> None:
    assert ask("release", "AAA1", "101", *AS_ASHA).code == 0
    first = ask("feedback", "AAA1", "101").out
    assert ask("feedback", "AAA1", "101", "--json").json["earlier"] == []
    (closed / "learners" / "AAA1" / "evidence" / "again.md").write_text("I warmed the pot.\n", "utf-8")
    assert (
        ask("submit", "AAA1", "101", "--opened", "--declared", "sheet", "--authorised-by", "ines", *AS_ASHA).code == 0
    )
    assert ask("feedback", "AAA1", "101").out.startswith("**DRAFT, not released: the unit is not closed.**")
    answer = ask("feedback", "AAA1", "101", "--attempt", "1")
    assert (answer.code, answer.out) == (0, first)
    assert answer.err.startswith("Released ")
    told = ask("feedback", "AAA1", "101", "--attempt", "1", "--json").json
    assert (told["released"]["attempt"], told["markdown"]) == (1, first)
    assert [each["markdown"] for each in told["earlier"]] == [first]
    missing = ask("feedback", "AAA1", "101", "--attempt", "2")
    assert (missing.code, missing.err.partition(":")[0]) == (2, "Nothing was released of that attempt")
    assert "There is feedback on attempt 1." in missing.err
    assert "feedback on attempt 1 released " in ask("show", "AAA1", "101").out
    (attempt_1, _) = ask("attempts", "AAA1", "101", "--json").json
    assert attempt_1["released"]["actor"] == "asha"
    assert "feedback released by Asha Patel" in ask("attempts", "AAA1", "101").out


@pytest.mark.usefixtures("closed")
def test_a_text_that_was_begun_before_the_registration_was_corrected_is_the_learners_still(
    centre: Path, ask: Ask
) -> None:
    with_asha = Centre.open(centre, member="asha")
    with_asha.feedback.keep(with_asha.feedback.draft("AAA1", "T-101"), EDITED)
    with_asha.close_down()
    assert ask("rename", "AAA1", "NEW9", "--upgrade", *AS_ASHA).code == 0
    again = Centre.open(centre, member="asha")
    texts, draft = again.feedback, again.feedback.draft("NEW9", "T-101")
    assert (texts.kept(draft), texts.is_stale(draft)) == (EDITED, True)
    texts.keep(draft, f"{EDITED}Soon.\n")
    assert texts.kept(draft) == f"{EDITED}Soon.\n"
    texts.forget(draft)
    assert texts.kept(draft) == "", "neither is what was kept under the old registration"
    again.close_down()
