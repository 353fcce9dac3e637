from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask

WITH_MARKS = """\
---
kind: unit
code: T-103
title: Baking
version: 2026-01
---

# T-103 Baking

## LO1 Be able to bake

- **1.1** Bake a cake {20/10}
"""


@pytest.fixture
def kitchen(centre: Path) -> Path:
    """A centre two of whose units ask for like things."""
    for code, old, new in (
        ("T-101", "Boil the water", "Explain how hot the water for tea has to be"),
        ("T-102", "Rinse the cups", "Explain how hot the water for rinsing has to be"),
    ):
        sheet = centre / "mark_sheets" / "units" / f"{code}.md"
        sheet.write_text(sheet.read_text("utf-8").replace(old, new), "utf-8")
    return centre


@pytest.mark.usefixtures("kitchen")
def test_it_lists_tasks_with_score_and_reason_and_says_that_a_person_decides(ask: Ask) -> None:
    answer = ask("integrate", "101", "102")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("Task 1 Hot and water (score ")
    assert lines[0].endswith(", saves 1)")
    assert lines[1:3] == [
        "  They share hot and water.",
        "  Their verbs ask for about as much: explain (101 1.1 and 102 1.1).",
    ]
    assert "  - T-102 1.1 Explain how hot the water for rinsing has to be" in lines
    assert "Task 2 Be able to make tea" in lines
    assert "5 criteria in 4 tasks." in lines
    assert lines[-1].startswith("1 separate piece of evidence saved. Counted against")
    assert "you decide" in answer.err


def test_the_draft_is_written_passes_the_check_and_leads_to_a_matrix_without_gaps(ask: Ask, kitchen: Path) -> None:
    (kitchen / "mark_sheets" / "assignments").mkdir()
    file = "mark_sheets/assignments/tea.md"
    answer = ask("integrate", "101", "102", "--write", file, "--code", "T-IA-1", "--title", "Hot Water")
    assert answer.code == 0
    assert f"Written to {file}: a draft." in answer.err
    assert (ask("check", file).code, ask("check").out) == (0, "")
    assert ask("matrix", "T-IA-1", "--json").json["title"] == "Hot Water"
    assert ask("matrix", "T-IA-1").code == 0


def test_a_file_that_is_there_is_left_as_it_is(ask: Ask, kitchen: Path) -> None:
    (kitchen / "mine.md").write_text("mine", "utf-8")
    answer = ask("integrate", "101", "102", "--write", "mine.md")
    assert answer.code == 2
    assert "The file is there already" in answer.err
    assert "--force" not in answer.err
    assert answer.out == ""
    assert (kitchen / "mine.md").read_text("utf-8") == "mine"


@pytest.mark.usefixtures("kitchen")
def test_a_folder_that_is_not_there_is_said(ask: Ask) -> None:
    answer = ask("integrate", "101", "102", "--write", "nowhere/draft.md")
    assert answer.code == 4
    assert "Check that the folder exists" in answer.err


@pytest.mark.usefixtures("kitchen")
def test_json_has_all_of_it(ask: Ask) -> None:
    told = ask("integrate", "101", "102", "--json").json
    assert told["units"] == ["T-101", "T-102"]
    assert [len(task["criteria"]) for task in told["tasks"]] == [2, 1, 1, 1]
    first, second = told["tasks"][:2]
    assert (first["saves"], first["shared"], first["warnings"]) == (1, ["hot", "water"], [])
    assert first["criteria"][0] == {
        "unit": "T-101",
        "criterion": "1.1",
        "text": "Explain how hot the water for tea has to be",
        "verb": "explain",
    }
    assert (second["score"], second["saves"]) == (None, 0)
    assert (told["saves"], told["notes"], told["file"]) == (1, [], None)
    assert ask("integrate", "101", "102", "--json", "--write", "draft.md").json["file"] == "draft.md"


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "No unit was named"),
        (("101",), "Only T-101 was named"),
        (("101", "999"), "no mark sheet of a unit 999"),
        (("101", "T-10"), "no mark sheet of a unit T-10"),
    ],
)
def test_what_cannot_be_integrated_is_wrong_use(ask: Ask, words: tuple[str, ...], said: str) -> None:
    answer = ask("integrate", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_unit_with_marks_is_refused_with_the_reason(ask: Ask, centre: Path) -> None:
    (centre / "mark_sheets" / "units" / "T-103.md").write_text(WITH_MARKS, "utf-8")
    answer = ask("integrate", "101", "103")
    assert answer.code == 3
    assert "their marks do not add up" in answer.err


def test_different_suites_are_said(ask: Ask, centre: Path) -> None:
    sheet = WITH_MARKS.replace("T-103", "U-103").replace(" {20/10}", "")
    (centre / "mark_sheets" / "units" / "U-103.md").write_text(sheet, "utf-8")
    answer = ask("integrate", "T-101", "U-103", "--write", "draft.md")
    assert "different suites (T, U)" in answer.out
    assert "suites: mixed" in Path("draft.md").read_text("utf-8")


def test_text_of_a_sheet_is_shown_and_not_obeyed(ask: Ask, centre: Path) -> None:
    sheet = WITH_MARKS.replace(" {20/10}", "").replace("Bake a cake", "Bake \x1b[31ma cake")
    (centre / "mark_sheets" / "units" / "T-103.md").write_text(sheet, "utf-8")
    answer = ask("integrate", "101", "103")
    assert answer.code == 0
    assert "\x1b" not in answer.out
