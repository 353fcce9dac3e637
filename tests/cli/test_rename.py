"""`markterm rename`, and what `status`, `check` and `audit` say of records that belong to nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask


@pytest.fixture
def marked(centre: Path, ask: Ask) -> Path:
    """The centre, in which AAA1 was marked."""
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    return centre


def move_by_hand(centre: Path) -> None:
    folder = (centre / "learners" / "AAA1").rename(centre / "learners" / "NEW9")
    file = folder / "learner.md"
    file.write_text(file.read_text("utf-8").replace("AAA1", "NEW9"), "utf-8")


@pytest.mark.usefixtures("marked")
def test_a_registration_is_corrected_and_the_old_one_says_what_it_is_now(ask: Ask) -> None:
    answer = ask("rename", "AAA1", "NEW9", "--as", "asha")
    assert (answer.code, answer.out) == (0, "AAA1 is NEW9 now; the record goes on with 1 entry\n")
    assert ask("rename", "AAA1", "NEW9", "--as", "asha", "--json").json == {"old": "AAA1", "new": "NEW9", "entries": 1}
    assert "1/3" in ask("status", "NEW9").out
    assert ask("audit").code == 0
    assert "goes on from AAA1" in ask("log", "NEW9").out
    for words in (("show", "AAA1"), ("mark", "AAA1", "T-101", "1.2", "pass", "--as", "asha")):
        answer = ask(*words)
        assert answer.code == 3
        assert "corrected to NEW9" in answer.err


def test_every_command_names_the_record_that_belongs_to_nobody(marked: Path, ask: Ask) -> None:
    move_by_hand(marked)
    said = "The record of AAA1 (1 entries) belongs to nobody"
    assert said in ask("status").err
    answer = ask("status", "--json")
    assert said in answer.err
    assert [row["problem"] for row in answer.json if row["registration"] == "AAA1"] == ["belongs to nobody"]
    for command in ("check", "audit"):
        answer = ask(command)
        assert answer.code == 1
        assert "MC09" in answer.out
        assert "markterm rename AAA1" in answer.out
    assert ask("audit", "--json").json["registrations"][0]["code"] == "MC09"
    assert ask("rename", "AAA1", "NEW9", "--as", "asha").code == 0
    assert ask("check").code == ask("audit").code == 0
    assert "nobody" not in ask("status").err


def test_without_a_terminal_the_options_that_are_missing_are_named(marked: Path, ask: Ask) -> None:
    move_by_hand(marked)
    ask("mark", "NEW9", "T-101", "1.1", "refer", "--note", "No.", "--as", "asha")
    file = marked / "centre.toml"
    file.write_text(file.read_text("utf-8").replace("format = 2", "format = 1"), "utf-8")
    answer = ask("rename", "AAA1", "NEW9", "--upgrade", "--as", "asha")
    assert (answer.code, "--join" in answer.err) == (3, True)
    answer = ask("rename", "AAA1", "NEW9", "--join", "--as", "asha")
    assert (answer.code, "--upgrade" in answer.err) == (3, True)
    assert "format = 1" in file.read_text("utf-8")
    assert ask("rename", "AAA1", "NEW9", "--join", "--upgrade", "--as", "asha").code == 0
    assert "1 in conflict" in ask("status", "NEW9").out


@pytest.mark.usefixtures("marked")
def test_what_is_refused_brings_no_centre_to_another_format(ask: Ask, centre: Path) -> None:
    file = centre / "centre.toml"
    file.write_text(file.read_text("utf-8").replace("format = 2", "format = 1"), "utf-8")
    for words, code in ((("AAA1", "BBB2"), 3), (("AAA1", "AAA1"), 2), (("AAA1", " "), 2), (("AAA9", "AAA8"), 2)):
        assert ask("rename", *words, "--upgrade", "--as", "asha").code == code
    assert ask("rename", "AAA1", "NEW9", "--upgrade").code == 3
    assert "format = 1" in file.read_text("utf-8")


def test_whoever_asks_for_a_registration_that_was_corrected_twice_is_told_the_present_one(
    centre: Path, ask: Ask
) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert ask("rename", "AAA1", "MID2", "--upgrade", "--as", "asha").code == 0
    assert ask("rename", "MID2", "NEW9", "--as", "asha").code == 0
    for command in (("show", "AAA1"), ("mark", "AAA1", "T-101", "1.2", "pass", "--as", "asha")):
        answer = ask(*command)
        assert answer.code == 3
        assert "corrected to NEW9" in answer.err
    assert not (centre / "learners" / "AAA1").exists()
