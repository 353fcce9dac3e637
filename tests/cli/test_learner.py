"""`markterm learner`: who comes and who leaves, said by every command in the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask


def test_who_left_is_in_no_queue_and_is_shown_where_that_is_asked_for(centre: Path, ask: Ask) -> None:
    answer = ask("learner", "left", "AAA1", "--on", "2026-03-02", "--why", "Moved away.", "--as", "asha")
    assert answer.code == 0
    assert "left on 2026-03-02" in answer.out
    status = ask("status")
    assert "AAA1" not in status.out
    assert "1 who left is not shown (state:left)" in status.err
    assert "left on 2026-03-02" in ask("status", "state:left").out
    assert ask("status", "state:left", "--json").json[0]["left"] == "left on 2026-03-02"
    assert ask("next", "--json").json["registration"] != "AAA1"
    shown = ask("show", "AAA1")
    assert "Left on 2026-03-02: Moved away. (recorded by Asha Patel)" in shown.out
    assert ask("show", "AAA1", "--json").json["departure"]["step"] == "left"
    assert (centre / "learners" / "AAA1" / "evidence" / "diary.md").exists()
    assert ask("audit").code == 0


@pytest.mark.usefixtures("centre")
def test_who_came_back_is_there_again(ask: Ask) -> None:
    assert ask("learner", "transferred", "AAA1", "--why", "To another course.", "--as", "asha").code == 0
    assert ask("learner", "back", "AAA1", "--as", "asha").code == 0
    assert "AAA1" in ask("status").out


@pytest.mark.usefixtures("centre")
def test_what_is_recorded_of_who_left_says_that_they_did(ask: Ask) -> None:
    left = ask("learner", "left", "AAA1", "--on", "2026-03-02", "--why", "Moved away.", "--as", "asha")
    assert "nobody is asked" not in left.err
    marked = ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha")
    assert (marked.code, "AAA1 Rosalind Jones left on 2026-03-02: it is recorded" in marked.err) == (0, True)
    assert ask("mark", "BBB2", "T-101", "1.1", "pass", "--as", "asha").err == ""


@pytest.mark.usefixtures("centre")
def test_without_a_reason_and_a_terminal_nobody_leaves(ask: Ask) -> None:
    answer = ask("learner", "left", "AAA1", "--as", "asha")
    assert answer.code == 3
    assert "--reason" in answer.err
    assert "AAA1" in ask("status").out


def test_a_day_in_the_file_that_no_record_knows_is_a_finding(centre: Path, ask: Ask) -> None:
    file = centre / "learners" / "AAA1" / "learner.md"
    file.write_text(file.read_text("utf-8").replace("name:", "left: 2026-01-05\nname:"), "utf-8")
    assert "MC15" in ask("check").out
    assert "AAA1" in ask("status").out
    assert ask("learner", "left", "AAA1", "--on", "2026-01-05", "--why", "Moved.", "--as", "asha").code == 0
    assert "MC15" not in ask("check").out


def test_what_was_decided_before_the_registration_says_so_wherever_it_is_shown(centre: Path, ask: Ask) -> None:
    file = centre / "learners" / "AAA1" / "learner.md"
    file.write_text(file.read_text("utf-8").replace("name:", "registered: 2999-01-05\nname:"), "utf-8")
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert "before registration" in ask("status", "state:before-registration").out
    assert "before registration" in ask("show", "AAA1").out
    (row,) = ask("status", "AAA1", "--json").json
    assert "before the registration on 2999-01-05" in row["units"][0]["before_registration"]
    assert "before the registration on 2999-01-05" in ask("sheet", "AAA1", "T-101").out
    assert "MC14" in ask("check").out
    assert "decided-before-registration" not in ask("claim", "AAA1").out  # It is not closed: that is said first.


def test_a_sheet_says_that_the_learner_left(centre: Path, ask: Ask) -> None:
    assert ask("learner", "left", "AAA1", "--on", "2026-03-02", "--why", "Moved.", "--as", "asha").code == 0
    assert "The learner left on 2026-03-02." in ask("sheet", "AAA1", "T-101").out
    assert (centre / "learners" / "AAA1").is_dir()


def test_the_check_names_the_copies_of_the_centres_own_files(ask: Ask, centre: Path) -> None:
    (centre / "centre (1).toml").write_text("[centre]\n")
    (centre / "learners" / "AAA1" / "learner (conflicted copy).md").write_text("---\nkind: learner\n---\n")
    told = ask("check").out
    assert told.count("MC16 warning") == 2
