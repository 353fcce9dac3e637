"""mark, withdraw, close, reopen, declare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.marking import Marking
from markterm.centre.recorder import Recorded
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from tests.centres import places_in
from tests.cli.conftest import Ask, put_in_conflict

pytestmark = pytest.mark.usefixtures("centre")

ASHA = ("--as", "asha")


def states(ask: Ask, learner: str = "AAA1", unit: str = "T-101") -> dict[str, str]:
    """The criteria of the unit, with their states."""
    shown = ask("show", learner, unit, "--json").json["units"][0]
    return {each["number"]: each["state"] for outcome in shown["outcomes"] for each in outcome["criteria"]}


def test_a_criterion_is_marked_and_told(ask: Ask) -> None:
    answer = ask("mark", "AAA1", "T-101", "1.1", "pass", "--note", "It boils.", *ASHA)
    assert answer.code == 0
    assert "AAA1 Rosalind Jones T-101 1.1 decided ✓ pass, recorded" in answer.out
    assert "by Asha Patel (asha), assessor" in answer.out
    assert states(ask) == {"1.1": "pass", "1.2": "open", "2.1": "open"}


def test_the_json_of_a_decision_is_its_event(ask: Ask) -> None:
    event = ask("mark", "AAA1", "T-101", "1.1", "refer", "--note", "Lukewarm.", *ASHA, "--json").json
    assert (event["kind"], event["learner"], event["actor"], event["unit"], event["criterion"]) == (
        "decided",
        "AAA1",
        "asha",
        "T-101",
        "1.1",
    )
    body = {"result": "refer", "note": "Lukewarm.", "attempt": 1, "wording": "Boil the water"}
    descriptors = event["body"].pop("descriptors")
    assert event["body"] == body
    assert len(descriptors) == 12


def test_several_criteria_are_decisions_of_their_own(ask: Ask) -> None:
    events = ask("mark", "AAA1", "101", "1.1, 2.1", "pass", *ASHA, "--json").json
    assert [event["criterion"] for event in events] == ["1.1", "2.1"]
    assert states(ask) == {"1.1": "pass", "1.2": "open", "2.1": "pass"}


def test_one_wrong_number_among_several_marks_none(ask: Ask) -> None:
    answer = ask("mark", "AAA1", "101", "1.1,9.9", "pass", *ASHA)
    assert answer.code == 2
    assert "T-101 has no criterion 9.9. Nothing was marked." in answer.err
    assert "1.1, 1.2, 2.1" in answer.err
    assert set(states(ask).values()) == {"open"}


def test_no_number_at_all_is_wrong_use(ask: Ask) -> None:
    assert ask("mark", "AAA1", "101", " , ", "pass", *ASHA).code == 2


def test_a_referral_without_a_note_is_refused(ask: Ask) -> None:
    answer = ask("mark", "AAA1", "T-101", "1.1", "refer", *ASHA)
    assert answer.code == 3
    assert "A referral needs a note" in answer.err
    assert "What to do: Write a note that says what is missing" in answer.err
    assert answer.out == ""
    assert states(ask)["1.1"] == "open"


def test_the_member_may_stand_before_the_command_after_it_or_in_the_environment(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("mark", "AAA1", "T-101", "1.1", "pass", "--json")
    assert ask("--as", "ben", *words).json["actor"] == "ben"
    assert ask(*words, "--as", "asha").json["actor"] == "asha"
    monkeypatch.setenv("MARKTERM_AS", "ben")
    assert ask(*words).json["actor"] == "ben"
    assert ask(*words, "--as", "asha").json["actor"] == "asha"
    assert ask("--as", "asha", *words).json == [], "hers already"


def test_nobody_marks_without_a_name(ask: Ask) -> None:
    answer = ask("mark", "AAA1", "T-101", "1.1", "pass")
    assert answer.code == 3
    assert answer.err.startswith("Who is marking? ")
    assert "MARKTERM_AS" in answer.err


@pytest.mark.parametrize(
    ("member", "unit", "said"),
    [("ines", "T-101", "Only an assessor marks"), ("ben", "T-102", "Not approved for this unit")],
)
def test_who_may_not_mark_is_refused(ask: Ask, member: str, unit: str, said: str) -> None:
    answer = ask("mark", "AAA1", unit, "1.1", "pass", "--as", member)
    assert (answer.code, answer.err.split(":")[0]) == (3, said)


def test_an_unknown_member_is_wrong_use(ask: Ask) -> None:
    answer = ask("status", "--as", "nobody")
    assert answer.code == 2
    assert "Its members are asha, ben, ines." in answer.err


def test_a_note_comes_from_stdin_without_its_last_line_end(ask: Ask) -> None:
    said = ask("mark", "AAA1", "T-101", "1.1", "pass", "--note", "-", *ASHA, "--json", stdin="Zoë:\r\n  boils.\n\n")
    assert said.json["body"]["note"] == "Zoë:\n  boils.\n"


def test_a_note_that_is_not_utf_8_is_refused_and_nothing_is_marked(ask: Ask) -> None:
    answer = ask("mark", "AAA1", "T-101", "1.1", "pass", "--note", "-", *ASHA, stdin=b"caf\xe9")
    assert answer.code == 2
    assert "Byte 4" in answer.err
    assert states(ask)["1.1"] == "open"


def test_a_withdrawal_brings_back_what_stood_before(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "refer", "--note", "Lukewarm.", *ASHA)
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    answer = ask("withdraw", "AAA1", "T-101", "1.1", "--reason", "wrong learner", *ASHA)
    assert answer.code == 0
    assert "T-101 1.1 withdrawn, recorded" in answer.out
    assert states(ask)["1.1"] == "refer"


def test_a_slip_of_the_last_ten_seconds_needs_no_reason(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    event = ask("withdraw", "AAA1", "T-101", "1.1", *ASHA, "--json").json
    assert (event["kind"], event["body"]["reason"]) == ("withdrawn", "slip")


@pytest.mark.parametrize(("by", "ago"), [("asha", 11), ("ben", 0)], ids=["a while ago", "somebody else's"])
def test_what_is_no_slip_needs_a_reason_and_says_which_option_has_it(
    ask: Ask, centre: Path, tmp_path: Path, by: str, ago: int
) -> None:
    at = datetime.now(UTC) - timedelta(seconds=ago)
    other = Centre.open(centre, member=by, places=places_in(tmp_path / "other"), clock=lambda: at)
    other.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    other.close_down()
    refused = ask("withdraw", "AAA1", "T-101", "1.1", *ASHA)
    assert refused.code == 3
    assert f"decided by {by}, and not just now by you" in refused.err
    assert "--reason" in refused.err
    assert states(ask)["1.1"] == "pass"


def test_nothing_to_withdraw_is_refused(ask: Ask) -> None:
    assert ask("withdraw", "AAA1", "T-101", "1.1", "--reason", "why", *ASHA).code == 3


def test_a_unit_closes_as_pass_only_when_every_criterion_is_passed(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1,1.2", "pass", *ASHA)
    early = ask("close", "AAA1", "T-101", *ASHA)
    assert early.code == 3
    assert "1 of 3 criteria are open (2.1)" in early.err
    ask("mark", "AAA1", "T-101", "2.1", "pass", *ASHA)
    undeclared = ask("close", "AAA1", "T-101", *ASHA)
    assert (undeclared.code, "markterm declare AAA1 T-101" in undeclared.err) == (3, True)
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    closed = ask("close", "AAA1", "T-101", "--feedback", "-", *ASHA, "--json", stdin="All passed.\n")
    assert (closed.json["body"]["outcome"], closed.json["body"]["feedback"]) == ("pass", "All passed.")
    assert ask("status", "aaa1", "--json").json[0]["units"][0]["state"] == "pass"


def test_a_closed_unit_takes_no_decision_until_it_is_reopened(ask: Ask) -> None:
    ask("mark", "AAA1", "T-102", "1.1,1.2", "pass", *ASHA)
    ask("declare", "AAA1", "--form", "signed sheet", *ASHA)
    assert "T-102 closed ✓ pass" in ask("close", "AAA1", "T-102", *ASHA).out
    assert ask("mark", "AAA1", "T-102", "1.1", "pass", *ASHA).code == 3
    assert ask("reopen", "AAA1", "T-102", "--reason", " ", *ASHA).code == 3
    assert ask("reopen", "AAA1", "T-102", "--reason", "A cup was missed.", *ASHA).code == 0
    assert ask("mark", "AAA1", "T-102", "1.1", "refer", "--note", "A cup was missed.", *ASHA).code == 0
    assert "T-102 closed ✗ refer" in ask("close", "AAA1", "T-102", "--no-feedback", *ASHA).out


def test_a_declaration_is_recorded_with_its_refusal(ask: Ask) -> None:
    answer = ask("declare", "BBB2", "--form", "signed sheet", "--refuses-use", "--as", "ines")
    assert "declared: signed sheet, refuses anonymised use" in answer.out
    declared = ask("show", "BBB2", "--json").json["declaration"]
    assert (declared["form"], declared["refuses_use"], declared["actor"]) == ("signed sheet", True, "ines")


def test_a_learner_is_found_by_words_that_only_they_have(ask: Ask) -> None:
    assert ask("mark", "okafor", "101", "1.1", "pass", *ASHA, "--json").json["learner"] == "BBB2"


@pytest.mark.parametrize(("words", "said"), [("xyz", "No such learner"), ("n", "Which learner?")])
def test_a_learner_who_is_nobody_or_several_is_wrong_use(ask: Ask, words: str, said: str) -> None:
    answer = ask("mark", words, "101", "1.1", "pass", *ASHA)
    assert answer.code == 2
    assert answer.err.startswith(said)


def test_a_unit_that_the_learner_is_not_on_is_wrong_use(ask: Ask) -> None:
    answer = ask("mark", "AAA1", "999", "1.1", "pass", *ASHA)
    assert answer.code == 2
    assert "T-101, T-102" in answer.err


def test_a_decision_that_crossed_with_another_is_told_as_a_conflict(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "ben")
    real = Marking.mark

    def unseen(self: Marking, *words: object, **options: object) -> Recorded:
        return real(self, *words, **{**options, "shown": OPEN_CRITERION})  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Marking, "mark", unseen)
    answer = ask("mark", "AAA1", "T-101", "1.1", "refer", "--note", "Lukewarm.", *ASHA)
    assert answer.code == 0
    assert "Both are kept" in answer.err
    assert states(ask)["1.1"] == "conflict"


def test_what_was_recorded_before_a_refusal_is_told(ask: Ask) -> None:
    put_in_conflict(Path())
    answer = ask("mark", "AAA1", "T-101", "1.1,1.2", "pass", *ASHA)
    assert answer.code == 3
    assert "T-101 1.1 decided ✓ pass" in answer.out
    assert "This criterion is in conflict" in answer.err


def test_what_came_of_an_attempt_stands_under_it(ask: Ask) -> None:
    ask("declare", "AAA1", "--form", "e-mail", *ASHA)
    ask("mark", "AAA1", "101", "1.1", "refer", "--note", "Lukewarm.", *ASHA)
    lines = ask("attempts", "AAA1", "101").out.splitlines()
    below = lines[lines.index("Attempt 1") + 1 :]
    assert len(below) == 5
    assert all(line.startswith("  ") for line in below)


def test_who_was_remembered_by_the_screen_does_not_act_at_the_command_line(ask: Ask, centre: Path) -> None:
    opened = Centre.open(centre, member="asha")
    opened.remember_member()
    opened.close_down()
    answer = ask("mark", "AAA1", "T-101", "1.1", "pass")
    assert answer.code == 3
    assert "--as" in answer.err
