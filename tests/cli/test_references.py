"""What the screen shows beside the decisions, at the command line: references, who else is there, visible signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.presence import Presence
from markterm.evidence.progress import Progress
from tests.cli.conftest import Ask

DIARY = """\
# Diary

## T-101, criterion 1.2

I warmed the pot first. (T-101 AC 1.2)

I poured it slowly, as T-101 2.1 asks.
"""


@pytest.fixture(autouse=True)
def diary(centre: Path) -> Path:
    """The evidence of the first learner refers to criteria."""
    file = centre / "learners" / "AAA1" / "evidence" / "diary.md"
    file.write_text(DIARY, "utf-8")
    return file


def test_references_are_told_with_file_and_line_the_clearest_first(ask: Ask, centre: Path) -> None:
    answer = ask("references", "AAA1", "101", "1.2")
    assert answer.code == 0
    assert answer.out.splitlines()[0] == "T-101 1.2 referenced in 1 passage: Warm the pot"
    # The heading and the end of the paragraph refer to the same passage.
    assert answer.out.splitlines()[1:] == ["  diary.md:5: I warmed the pot first. (T-101 AC 1.2)"]
    opened = Centre.open(centre)
    portfolio = opened.learners.portfolio("AAA1")
    unit = portfolio.unit("101")
    shown = opened.evidence.references(portfolio, Progress()).for_criterion(unit.key, "1.2")
    opened.close_down()
    (told,) = ask("references", "AAA1", "101", "1.2", "--json").json
    assert [(each["file"], each["line"]) for each in told["references"]] == [(c.file, c.line + 1) for c in shown]


def test_without_a_criterion_every_one_of_the_unit_is_told(ask: Ask) -> None:
    told = ask("references", "AAA1", "101", "--json").json
    assert [(each["criterion"], len(each["references"])) for each in told] == [("1.1", 0), ("1.2", 1), ("2.1", 1)]
    plain = ask("references", "AAA1")
    assert "T-101 1.1 not referenced" in plain.out
    assert "T-102 1.1 not referenced" in plain.out
    assert "2 of 5 criteria are referred to." in plain.err


def test_a_reference_to_what_no_unit_of_the_learner_has_is_told_too(ask: Ask, diary: Path) -> None:
    diary.write_text("# Diary\n\n(T-101 AC 9.9)\n\nI **made** it up.\n", "utf-8")
    said = "diary.md:5: criterion 9.9, not of any unit of this learner: I made it up."
    assert said in ask("references", "AAA1").out.splitlines()
    nobodys = ask("references", "AAA1", "--json").json[-1]
    assert (nobodys["unit"], nobodys["criterion"], nobodys["references"][0]["number"]) == (None, None, "9.9")
    assert nobodys["references"][0]["passage"] == "I made it up."


def test_a_criterion_that_is_referred_to_nowhere_ends_with_1_and_one_that_is_not_there_with_2(ask: Ask) -> None:
    assert ask("references", "AAA1", "101", "1.1").code == 1
    assert ask("references", "AAA1", "101", "9.9").code == 2
    assert ask("references", "AAA1", "999").code == 2


def test_who_else_is_on_a_learner_is_told_by_show_and_status(ask: Ask, centre: Path) -> None:
    assert ask("status", "--json").json[0]["here_now"] == []
    Presence(centre / "presence").be_on("ben", "AAA1")
    assert "Open now with: ben" in ask("show", "AAA1").out
    assert ask("show", "AAA1", "--json").json["here_now"] == ["ben"]
    rows = {row["registration"]: row["here_now"] for row in ask("status", "--json").json}
    assert rows == {"AAA1": ["ben"], "BBB2": [], "CCC3": []}
    (line,) = (line for line in ask("status").out.splitlines() if "AAA1" in line)
    assert line.endswith("open with ben")


def test_how_many_signs_were_made_visible_is_told_by_evidence_and_read(ask: Ask, diary: Path) -> None:
    assert ask("evidence", "AAA1", "--json").json[0]["made_visible"] == 0
    assert "unsafe" not in ask("read", "AAA1", "diary").err
    diary.write_text("Tea\x1b[31m and \u202emilk\u200b.\n", "utf-8")
    assert ask("evidence", "AAA1", "--json").json[0]["made_visible"] == 3
    assert "3 unsafe characters shown as signs." in ask("evidence", "AAA1").out
    assert ask("read", "AAA1", "diary", "--json").json["made_visible"] == 3
    assert "3 unsafe characters shown as signs." in ask("read", "AAA1", "diary").err
