"""A unit mapped to a standard at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.standards import MAPPING_OF_OLD, NEW, OLD, add_mapping, add_standard

MAP = ("standard", "map", "101")


@pytest.fixture(autouse=True)
def standard(centre: Path) -> Path:
    """The centre has one standard, in one version."""
    return add_standard(centre, OLD, name="TEA01")


def test_criteria_are_shown_with_proposals_that_count_for_nothing(ask: Ask) -> None:
    told = ask(*MAP, "TEA01").out
    assert told.startswith("T-101 (2026-01) Making Tea: 0 of 3 criteria mapped\nBeside TEA01 (1.0)\n")
    assert "TEA01 (1.0) P1: boil fresh water in a clean kettle\n            Both say boil, water." in told
    assert ask(*MAP, "--json").json["mapped"] == 0


def test_what_is_accepted_is_in_the_mapping_at_once_and_stands_in_what_is_shown(ask: Ask, centre: Path) -> None:
    note = ("--covers", "partly", "--note", "the kettle is\n not cleaned | not yet")
    assert ask(*MAP, "--accept", "1.1", "TEA01 P1", *note).err == "Written: mark_sheets/mappings/T-101.md.\n"
    text = (centre / "mark_sheets" / "mappings" / "T-101.md").read_text("utf-8")
    assert "unit: T-101\nversion: 2026-01\n" in text
    assert "| 1.1       | TEA01 (1.0) P1 | partly | the kettle is not cleaned \\| not yet |\n" in text
    (first, *_) = ask(*MAP, "--json").json["criteria"]
    assert [(each["statement"], each["covers"], each["counts"]) for each in first["covers"]] == [
        ("TEA01 (1.0) P1", "partly", True)
    ]
    assert "TEA01 (1.0) P1" not in [each["statement"] for each in first["proposed"]]
    assert ask("check", "mark_sheets").out == ""


def test_lines_that_need_not_change_stay_as_they_are_byte_for_byte(ask: Ask, centre: Path) -> None:
    file = add_mapping(centre, MAPPING_OF_OLD.replace("\n", "\r\n"))
    ask(*MAP, "--accept", "1.2", "TEA01 P2", "--note", "a note that is much wider than the table was")
    before, now = MAPPING_OF_OLD.replace("\n", "\r\n").splitlines(), file.read_bytes().decode().splitlines()
    (row,) = [line for line in now if line not in before]
    assert [line for line in now if line != row] == before
    assert now.index(row) == now.index("|2.1|TEA01 (1.0) P3|partly|one cup, not a table|") - 1
    ask(*MAP, "--remove", "1.2", "TEA01 P2")
    assert file.read_bytes().decode() == MAPPING_OF_OLD.replace("\n", "\r\n")


def test_a_pair_that_is_there_by_another_name_is_changed_and_not_put_down_twice(ask: Ask, centre: Path) -> None:
    file = add_mapping(centre, MAPPING_OF_OLD.replace("TEA01 (1.0) P1", "TEA01 P1"))
    ask(*MAP, "--reject", "1.1", "TEA01 (1.0) P1", "--note", "no")
    assert "| 1.1       | TEA01 P1       | not    | no                   |" in file.read_text("utf-8")
    ask(*MAP, "--accept", "1.1", "TEA01 P1")
    assert file.read_text("utf-8").count("P1") == 1
    assert "| fully  | no " in file.read_text("utf-8")


def test_a_pair_of_the_mark_sheet_is_turned_down_in_the_mapping_and_taken_out_by_hand(ask: Ask, centre: Path) -> None:
    sheet = centre / "mark_sheets" / "units" / "T-101.md"
    sheet.write_text(sheet.read_text("utf-8").replace("Warm the pot", "Warm the pot\n  - standards: TEA01 P2"), "utf-8")
    assert ask(*MAP, "--json").json["mapped"] == 1
    assert ask(*MAP, "--remove", "1.2", "TEA01 P2").code == 2
    assert ask(*MAP, "--reject", "1.2", "TEA01 (1.0) P2").code == 0
    assert ask(*MAP, "--json").json["mapped"] == 0


def test_a_pair_whose_statement_is_gone_counts_for_nothing_and_can_be_taken_out(ask: Ask, centre: Path) -> None:
    file = add_mapping(centre, MAPPING_OF_OLD.replace("(1.0) P1", "(1.0) P9"))
    assert "✓ fully   TEA01 (1.0) P9: is not in the centre's standards: counts for nothing" in ask(*MAP).out
    assert ask(*MAP, "--remove", "1.1", "TEA01 (1.0) P9").code == 0
    assert "P9" not in file.read_text("utf-8")


def test_of_two_versions_the_newest_is_proposed_and_a_name_without_one_is_asked_about(ask: Ask, centre: Path) -> None:
    add_standard(centre, NEW, name="TEA01-2")
    assert "Beside TEA01 (2.0)\n" in ask(*MAP).out
    assert "Beside TEA01 (1.0)\n" in ask(*MAP, "TEA01 (1.0)").out
    refused = ask(*MAP, "--accept", "1.1", "TEA01 P1", "--json")
    assert (refused.code, refused.error["title"]) == (2, "Which version?")
    assert "TEA01 (1.0) P1, TEA01 (2.0) P1" in refused.error["next_step"]
    assert ask(*MAP, "--accept", "1.1", "TEA01 (2.0) P2").code == 0


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("--accept", "9.9", "TEA01 P1"), "No such criterion"),
        (("--accept", "1.1", "TEA02 P1"), "No such standard"),
        (("--accept", "1.1", "TEA01 P9"), "No such statement"),
        (("--accept", "1.1", "TEA01 (7) P1"), "No such version"),
        (("--accept", "1.1", "tea"), "No such statement"),
        (("--remove", "1.1", "TEA01 P1"), "No such pair"),
        (("--accept", "1.1", "TEA01 P1", "--reject", "1.1", "TEA01 P1"), "One pair twice"),
        (("--note", "x"), "A note on what?"),
        (("COFFEE",), "No such standard or suite"),
    ],
)
def test_what_means_nothing_writes_nothing(ask: Ask, centre: Path, words: tuple[str, ...], title: str) -> None:
    answer = ask(*MAP, *words, "--json")
    assert (answer.code, answer.error["title"]) == (2, title)
    assert not (centre / "mark_sheets" / "mappings").exists()


def test_nothing_is_written_while_a_sheet_has_errors(ask: Ask, centre: Path, standard: Path) -> None:
    file = add_mapping(centre, MAPPING_OF_OLD.replace("partly", "mostly"))
    before = file.read_bytes()
    assert ask(*MAP, "--accept", "1.1", "TEA01 P2").code == 3
    assert file.read_bytes() == before
    file.unlink()
    sheet = centre / "mark_sheets" / "units" / "T-101.md"
    sheet.write_text(sheet.read_text("utf-8").replace("**1.1**", "1.1"), "utf-8")
    assert ask(*MAP, "--accept", "1.2", "TEA01 P2").code == 3
    assert not file.exists()
    assert standard.read_text("utf-8") == OLD


def test_two_mappings_of_one_unit_are_not_added_to(ask: Ask, centre: Path) -> None:
    add_mapping(centre, MAPPING_OF_OLD)
    add_mapping(centre, MAPPING_OF_OLD, "other")
    assert ask(*MAP, "--accept", "1.1", "TEA01 P2").code == 3


def test_show_says_of_each_criterion_what_it_covers(ask: Ask, centre: Path) -> None:
    assert "covers" not in ask("show", "AAA1", "101").out
    add_mapping(
        centre, MAPPING_OF_OLD + "|1.2|TEA01 (1.0) P2|not||\n|1.2|TEA01 (1.0) P9|fully||\n|2.1|TEA01 K1|fully||\n"
    )
    lines = [line.strip() for line in ask("show", "AAA1", "101").out.splitlines() if "covers" in line]
    assert lines == ["covers TEA01 (1.0) P1", "covers TEA01 K1, TEA01 (1.0) P3 (partly)"]
    assert "covers" not in ask("show", "AAA1").out
    outcomes = ask("show", "AAA1", "101", "--json").json["units"][0]["outcomes"]
    assert [each["covers"] for outcome in outcomes for each in outcome["criteria"]] == [
        [{"statement": "TEA01 (1.0) P1", "covers": "fully"}],
        [],
        [
            {"statement": "TEA01 K1", "covers": "fully"},
            {"statement": "TEA01 (1.0) P3", "covers": "partly"},
        ],
    ]


def test_beside_a_mapping_that_cannot_be_read_no_other_one_is_begun(ask: Ask, centre: Path) -> None:
    file = add_mapping(centre, MAPPING_OF_OLD)
    file.write_bytes(b"\xff\xfe")
    answer = ask(*MAP, "--accept", "1.1", "TEA01 P2", "--json")
    assert (answer.code, answer.error["title"]) == (3, "The mapping has errors")
    assert [each.name for each in file.parent.iterdir()] == ["T-101.md"]


@pytest.mark.parametrize("note", ["ends with \\", "a \\| b", "|", "*b* `c` [a](b)", "&amp;", "<!-- x -->", "x" * 3000])
def test_any_note_is_kept_as_it_was_written(ask: Ask, note: str) -> None:
    ask(*MAP, "--accept", "1.1", "TEA01 P1", "--note", note)
    (first, *_) = ask(*MAP, "--json").json["criteria"]
    assert [each["note"] for each in first["covers"]] == [note]


def test_what_a_terminal_obeys_is_a_visible_sign_in_a_note(ask: Ask, centre: Path) -> None:
    assert ask(*MAP, "--accept", "1.1", "TEA01 P1", "--note", "a\x1b[31m\tb\u202e").code == 0
    assert "\x1b" not in (centre / "mark_sheets" / "mappings" / "T-101.md").read_text("utf-8")
    assert ask("check", "mark_sheets").out == ""


def test_what_is_mapped_to_another_version_counts_for_nothing_beside_this_one(ask: Ask, centre: Path) -> None:
    add_mapping(centre, MAPPING_OF_OLD)
    mapped = ask(*MAP, "TEA01", "--json").json["mapped"]
    assert mapped > 0
    add_standard(centre, NEW, name="TEA01-2")
    assert ask(*MAP, "TEA01 (1.0)", "--json").json["mapped"] == mapped
    told = ask(*MAP, "TEA01").out
    assert ": 0 of 3 criteria mapped\nBeside TEA01 (2.0)\n" in told
    assert "TEA01 (1.0) P1: of another version, counts for nothing here: boil" in told
    assert ask(*MAP, "TEA01", "--left").out.count("\n\n") == 3
    assert not any(each["counts"] for one in ask(*MAP, "TEA01", "--json").json["criteria"] for each in one["covers"])


def test_a_standard_whose_sheet_has_errors_says_so_wherever_it_is_shown(ask: Ask, centre: Path) -> None:
    add_standard(centre, OLD.replace("**P2**", "**P1**"), name="TEA01")
    assert "has errors" in ask("standard", "show").out
    assert "! Its sheet has errors, a statement may be missing" in ask("standard", "show", "TEA01").out
    assert ask("standard", "show", "TEA01", "--json").json["sheet_has_errors"]


def test_beside_the_mapping_of_an_older_version_of_the_unit_one_of_this_version_is_begun(
    ask: Ask, centre: Path
) -> None:
    older = add_mapping(centre, MAPPING_OF_OLD.replace("version: 2026-01", "version: 2020-01"))
    before = older.read_bytes()
    assert ask("standard", "map", "101", "--accept", "1.2", "TEA01 P2", "--as", "ines").code == 0
    assert older.read_bytes() == before
    assert "version: 2026-01" in older.with_name("T-101-2026-01.md").read_text("utf-8")
