"""What the tab key offers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from markterm.cli.group import markterm
from tests.assignments import add_assignment


def offered(*words: str, start: str = "") -> list[str]:
    """The completions of `start` after `markterm` and those words."""
    found = ShellComplete(markterm, {}, "markterm", "_MARKTERM_COMPLETE").get_completions(list(words), start)
    return [item.value for item in found]


def test_assignments_are_offered(centre: Path) -> None:
    add_assignment(centre)
    assert offered("matrix") == ["T-IA"]
    assert offered("pass-task", "AAA1", start="T") == ["T-IA"]
    assert offered("sheet", "AAA1", "--assignment") == ["T-IA"]
    assert offered(start="pass-") == ["pass-task"]


@pytest.mark.usefixtures("centre")
def test_commands_learners_units_criteria_and_members_are_offered() -> None:
    assert offered(start="reo") == ["reopen"]
    assert offered("mark") == ["AAA1", "BBB2", "CCC3"]
    assert offered("mark", "AAA1", start="T") == ["T-101", "T-102"]
    assert offered("show", "AAA1", start="10") == ["101", "102"]
    assert offered("mark", "AAA1", "101", start="1") == ["1.1", "1.2"]
    assert offered("mark", "AAA1", "101", "1.1") == ["pass", "refer"]
    assert offered("status", "--as", start="i") == ["ines"]


def test_the_fields_of_a_filter_and_their_values_are_offered() -> None:
    assert offered("status", start="s") == ["state:", "sampled:", "site:"]
    assert offered("status", start="waiting:re") == ["waiting:resolve", "waiting:release", "waiting:resubmit"]
    assert offered("next", "unit:101", start="state:un") == ["state:uncountersigned", "state:unfinished"]
    assert offered("status", "--", start="-sampled:") == [
        f"-sampled:{word}"
        for word in (
            *("yes", "no", "interim", "open", "unfinished", "not-countersigned"),
            *("agreed", "not-agreed", "conflict", "stale"),
        )
    ]


def test_the_centre_that_is_named_is_the_one_that_is_asked(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(centre.parent)
    assert offered("-C", str(centre), "mark", start="B") == ["BBB2"]
    assert offered("-C", str(centre), "--as", start="b") == ["ben"]


@pytest.mark.usefixtures("alone")
def test_without_a_centre_nothing_is_offered_and_nothing_fails() -> None:
    assert offered("mark") == offered("mark", "A") == offered("mark", "A", "1") == offered("--as") == []


def test_what_a_shell_or_a_terminal_could_obey_is_not_offered(centre: Path) -> None:
    for name in ("$(touch owned)", "A`x`", "B;x", "C\x1b]0;owned\x07", "D\nE", "-rf", "F x", "G'", "Łukasz-1.2"):
        (centre / "learners" / name).mkdir()
    assert offered("mark") == ["AAA1", "BBB2", "CCC3", "Łukasz-1.2"]


def test_a_title_is_offered_on_one_line_without_what_a_terminal_obeys(centre: Path) -> None:
    sheet = centre / "mark_sheets" / "units" / "T-101.md"
    sheet.write_text(sheet.read_text("utf-8").replace("title: Making Tea", 'title: "a\\nb\\e]0;owned\\a"'), "utf-8")
    found = ShellComplete(markterm, {}, "markterm", "_MARKTERM_COMPLETE").get_completions(["show", "AAA1"], "T-101")
    assert [item.help for item in found] == ["a b␛]0;owned␇"]


@pytest.mark.usefixtures("centre")
def test_the_kinds_of_event_that_a_log_may_show_are_offered() -> None:
    assert offered("log", "--kind", start="re") == ["reopened", "released", "renamed", "received"]
