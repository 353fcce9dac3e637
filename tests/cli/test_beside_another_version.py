"""A new version comes while somebody is half way: whatever shows them beside the standard says the same of the old."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.cli.test_marked_on_a_standard import on_a_standard  # noqa: F401 - it makes the centre
from tests.standards import STANDARD, add_mapping, add_standard, add_suite

ASHA = ("--as", "asha")
EVIDENCED = "In TEA01 (1.0) 1 statement is evidenced, at least in part: evidence stays with its version."
RATED = "On TEA01 (1.0) they rated 1 statement: what was said stays with its version."


@pytest.fixture
def half_way(centre: Path, ask: Ask) -> None:
    """AAA1 is passed in a criterion that covers P1 of TEA01 (1.0), and rated themselves on it, when 2.0 comes."""
    add_mapping(centre)
    add_suite(centre)
    assert ask("mark", "AAA1", "101", "1.1", "pass", *ASHA).code == 0
    assert ask("skills", "rate", "AAA1", "TEA01 P1", "alone", "--how", "in talk", *ASHA).code == 0
    add_standard(centre, version="2.0")


@pytest.mark.usefixtures("half_way")
@pytest.mark.parametrize("what", ["TEA01", "TEA"])
def test_what_was_evidenced_and_said_in_the_old_version_is_told_wherever_it_looks_missing(
    ask: Ask, centre: Path, what: str
) -> None:
    assert ask("export", "development", "AAA1", what, "--format", "md", *ASHA).code == 0
    for told in (
        ask("gap", "AAA1", what).out,
        ask("skills", "AAA1", what).out,
        ask("cpd", "AAA1", "--for", what).out,
        (centre / "exports" / f"AAA1 {what} development.md").read_text("utf-8"),
        " ".join(ask("gap", "AAA1", what, "--json").json["caveats"]),
    ):
        assert EVIDENCED in told
        assert RATED in told
    assert EVIDENCED in ask("portfolio-index", "AAA1", what).out


@pytest.mark.usefixtures("half_way")
def test_a_standard_of_the_suite_without_a_sheet_is_told_beside_the_gap_as_in_the_index(ask: Ask) -> None:
    missing = "TEA02: the centre has no sheet of this standard."
    assert missing in ask("gap", "AAA1", "TEA").out
    assert missing in ask("portfolio-index", "AAA1", "TEA").out


@pytest.mark.parametrize("what", ["TEA01", "TEA"])
def test_who_is_marked_on_a_standard_is_measured_by_the_version_that_they_began(
    ask: Ask, centre: Path, what: str
) -> None:
    add_suite(centre)
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", *ASHA).code == 0
    add_standard(centre, version="2.0")
    found = ask("gap", "DDD4", what, "--json").json
    assert {each["statement"]: each["state"] for each in found["statements"]}["TEA01 (1.0) P1"] == "no gap"
    assert found["newer"] == [{"kept": "TEA01 (1.0)", "newest": "TEA01 (2.0)"}]
    assert "TEA01 (1.0) Make and serve tea: 1 of 5" in ask("portfolio-index", "DDD4", what).out
    assert "TEA01 (1.0) P1" in ask("skills", "form", "DDD4", what).out


def test_a_gap_beside_a_record_that_is_incomplete_says_so(ask: Ask, centre: Path) -> None:
    assert ask("mark", "DDD4", "TEA01", "P1", "pass", *ASHA).code == 0
    for file in (centre / "records" / "DDD4").glob("*"):
        file.write_text(file.read_text("utf-8").replace('"pass"', '"refer"'), "utf-8")
    assert "! The learner's record is incomplete" in ask("gap", "DDD4", "TEA01").out


@pytest.mark.usefixtures("half_way")
def test_a_mapping_with_errors_and_one_to_a_statement_that_is_gone_are_told_beside_a_person(
    ask: Ask, centre: Path
) -> None:
    file = centre / "mark_sheets" / "mappings" / "T-101.md"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("| 1.1       | TEA01 P1 ", "| 1.1       | TEA01 P9 "), "utf-8")
    gone = "T-101 is mapped to what the centre does not have, which evidences nothing: 1.1 to TEA01 P9."
    for command in ("gap", "skills", "portfolio-index"):
        assert gone in ask(command, "AAA1", "TEA01").out
    file.write_text(whole.replace("| partly |", "| nearly |"), "utf-8")
    for command in ("gap", "skills", "portfolio-index"):
        assert "! The mapping of T-101 has errors: nothing in it is counted." in ask(command, "AAA1", "TEA01").out
    sheet = centre / "mark_sheets" / "units" / "T-101.md"
    sheet.write_text(sheet.read_text("utf-8").replace("1.2", "1.1"), "utf-8")
    for command in ("gap", "skills", "portfolio-index"):
        assert "! The mark sheet of T-101 has errors: a criterion may be" in ask(command, "AAA1", "TEA01").out


@pytest.mark.usefixtures("half_way")
def test_an_index_by_an_older_version_says_that_a_newer_one_is_in_force(ask: Ask) -> None:
    told = ask("portfolio-index", "AAA1", "TEA01", "--version", "1.0").out
    assert "! TEA01 (2.0) is in force, and this is by TEA01 (1.0)." in told


@pytest.mark.usefixtures("half_way")
def test_a_suite_is_what_it_lists_beside_a_person_as_in_its_coverage_and_what_it_does_not_list_is_told(
    ask: Ask, centre: Path
) -> None:
    own = STANDARD.format(version="1.0").replace("TEA01", "TEA03").replace("title:", "suite: TEA\ntitle:")
    (centre / "mark_sheets" / "standards" / "TEA03.md").write_text(own, "utf-8")
    suite = centre / "mark_sheets" / "suites" / "TEA.md"
    met = "\n## Area A Serve\n\n- **A1** Look after guests\n  - standards: TEA01, TEA04\n"
    suite.write_text(suite.read_text("utf-8") + met, "utf-8")
    add_standard(centre, STANDARD.replace("TEA01", "TEA04"), "9")
    for words in (("coverage", "T-101"), ("gap", "AAA1"), ("gap", "ben"), ("portfolio-index", "AAA1")):
        told = ask(*words, "TEA").out
        assert "The map names TEA04, which the suite does not list." in told
        assert "TEA does not list TEA03, which says to belong to it: nothing of it is looked at." in told
        assert "TEA03 (1.0)" not in told
        assert "TEA04 (9)" not in told


@pytest.mark.usefixtures("half_way")
def test_what_is_to_be_checked_in_a_whole_suite_is_one_line_beside_a_person(ask: Ask, centre: Path) -> None:
    suite = centre / "mark_sheets" / "suites" / "TEA.md"
    for number in range(2, 9):
        text = STANDARD.format(version="1.0").replace("TEA01", f"TEA0{number}") + "\n## To check\n\n- P2: a word\n"
        (centre / "mark_sheets" / "standards" / f"TEA0{number}.md").write_text(text, "utf-8")
    listed = "".join(f"- **TEA0{number}** Make and serve tea\n" for number in range(3, 9))
    suite.write_text(suite.read_text("utf-8") + listed, "utf-8")
    for words in (("gap", "AAA1"), ("portfolio-index", "AAA1"), ("coverage", "T-101")):
        told = ask(*words, "TEA").out
        assert told.count("To check against the document: 7 lines in the sheets of TEA02 (1.0), TEA03 (1.0), ") == 1
        assert " and 2 more." in told
