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
    assert offered(start="pass") == ["pass-task"]


@pytest.mark.usefixtures("centre")
def test_commands_learners_units_criteria_and_members_are_offered() -> None:
    assert offered(start="reo") == ["reopen"]
    assert offered("mark") == ["AAA1", "BBB2", "CCC3"]
    assert offered("mark", "AAA1", start="T") == ["T-101", "T-102"]
    assert offered("show", "AAA1", start="10") == ["101", "102"]
    assert offered("mark", "AAA1", "101", start="1") == ["1.1", "1.2"]
    assert offered("mark", "AAA1", "101", "1.1") == ["pass", "refer"]
    assert offered("status", "--as", start="i") == ["ines"]


def test_the_centre_that_is_named_is_the_one_that_is_asked(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(centre.parent)
    assert offered("-C", str(centre), "mark", start="B") == ["BBB2"]
    assert offered("-C", str(centre), "--as", start="b") == ["ben"]


@pytest.mark.usefixtures("alone")
def test_without_a_centre_nothing_is_offered_and_nothing_fails() -> None:
    assert offered("mark") == offered("mark", "A") == offered("mark", "A", "1") == offered("--as") == []
