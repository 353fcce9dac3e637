"""A standardisation from its opening to the minutes, at the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from tests.assignments import add_qualifications, register
from tests.cli.conftest import Ask

TODAY = str(date.today())


@pytest.fixture
def opened(centre: Path, ask: Ask) -> str:
    """The beginning of the id of a standardisation of two criteria, one of them in a file."""
    add_qualifications(centre)
    register(centre, "AAA1", qualifications="[T-CERT]")
    answer = ask(
        *("standardise", "--open", "T-CERT", "--why", "We differ.", "--decisions", "AAA1", "101", "1.1,1.2@diary.md:3"),
        *("--as", "ines", "--json"),
    )
    assert answer.code == 0, answer.err
    (exhibit,) = answer.json["exhibits"]
    assert (exhibit["criteria"], exhibit["file"], exhibit["place"]) == (["1.1", "1.2"], "diary.md", "line 3")
    assert len(exhibit["sha256"]) == 64
    return str(answer.json["id"])[:8]


def test_what_others_said_is_hidden_until_one_has_answered_and_then_compared(ask: Ask, opened: str) -> None:
    ask("standardise", opened, "--answer", "1.1,1.2", "pass", "--as", "asha")
    told = ask("standardise", opened, "--answer", "1.1", "refer", "--note", "It was lukewarm.", "--as", "ben")
    assert "yours: 1 1.1 refer: It was lukewarm." in told.out
    assert "What others said is shown once you have answered 1 1.2." in told.out
    assert "asha" not in told.out.replace("Asha Patel (asha)", "")
    hidden = ask("standardise", opened, "--as", "ben", "--json").json
    assert (hidden["answers_hidden"], list(hidden["answers"]), hidden["kappa"]) == (True, ["ben"], None)
    assert "pass" not in ask("standardise", opened).out
    told = ask("standardise", opened, "--answer", "1.2", "pass", "--as", "ben")
    assert "  1 1.1: 50 % said the same; pass: asha; refer: ben\n      ben: It was lukewarm.\n" in told.out
    assert "Cohen's κ of decisions, 2 who answered all of 2 criteria: 0.00" in told.out


def test_what_is_looked_at_is_read_without_names_and_without_what_was_decided(
    ask: Ask, centre: Path, opened: str
) -> None:
    ask("mark", "AAA1", "101", "1.1", "refer", "--note", "Rosalind, boil it.", "--as", "asha")
    diary = centre / "learners" / "AAA1" / "evidence" / "diary.md"
    diary.write_text("# Diary\n\nI, Rosalind Jones (AAA1), made tea.\n\nZoé Núñez poured.\n", "utf-8")
    told = ask("standardise", opened, "--read")
    assert "1 T-101 1.1\n  Boil the water\n" in told.out
    assert "1 diary.md, line 3\n  I, Learner 1 (Learner 1), made tea.\n" in told.out
    assert "1 ! changed\n" in told.out
    assert "boil it" not in told.out
    assert "poured" not in told.out
    assert ask("rename", "AAA1", "NEW9", "--as", "asha").code == 0
    assert "made tea" in ask("standardise", opened, "--read").out
    (centre / "learners" / "NEW9" / "evidence" / "diary.md").unlink()
    assert "! No such file" in ask("standardise", opened, "--read").out


def test_where_no_file_is_named_all_of_the_evidence_is_read_and_what_cannot_be_read_says_so(
    ask: Ask, centre: Path
) -> None:
    add_qualifications(centre)
    evidence = centre / "learners" / "AAA1" / "evidence"
    (evidence / "Rosalind Jones 2.md").write_text("I, Rosalind Jones, poured it.\n", "utf-8")
    (evidence / "film.pdf").write_bytes(b"%PDF-1.4 torn")
    opening = ("standardise", "--open", "T-CERT", "--decisions", "AAA1", "101", "1.1", "--as", "ines", "--json")
    told = ask("standardise", ask(*opening).json["id"], "--read").out
    assert "  refer: the water is lukewarm\n" in told
    assert "  I made tea.\n" in told
    assert "1 Learner 1 2.md\n  I, Learner 1, poured it.\n" in told
    assert "1 ! film.pdf\n" in told
    assert "Rosalind" not in told


def test_notes_and_a_verifiers_answers_are_read_to_be_agreed_with_or_not(ask: Ask, centre: Path) -> None:
    add_qualifications(centre)
    ask("declare", "AAA1", "--form", "e-mail", "--as", "asha")
    for number, words in (("1.1", ("refer", "--note", "Rosalind, boil it.")), ("1.2", ("pass",)), ("2.1", ("pass",))):
        ask("mark", "AAA1", "101", number, *words, "--as", "asha")
    ask("close", "AAA1", "101", "--no-feedback", "--as", "asha")
    ask("sample", "AAA1", "101", "--why", "First decisions.", "--as", "ines")
    assert ask("verify", "AAA1", "101", "--disagree", "--reason", "It boils.", "--as", "ines").code == 0
    work = ("AAA1", "101", "1.1")
    opening = (
        "standardise",
        "--open",
        "T-CERT",
        "--feedback",
        *work,
        "--verification",
        *work,
        "--as",
        "ines",
        "--json",
    )
    uid = ask(*opening).json["id"]
    told = ask("standardise", uid, "--read").out
    assert "1 1.1, decided as refer\n  Learner 1, boil it.\n" in told
    assert "2 the unit, not agreed by the verifier\n  It boils.\n" in told
    assert ask("standardise", uid, "--read", "--json").json[1]["text"] == "Learner 1, boil it."
    answering = ("standardise", uid, "--answer", "1.1", "disagree", "--as", "ben")
    assert ask(*answering, "--json").error["title"] == "Which exhibit?"
    told = ask(*answering, "--exhibit", "2").out
    assert "yours: 2 1.1 not agreed" in told
    assert "once you have answered 1 1.1." in told


def test_the_minutes_close_it_and_what_was_agreed_is_shown_beside_the_criterion(ask: Ask, opened: str) -> None:
    told = ask(
        *("standardise", opened, "--close", "--on", TODAY, "--present", "asha, ines", "--apologies", "ben"),
        *("--last-time", "Nothing was left.", "--discussion", "How hot is hot?"),
        *("--agreed", "1", "1.1", "refer", "Steam is seen."),
        *("--action", "Buy a thermometer.", "asha", "2027-01-31", "--as", "ines"),
    )
    assert told.code == 0, told.err
    assert "    agreed: 1 1.1 refer: Steam is seen.\n    action 1-" in told.out
    assert ", open: Buy a thermometer. (Asha Patel (asha), until 2027-01-31)" in told.out
    assert f"      standardised {TODAY}, agreed as refer: Steam is seen.\n" in ask("show", "AAA1", "101").out
    criteria = ask("show", "BBB2", "101", "--json").json["units"][0]["outcomes"][0]["criteria"]
    assert [len(each["standardised"]) for each in criteria] == [1, 0]
    listed = ask("standardise").out
    assert f"T-CERT: closed, on {TODAY}" in listed
    assert f"asha Asha Patel, T-CERT: standardised last on {TODAY}" in listed
    assert "ben Ben Whitlock, T-CERT: standardised never yet" in listed


@pytest.mark.usefixtures("opened")
def test_who_has_not_answered_is_told_by_status(ask: Ask) -> None:
    told = ask("status", "--as", "ben").err
    assert "Of the centre: 1 standardisation to answer: asha, ben, ines. Of that yours, ben: 1 standard" in told


def test_what_minutes_ask_for_is_an_action_among_the_others_and_goes_all_the_way(ask: Ask, opened: str) -> None:
    meeting = ("--on", TODAY, "--present", "asha,ines", "--discussion", "Heat.")
    asked = ("--action", "Buy a thermometer.", "asha", "2027-01-31", "--as", "ines")
    uid = ask("standardise", opened, "--close", *meeting, *asked, "--json").json["minutes"][0]["actions"][0]["id"]
    (listed,) = ask("action", "--owner", "asha", "--json").json
    assert (listed["source"], listed["about"], listed["state"], listed["uid"]) == (
        *("minutes", "T-CERT", "open"),
        uid,
    )
    assert f"the minutes of T-CERT, {TODAY}\n  action {uid[:8]}: open, for Asha Patel" in ask("action").out
    told = ask("status", "--as", "asha").err
    one = "1 action of minutes, briefs and visits."
    assert f"Of the centre: {one} Of that yours, asha: {one}" in told
    step = ("action", "--id", uid[:8])
    for words, code, title in (
        (("--done", "Bought.", "--as", "ben"), 3, "Not your action"),
        (("--acknowledge", "--as", "asha"), 2, "Not of an action of the centre"),
        (("--reassign", "ill", "--as", "ines"), 2, "To whom?"),
        (("--again", "Two.", "--as", "ines"), 2, "Until when?"),
        (("--accept", "--as", "ines"), 3, "Not done yet"),
    ):
        refused = ask(*step, *words, "--json")
        assert (refused.code, refused.error["title"]) == (code, title)
    assert ask("action", "--id", "9-none", "--done", "x", "--as", "asha").code == 2
    assert "done by Asha Patel" in ask(*step, "--done", "Bought.", "--as", "asha").out
    assert "Of the centre: 1 done and to be accepted." in ask("status").err
    again = ask("standardise", "--open", "T-CERT", "--decisions", "AAA1", "101", "1.1", "--as", "ines").out
    assert f"of last time, {TODAY}: action {uid[:8]}, done: Buy a thermometer." in again
    assert ask(*step, "--accept", "--as", "ines", "--json").json["state"] == "accepted"
    assert ask("action", "--json").json == []
    assert [each["state"] for each in ask("action", "--all", "--json").json] == ["accepted"]
    assert ask("audit").code == 0


def test_the_work_of_a_learner_who_refuses_is_left_out_and_named(ask: Ask, centre: Path) -> None:
    add_qualifications(centre)
    ask("declare", "BBB2", "--form", "e-mail", "--refuses-use", "--as", "asha")
    words = ("standardise", "--open", "T-CERT", "--decisions", "BBB2", "101", "1.1", "--as", "ines")
    assert (ask(*words).code, ask("standardise").out) == (3, "Nothing was standardised yet.\n")
    told = ask(*words, "--decisions", "AAA1", "101", "1.1")
    assert told.code == 0
    assert told.err == "Left out: BBB2 refuses that their work is used for standardisation.\n"
    assert "BBB2" not in told.out
    file = centre / "centre.toml"
    file.write_text(file.read_text("utf-8") + "\n[policy]\nstandardise_refused = true\n", "utf-8")
    used = ask(*words, "--json").json["exhibits"]
    assert [(each["learner"], each["refused"]) for each in used] == [("BBB2", True)]
    shown = ask(*words, "--decisions", "AAA1", "101", "1.1").out
    assert "BBB2 T-101 1.1; the learner refuses that it is used, and the centre's policy lets it be\n" in shown
    assert "AAA1 T-101 1.1\n" in shown


@pytest.mark.parametrize(
    ("words", "code", "title"),
    [
        (("--open", "T-CERT", "ID"), 2, "What is to be done?"),
        (("--answer", "1.1", "pass"), 2, "What is to be done?"),
        (("ID", "--close", "--drop"), 2, "What is to be done?"),
        (("ID", "--decisions", "AAA1", "101", "1.1"), 2, "For which qualification?"),
        (("--open", "T-NONE", "--decisions", "AAA1", "101", "1.1"), 2, "No such qualification"),
        (("--open", "T-CERT", "--decisions", "AAA1", "101", "1.1@gone.md"), 2, "No such file"),
        (("--open", "T-CERT", "--decisions", "AAA1", "101", "9.9"), 2, "No such criterion"),
        (("--open", "T-CERT"), 3, "There is nothing to standardise"),
        (("none",), 2, "No such standardisation"),
        (("ID", "--answer", "1.1", "maybe"), 2, "Which answer?"),
        (("ID", "--answer", "1.1", "agree"), 2, "That is no answer here"),
        (("ID", "--answer", "1.1", "pass", "--exhibit", "2"), 2, "No such exhibit"),
        (("ID", "--close", "--present", "nobody"), 2, "No such member"),
        (("ID", "--close", "--on", "then"), 2, "Which day?"),
        (("ID", "--close", "--present", "asha"), 3, "The minutes are not complete"),
        (("ID", "--drop"), 3, "Dropping it needs a reason"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    ask: Ask, opened: str, words: tuple[str, ...], code: int, title: str
) -> None:
    given = [opened if word == "ID" else word for word in words]
    answer = ask("standardise", *given, "--as", "ines", "--json")
    assert (answer.code, answer.error["title"]) == (code, title)


@pytest.mark.usefixtures("opened")
def test_nobody_is_overdue_in_a_centre_that_has_just_begun(ask: Ask) -> None:
    assert "MC40" not in ask("check").out


def test_one_that_was_opened_by_mistake_is_dropped(ask: Ask, opened: str) -> None:
    assert (
        f"{opened} T-CERT: dropped, Twice.\n"
        in ask("standardise", opened, "--drop", "--why", "Twice.", "--as", "ines").out
    )


@pytest.fixture
def long_ago(centre: Path) -> None:
    """The centre's record knows its members since then."""
    then = Centre.open(centre, member="asha", clock=lambda: datetime.now(UTC) - timedelta(days=400))
    then.marking.mark("AAA1", "101", "1.1", Result.PASS, shown=OPEN_CRITERION)
    then.close_down()


