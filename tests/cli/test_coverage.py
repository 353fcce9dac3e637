"""`markterm coverage`: what units cover of a standard, what nothing covers, and what is mapped and does not count."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from markterm.cli.group import markterm
from tests.exports.read_back import squeezed, words_in
from tests.standards import IN_THE_MAP, MAPPING_IN_THE_MAP, add_mapped, write_sheet


@pytest.fixture
def mapped(centre: Path) -> Path:
    """The small centre with a standard, its suite and a mapping."""
    return add_mapped(centre)


def _asked(centre: Path, *words: str) -> Result:
    return CliRunner().invoke(markterm, ["coverage", *words, "-C", str(centre)])


def test_each_statement_stands_beside_the_units_and_what_is_missing_is_listed(mapped: Path) -> None:
    told = _asked(mapped, "T-CERT", "TEA01")
    assert told.exit_code == 0, told.stderr
    rows = [line.split() for line in told.stdout.splitlines()]
    assert ["✓", "TEA01", "P1", "1.1,", "1.2"] in rows
    assert ["~", "TEA01", "P2", "(1.2)"] in rows
    assert ["·", "TEA01", "K1"] in rows
    for heading in ("No unit covers (1):", "Covered in part alone (1):", "Covered more than once (1):"):
        assert heading in told.stdout
    assert "T-101 1.2 in part (cold only)" in told.stdout


def test_the_map_says_of_every_function_how_far_it_is_covered_in_80_columns(mapped: Path) -> None:
    told = _asked(mapped, "T-CERT", "TEA", "--map").stdout
    drawn = told.partition("The centre has no sheet of TEA02, which")[0]
    assert [line for line in drawn.splitlines() if len(line) > 80] == []
    lines = {line[3:7]: line for line in told.splitlines() if line[:2] in ("├─", "└─")}
    assert lines["~ A1"].endswith("1 of 3, 1 in part")
    assert lines["~ A2"].endswith("1 of 3, 1 in part")
    assert lines["? A3"].endswith("not known")
    assert "→ A4" in lines
    assert "the centre has no sheet of TEA02" in told
    assert "other suites do" in told
    assert "before they go on" in " ".join(told.replace("│", " ").split())


def test_a_mapping_to_the_old_version_covers_nothing_of_the_new_one_and_both_can_be_asked_for(mapped: Path) -> None:
    write_sheet(mapped, "standards", "TEA01-2", IN_THE_MAP.format(version="2.0"))
    new = _asked(mapped, "T-CERT", "TEA01")
    assert new.exit_code == 1
    assert "TEA01 (1.0) P1: it is of another version" in new.stdout
    assert "No unit covers (3):" in new.stdout
    old = _asked(mapped, "T-CERT", "TEA01 (1.0)")
    assert old.exit_code == 0
    assert "TEA01 (1.0) is not the newest version" in old.stdout
    assert _asked(mapped, "T-CERT", "TEA01", "--version", "1.0").stdout == old.stdout


def test_what_is_mapped_to_nothing_and_a_mapping_with_errors_are_told_and_end_with_1(mapped: Path) -> None:
    write_sheet(mapped, "mappings", "T-101", MAPPING_IN_THE_MAP + "| 1.1 | TEA01 P9 | fully | |\n")
    told = _asked(mapped, "T-101", "TEA01")
    assert told.exit_code == 1
    assert "1.1: TEA01 (1.0) P9: the standard has no such statement" in told.stdout
    write_sheet(mapped, "mappings", "T-101", MAPPING_IN_THE_MAP + "| 8.8 | TEA01 K1 | fully | |\n")
    faulty = _asked(mapped, "T-101", "TEA01")
    assert faulty.exit_code == 1
    assert "The mapping of T-101 has errors: nothing in it is counted." in faulty.stdout


def test_a_mapping_with_errors_is_told_too_where_all_units_are_looked_at(mapped: Path) -> None:
    write_sheet(mapped, "mappings", "T-101", MAPPING_IN_THE_MAP + "| 8.8 | TEA01 K1 | fully | |\n")
    told = _asked(mapped, "TEA01")
    assert told.exit_code == 1
    assert "The mapping of T-101 has errors: nothing in it is counted." in told.stdout


def test_what_is_to_be_known_of_a_standard_itself_is_told(mapped: Path) -> None:
    withdrawn = IN_THE_MAP.format(version="1.0").replace("suite: TEA", "suite: TEA\nwithdrawn: May 2025")
    write_sheet(mapped, "standards", "TEA01", withdrawn + "\n## To check\n\n- was P3 left out?\n")
    told = _asked(mapped, "T-CERT", "TEA01").stdout
    assert "TEA01 (1.0) is no longer in force." in told
    assert "To check against the document: 1 line in the sheets of TEA01 (1.0)." in told


def test_only_some_statements_are_listed_and_the_sums_are_of_all(mapped: Path) -> None:
    told = json.loads(_asked(mapped, "T-CERT", "TEA01", "--only", "uncovered", "--kind", "knowledge", "--json").stdout)
    assert [each["code"] for each in told["statements"]] == ["K1"]
    assert told["share"] == {"of": 3, "fully": 1, "partly": 1, "uncovered": 1, "twice": 1}


def test_without_a_unit_all_that_are_mapped_are_looked_at(mapped: Path) -> None:
    told = json.loads(_asked(mapped, "TEA01", "--json").stdout)
    assert (told["of"], [unit["code"] for unit in told["units"]]) == ([], ["T-101"])
    assert "all units beside TEA01 (1.0)" in _asked(mapped, "TEA01").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Missing argument"),
        (("T-CERT",), "No such standard or suite"),
        (("T-CERT", "TEO01"), "No such standard or suite"),
        (("T-999", "TEA01"), "No such qualification or unit"),
        (("T-CERT", "TEA01", "--version", "9"), "It has 1.0."),
        (("T-CERT", "TEA01", "--map"), "There is no functional map"),
    ],
)
def test_what_is_not_there_is_refused_with_what_there_is(mapped: Path, words: tuple[str, ...], said: str) -> None:
    told = _asked(mapped, *words)
    assert told.exit_code == 2
    assert said in told.stderr


def _export(centre: Path, to: Path, *words: str) -> Result:
    command = ["export", "coverage", *words, "-o", str(to), "-C", str(centre)]
    return CliRunner().invoke(markterm, command)


def test_as_csv_no_criterion_and_no_version_stands_alone_where_a_spreadsheet_would_take_it_for_a_number(
    mapped: Path, tmp_path: Path
) -> None:
    assert _export(mapped, tmp_path / "out", "T-CERT", "TEA", "--format", "csv").exit_code == 0
    tables = {file.stem.rpartition(" ")[2]: file.read_text("utf-8-sig") for file in (tmp_path / "out").glob("*.csv")}
    assert {"Statements", "Functions", "Sums"} <= tables.keys()
    rows = list(csv.DictReader(io.StringIO(tables["Statements"])))
    assert rows[0]["Statement"] == "TEA01 (1.0) P1"
    assert rows[0]["T-101 (2026-01)"] == "1.1 fully; 1.2 fully"
    assert [row["Coverage"] for row in rows] == ["covered", "covered in part", "not covered"]
    functions = {row["Function"]: row for row in csv.DictReader(io.StringIO(tables["Functions"]))}
    assert (functions["A2"]["Coverage"], functions["A2"]["Not here"]) == ("covered in part", "TEA02")
    assert "The centre has no sheet of TEA02" in functions["A1"]["To be known"]


@pytest.mark.parametrize("form", ["md", "html", "docx", "xlsx"])
def test_every_form_has_the_map_what_covers_a_statement_and_what_is_not_counted(
    mapped: Path, tmp_path: Path, form: str
) -> None:
    write_sheet(mapped, "mappings", "T-101", MAPPING_IN_THE_MAP + "| 1.1 | TEA01 P9 | fully | |\n")
    file = tmp_path / f"coverage.{form}"
    assert _export(mapped, file, "T-CERT", "TEA").exit_code == 0
    text = words_in(file)
    for said in ("Wash up", "met by other suites", "no such statement", "no sheet of TEA02", "pour without a drop"):
        assert squeezed(said) in text
