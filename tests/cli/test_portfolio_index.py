"""portfolio-index: statement by statement what evidences it, and what remains; and the same as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask
from tests.standards import STANDARD, add_mapping, add_standard, add_suite

ASHA = ("--as", "asha")


@pytest.fixture(autouse=True)
def with_a_standard(centre: Path) -> Path:
    """The tiny centre with TEA01, to which T-101 is mapped; AAA1 is passed in 1.1, with words, and in 1.2."""
    add_standard(centre)
    add_mapping(centre)
    add_suite(centre)
    return centre


@pytest.fixture(autouse=True)
def marked(with_a_standard: Path, ask: Ask) -> None:  # noqa: ARG001 - after the sheets are there
    ask("cite", "AAA1", "101", "1.1", "diary.md", "--lines", "3", *ASHA)
    assert ask("mark", "AAA1", "101", "1.1", "pass", *ASHA).code == 0
    assert ask("mark", "AAA1", "101", "1.2", "pass", "--note", "Warmed, and said why.", *ASHA).code == 0
    assert ask("mark", "AAA1", "101", "2.1", "refer", "--note", "It was spilt.", *ASHA).code == 0


def statements(ask: Ask, *words: str) -> dict[str, Any]:
    told = ask("portfolio-index", "AAA1", "TEA01", *words, "--json").json
    return {each["code"]: each for each in told["standards"][0]["statements"]}


def test_each_statement_has_its_criterion_with_file_place_words_and_who_passed_it(ask: Ask) -> None:
    told = ask("portfolio-index", "AAA1", "TEA01").out
    lines = [line.strip() for line in told.splitlines()]
    first = lines.index("P1 ✓ evidenced: boil fresh water for each pot")
    assert lines[first + 1].startswith("T-101 1.1: ✓ pass by Asha Patel, 20")
    assert lines[first + 1].endswith("(unit decided)")
    assert lines[first + 2] == "diary.md, line 3, Diary: “I made tea.”"
    assert lines.index("Performance evidence") < first < lines.index("Knowledge evidence")
    assert "TEA01 (1.0) Make and serve tea: 1 of 5 statements evidenced, 1 partly evidenced" in told


def test_what_remains_is_told_with_the_reason_and_a_part_stays_a_part(ask: Ask) -> None:
    told = ask("portfolio-index", "AAA1", "TEA01").out.partition("What remains\n")[2]
    assert told.splitlines() == [
        "  P2 not evidenced yet: T-101 2.1 referred",
        "  P3 in none of the learner's units",
        "  K1 partly evidenced: T-101 1.2 covers it partly",
        "  K2 in none of the learner's units",
    ]


def test_a_program_gets_the_same_down_to_the_decision(ask: Ask) -> None:
    found = statements(ask)
    assert "D1" not in found
    assert [found["P1"]["state"], found["K1"]["state"], found["K1"]["sort"]] == ["fully", "partly", "knowledge"]
    (shown,) = found["K1"]["by"]
    assert (shown["covers"], shown["mapping_note"]) == ("partly", "shown, not told")
    assert (shown["decision"]["note"], shown["decision"]["actor"]) == ("Warmed, and said why.", "asha")
    (cited,) = found["P1"]["by"][0]["citations"]
    assert (cited["file"], cited["quote"], cited["presence"]) == ("diary.md", "I made tea.", "there")


def test_what_was_evidenced_stays_with_the_version_it_was_made_against(ask: Ask, centre: Path) -> None:
    add_standard(centre, version="2.0")
    told = ask("portfolio-index", "AAA1", "TEA01").out
    assert "TEA01 (2.0) Make and serve tea: 0 of 5 statements evidenced" in told
    assert "! In TEA01 (1.0) 2 statements are evidenced, at least in part" in told
    assert statements(ask, "--version", "1.0")["P1"]["state"] == "fully"


def test_a_pass_that_is_withdrawn_or_whose_criterion_reads_otherwise_by_now_evidences_nothing(
    ask: Ask, centre: Path
) -> None:
    ask("withdraw", "AAA1", "101", "1.2", "--reason", "Wrong learner.", *ASHA)
    sheet = centre / "mark_sheets" / "units" / "T-101.md"
    sheet.write_text(sheet.read_text("utf-8").replace("Boil the water", "Boil fresh water"), "utf-8")
    found = statements(ask)
    assert [found[code]["state"] for code in ("P1", "K1")] == ["waits", "waits"]
    assert found["P1"]["by"][0]["why_not"] == "decided on another wording than the sheet's"
    assert found["K1"]["by"][0]["why_not"] == "not decided"


def test_a_unit_that_a_case_holds_says_so_beside_its_evidence(ask: Ask) -> None:
    answer = ask("case", "AAA1", "101", "--open", "malpractice", "--text", "Copied.", "--as", "ines")
    assert answer.code == 0, answer.err
    assert "held by a case" in ask("portfolio-index", "AAA1", "TEA01").out


def test_a_standard_that_nobody_checked_or_that_is_no_longer_in_force_says_so(ask: Ask, centre: Path) -> None:
    unchecked = STANDARD.replace("version: {version}", "version: {version}\nwithdrawn: May 2026")
    add_standard(centre, text=f"{unchecked}\n## To check\n\n- P2: a word may be split\n")
    told = ask("portfolio-index", "AAA1", "TEA01").out
    assert "! To check against the document: 1 line in the sheets of TEA01 (1.0)." in told
    assert "! TEA01 (1.0) is no longer in force." in told


@pytest.mark.parametrize("called", ["tea01", "TEA 01", "Tea01"])
def test_a_standard_is_found_however_its_code_is_written(ask: Ask, called: str) -> None:
    assert "TEA01 (1.0) Make and serve tea" in ask("portfolio-index", "AAA1", called).out


def test_a_suite_is_each_of_its_standards_and_those_without_a_sheet_are_named(ask: Ask) -> None:
    told = ask("portfolio-index", "AAA1", "TEA").out
    assert "TEA01 (1.0) Make and serve tea" in told
    assert "! TEA02: the centre has no sheet of this standard." in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("TEA1",), "Did you mean TEA01?"),
        (("TEA01", "--version", "9"), "does not have TEA01 in version 9"),
        (("TEA", "--version", "1.0"), "Name one standard with its version"),
    ],
)
def test_what_the_centre_has_not_is_refused_with_what_it_has(ask: Ask, words: tuple[str, ...], said: str) -> None:
    answer = ask("portfolio-index", "AAA1", *words)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())


def test_the_file_says_that_it_is_the_centres_and_what_remains(ask: Ask) -> None:
    assert ask("export", "portfolio-index", "AAA1", "TEA01", "-o", "index.md").code == 0
    told = Path("index.md").read_text("utf-8")
    assert "This index is the centre's own document" in told
    assert "T-101 1.1" in told
    assert "I made tea." in told
    assert told.index("## What remains") < told.index("P3 wash what was used")


def test_evidence_that_was_renamed_or_changed_since_is_told_so(ask: Ask, centre: Path) -> None:
    diary = centre / "learners" / "AAA1" / "evidence" / "diary.md"
    diary.rename(diary.with_name("log.md"))
    assert "diary.md, line 3, Diary (renamed: log.md): “I made tea.”" in ask("portfolio-index", "AAA1", "TEA01").out
    diary.write_text("# Diary\n\nI made coffee.\n", "utf-8")
    diary.with_name("log.md").unlink()
    ask("export", "portfolio-index", "AAA1", "TEA01", "-o", "index.md")
    assert "(changed since)" in Path("index.md").read_text("utf-8")