@pytest.mark.usefixtures("long_ago")
def test_whoever_was_not_standardised_within_twelve_months_is_named(ask: Ask, opened: str) -> None:
    words = ("--present", "ben,ines", "--discussion", "All.", "--as", "ines")
    overdue = [f"{each} was never standardised for T-CERT" for each in ("asha Asha Patel", "ben Ben Whitlock")]
    found = [each["message"] for each in ask("check", "--json").json if each["code"] == "MC40"]
    assert found == [*overdue, "ines Inês Carvalho was never standardised for T-CERT"]
    close = ("standardise", opened, "--close", "--on", TODAY)
    assert ask(*close, *words).code == 0
    found = [each["message"] for each in ask("check", "--json").json if each["code"] == "MC40"]
    assert found == overdue[:1]
    due = (date.today() - timedelta(days=400 - 365)).isoformat()
    assert f"  ! standardised for T-CERT: never yet, due by {due}\n" in ask("members", "asha").out
    assert "Of the centre: standardisation overdue: asha (T-CERT)." in ask("status").err
    again = date.today() + timedelta(days=365)
    assert f"  standardised for T-CERT: on {TODAY}, due by {again}\n" in ask("members", "ben").out
    assert ask("members", "ben", "--json").json[0]["standardised"][0]["overdue"] is False
