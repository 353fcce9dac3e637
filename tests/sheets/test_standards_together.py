"""Sheets that name standards, checked beside the sheets of these."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.words.finding import Severity
from markterm.sheets.lint import check
from tests.centres import UNITS
from tests.standards import MAPPING_OF_OLD, NEW, OLD, add_mapping, add_standard

SUITE = """\
---
kind: suite
code: TEA
title: Tea
---

# TEA Tea

## Standards

- **TEA01** Make tea for others
"""


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A folder with the sheet of a unit and of a standard."""
    units = tmp_path / "mark_sheets" / "units"
    units.mkdir(parents=True)
    (units / "T-101.md").write_text(UNITS["T-101"], "utf-8")
    add_standard(tmp_path, OLD, name="TEA01")
    return tmp_path


def found(*paths: Path) -> list[tuple[str, Severity, int | None]]:
    return [(each.code, each.severity, each.line) for each in check(paths)]


def with_standards(centre: Path, links: str) -> Path:
    sheet = centre / "mark_sheets" / "units" / "T-101.md"
    sheet.write_text(UNITS["T-101"].replace("Warm the pot", f"Warm the pot\n  - standards: {links}"), "utf-8")
    return sheet


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ("TEA01 P1, TEA01 (1.0) K2, TEA 01 P1", []),
        ("TEA01 P9", [("MS090", Severity.ERROR)]),
        ("TEA01 (9) P1", [("MS090", Severity.ERROR)]),
        ("LSICM01 K14", [("MS090", Severity.WARNING)]),
        ("TEA01", [("MS095", Severity.WARNING)]),
        ("TEA01 P1, banana, TEA01 P9", [("MS095", Severity.WARNING), ("MS090", Severity.ERROR)]),
    ],
)
def test_what_a_mark_sheet_names_has_to_be_there(
    centre: Path, links: str, expected: list[tuple[str, Severity]]
) -> None:
    sheet = with_standards(centre, links)
    assert found(sheet) == [(*each, 19) for each in expected]
    assert found(centre / "mark_sheets") == found(sheet)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TEA01 (1.0) P9", "MS090"),
        ("TEA01 (1.1) P1", "MS090"),
        ("TEA02 P1", "MS090"),
        ("TEA01 (1.0) P1", ""),
    ],
)
def test_what_a_mapping_names_has_to_be_there(centre: Path, text: str, code: str) -> None:
    file = add_mapping(centre, MAPPING_OF_OLD.replace("TEA01 (1.0) P1", text))
    assert found(file) == ([(code, Severity.ERROR, 13)] if code else [])


def test_one_statement_by_two_names_is_told(centre: Path) -> None:
    file = add_mapping(centre, f"{MAPPING_OF_OLD}|2.1|TEA01 P3|fully||\n")
    assert found(file) == [("MS094", Severity.WARNING, 15), ("MS096", Severity.ERROR, 15)]


def test_of_two_versions_a_mapping_says_which_and_one_in_force(centre: Path) -> None:
    file = add_mapping(centre, MAPPING_OF_OLD.replace("TEA01 (1.0) P1", "TEA01 P1"))
    assert found(file) == [("MS094", Severity.WARNING, 13)]
    add_standard(centre, NEW, name="TEA01-2")
    assert found(file) == [("MS094", Severity.WARNING, 13)]
    add_standard(centre, OLD.replace("version: 1.0", "version: 1.0\nreplaced by: 2.0"), name="TEA01")
    assert found(file) == [("MS094", Severity.WARNING, 13), ("MS094", Severity.WARNING, 14)]
    assert found(with_standards(centre, "TEA01 (1.0) P1")) == [("MS094", Severity.WARNING, 19)]


def test_a_row_that_says_no_version_is_told_as_long_as_the_standard_says_one(centre: Path) -> None:
    file = add_mapping(centre, MAPPING_OF_OLD.replace("TEA01 (1.0) P1", "TEA01 P1"))
    (finding,) = check((file,))
    assert finding.message == "TEA01 P1 says no version, and was looked at in one: write TEA01 (1.0) P1."
    assert found(with_standards(centre, "TEA01 P1")) == []
    add_standard(centre, OLD.replace("version: 1.0\n", ""), name="TEA01")
    add_mapping(centre, MAPPING_OF_OLD.replace("TEA01 (1.0)", "TEA01"))
    assert found(file) == []


def test_a_suite_is_told_of_other_titles_and_of_standards_without_a_sheet(centre: Path) -> None:
    suite = centre / "mark_sheets" / "suites" / "TEA.md"
    suite.parent.mkdir()
    suite.write_text(SUITE.replace("Make tea", "make  Tea"), "utf-8")
    assert found(suite) == []
    suite.write_text(SUITE.replace("for others", "for many") + "- **TEA02** Wash up\n", "utf-8")
    assert found(suite) == [("MS092", Severity.WARNING, 11), ("MS098", Severity.WARNING, 12)]


def test_a_map_that_names_what_no_sheet_holds_and_a_standard_of_no_suite_are_told(centre: Path) -> None:
    suite = centre / "mark_sheets" / "suites" / "TEA.md"
    suite.parent.mkdir()
    functions = "\n## Area A Serve\n\n- **A1** Pour\n  - standards: TEA01, TEA07\n"
    suite.write_text(SUITE + functions, "utf-8")
    assert found(suite)[-1][:2] == ("MS098", Severity.WARNING)
    standard = add_standard(centre, OLD.replace("version: 1.0", "version: 1.0\nsuite: TEA"), name="TEA01")
    assert found(standard) == []
    suite.unlink()
    assert found(standard) == [("MS131", Severity.WARNING, 6)]


def test_where_a_centre_has_no_standards_nothing_is_said_of_what_names_them(centre: Path) -> None:
    (centre / "mark_sheets" / "standards" / "TEA01.md").unlink()
    assert found(with_standards(centre, "LSICM01 K14"), add_mapping(centre, MAPPING_OF_OLD)) == []
