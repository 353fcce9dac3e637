"""A new version of a standard beside the old one, and what holds for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.standards import MAPPING_OF_OLD, NEW, OLD, add_mapping, add_standard

CARRY = ("standard", "carry", "TEA01", "1.0", "2.0")
WHY = ("--reason", "Numbered anew.", "--as", "ines")


@pytest.fixture(autouse=True)
def mapping(centre: Path) -> Path:
    """Both versions are here, and a unit is mapped to the old one."""
    add_standard(centre, OLD, name="TEA01")
    add_standard(centre, NEW, name="TEA01-2")
    more = "|1.2|TEA01 (1.0) P2|fully|pots alone|\n|1.2|TEA01 (1.0) K1|not||\n"
    return add_mapping(centre, MAPPING_OF_OLD + more)


def test_the_difference_is_shown_statement_by_statement_and_nothing_is_written(ask: Ask, mapping: Path) -> None:
    before = mapping.read_bytes()
    assert ask(*CARRY).out == (
        "TEA01 (1.0) and TEA01 (2.0): 1 the same under another code, 1 reworded, 2 gone, 1 the same, 1 new\n"
        "\n"
        "→ P1 → P2 boil fresh water in a clean kettle\n"
        "    T-101 (2026-01) 1.1, fully: not carried\n"
        "~ P2 → P3 warm the pot before the leaves go in\n"
        "    now: warm the pot well before the leaves go in\n"
        "    T-101 (2026-01) 1.2, fully: not carried\n"
        "- P3 pour the tea without a drop on the saucer\n"
        "    T-101 (2026-01) 2.1, partly: not carried\n"
        "= K1 why water has to boil afresh\n"
        "    T-101 (2026-01) 1.2, not: not carried\n"
        "- K2 which leaves want cooler water\n"
        "+ P1 ask every guest what they drink\n"
    )
    assert mapping.read_bytes() == before
    assert ask("log", "--of-centre", "--json").json == []


def test_what_is_worded_the_same_is_carried_beside_what_stands_with_an_entry_that_says_why(
    ask: Ask, mapping: Path
) -> None:
    before = mapping.read_text("utf-8")
    assert ask(*CARRY, *WHY).err == "Written: T-101.md. Recorded.\n"
    now = mapping.read_text("utf-8")
    assert [line for line in now.splitlines() if line in before.splitlines()] == before.splitlines()
    added = [line for line in now.splitlines() if line not in before.splitlines()]
    assert [[cell.strip() for cell in line.split("|")[1:4]] for line in added] == [
        ["1.1", "TEA01 (2.0) P2", "fully"],
        ["1.2", "TEA01 (2.0) K1", "not"],
    ]
    *_, entry = ask("log", "--of-centre", "--json").json
    assert (entry["kind"], entry["actor"]) == ("standard_carried", "ines")
    assert "TEA01 carried from 1.0 to 2.0: 2 statements, T-101" in ask("log", "--of-centre").out
    assert ask("audit").code == 0
    assert ask("check", "mark_sheets").code == 0
    again = ask(*CARRY, *WHY, "--json")
    assert (again.code, again.error["title"]) == (3, "There is nothing to carry")
    assert "P1 → P2 boil fresh water in a clean kettle\n    T-101 (2026-01) 1.1, fully: carried" in ask(*CARRY).out


def test_rows_that_stand_without_an_entry_of_who_carried_them_get_one(ask: Ask, mapping: Path) -> None:
    rows = "|1.1|TEA01 (2.0) P2|fully||\n|1.2|TEA01 (2.0) K1|not||\n"
    mapping.write_text(mapping.read_text("utf-8") + rows, "utf-8")
    before = mapping.read_bytes()
    assert ask(*CARRY, *WHY).code == 0
    assert mapping.read_bytes() == before
    assert ask("log", "--of-centre", "--json").json[-1]["kind"] == "standard_carried"
    assert ask(*CARRY, *WHY).code == 3


def test_what_an_older_version_of_a_unit_is_mapped_to_is_carried_too(ask: Ask, centre: Path, mapping: Path) -> None:
    sheet = centre / "mark_sheets" / "units" / "T-101.md"
    newer = sheet.read_text("utf-8").replace("version: 2026-01", "version: 2027-01")
    (sheet.parent / "T-101-2.md").write_text(newer, "utf-8")
    for_all = mapping.with_stem("T-101-all")
    for_all.write_text(
        "---\nkind: mapping\nunit: T-101\n---\n\n# T-101\n\n|Criterion|Statement|Covers|Note|\n|---|---|---|---|\n"
        "|1.2|TEA01 (1.0) P1|partly||\n",
        "utf-8",
    )
    assert ask(*CARRY, *WHY).code == 0
    assert "TEA01 (2.0) P2 | fully" in mapping.read_text("utf-8")
    assert "TEA01 (2.0) P2 | partly" in for_all.read_text("utf-8")
    assert "TEA01 (2.0) P2 | partly" not in mapping.read_text("utf-8")
    told = ask(*CARRY).out
    assert "T-101 (2026-01) 1.1, fully: carried" in told
    assert "T-101 (2027-01) 1.2, partly: carried" in told
    assert ask("check", "mark_sheets/mappings").code == 0
    *_, entry = ask("log", "--of-centre", "--json").json
    assert entry["body"]["units"] == ["T-101"]


def test_what_was_reworded_is_carried_where_a_person_says_so_with_its_note(ask: Ask, mapping: Path) -> None:
    ask(*CARRY, "--also", "P2=P3", "--leave", "P1", *WHY)
    text = mapping.read_text("utf-8")
    assert "| 1.2       | TEA01 (2.0) P3 | fully  | pots alone" in text
    assert "(2.0) P2" not in text


def test_of_two_that_come_to_one_statement_that_stands_which_covers_more(ask: Ask, mapping: Path) -> None:
    mapping.write_text(MAPPING_OF_OLD + "|1.1|TEA01 (1.0) P2|partly|a bit|\n", "utf-8")
    ask(*CARRY, "--also", "P2=P2", *WHY)
    (row,) = [line for line in mapping.read_text("utf-8").splitlines() if "(2.0) P2" in line]
    assert "fully" in row


@pytest.mark.parametrize(
    ("words", "code", "title"),
    [
        (("TEA01", "1.0", "3.0"), 2, "No such version"),
        (("TEA01", "1.0", "1.0"), 2, "One version twice"),
        (("COFFEE", "1", "2"), 2, "No such standard"),
        (("TEA01", "1.0", "-"), 2, "No such version"),
        ((*CARRY[2:], "--also", "P2=P3"), 2, "Why?"),
        ((*CARRY[2:], "--also", "P2", *WHY), 2, "Which for which?"),
        ((*CARRY[2:], "--also", "P2=P9", *WHY), 2, "No such statement"),
        ((*CARRY[2:], "--leave", "P9", *WHY), 2, "No such statement"),
        ((*CARRY[2:], "--reason", "x"), 3, "Who is marking?"),
    ],
)
def test_what_means_nothing_writes_nothing(
    ask: Ask, mapping: Path, words: tuple[str, ...], code: int, title: str
) -> None:
    before = mapping.read_bytes()
    answer = ask("standard", "carry", *words, "--json")
    assert (answer.code, answer.error["title"]) == (code, title)
    assert mapping.read_bytes() == before
    assert ask("log", "--of-centre", "--json").json == []


def test_nothing_is_carried_while_a_sheet_has_errors(ask: Ask, centre: Path, mapping: Path) -> None:
    add_standard(centre, OLD.replace("**P2**", "P2"), name="TEA01")
    assert ask(*CARRY).code == 3
    add_standard(centre, OLD, name="TEA01")
    mapping.write_text(MAPPING_OF_OLD + "|1.2|TEA01 (1.0) P2|mostly||\n", "utf-8")
    assert ask(*CARRY, *WHY).code == 3
    assert ask("log", "--of-centre", "--json").json == []
