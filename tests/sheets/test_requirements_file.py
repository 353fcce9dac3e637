from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.competence import CompetenceSheet, Requirement
from markterm.sheets.kinds import COMPETENCE
from markterm.sheets.lint import check
from markterm.sheets.requirements_file import read_requirements
from markterm.sheets.sheet_library import SheetLibrary

FILE = Path("mark_sheets/competence/demo.md")
SHEET = """---
kind: competence
code: DEMO-STAFF
title: Staff
suite: DEMO
---

# DEMO-STAFF Staff

What a centre should know.

## Tutor

- **T1** Has taught
  adults
  - years: 3
  - evidence: courses
  - lasting: a certificate
  - evidence: sessions

## Assessor and verifier

Free text.

- **A2** Keeps up
  - kind: cpd
- **A3** Knows
"""


def codes_and_lines(text: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in read_requirements(text, FILE).findings]


def test_a_sheet_is_read_whole() -> None:
    reading = read_requirements(SHEET, FILE)
    assert reading.findings == ()
    assert reading.sheet == CompetenceSheet(
        "DEMO-STAFF",
        "Staff",
        "DEMO",
        (Requirement("T1", "Has taught adults", 3, False, ("courses", "sessions"), ("a certificate",)),),
        (Requirement("A2", "Keeps up", is_cpd=True), Requirement("A3", "Knows")),
    )


def test_a_byte_order_mark_and_any_line_ends_make_no_difference() -> None:
    for source in ("\ufeff" + SHEET, SHEET.replace("\n", "\r\n")):
        assert read_requirements(source).sheet == read_requirements(SHEET).sheet
        assert read_requirements(source).findings == ()


@pytest.mark.parametrize(
    ("good", "slip", "expected"),
    [
        ("- **A3** Knows", "- A3 Knows", [("MS100", 27)]),
        ("- **A3** Knows", "- **A3**", [("MS100", 27)]),
        ("- **A3** Knows", "- **a3** Knows", [("MS100", 27)]),
        ("## Tutor", "## Teacher", [("MS101", 12), ("MS102", 14)]),
        ("- **A3** Knows", "> **A3** Knows", [("MS102", 27)]),
        ("Free text.", "**A9** Knows", [("MS102", 23)]),
        ("- **A3** Knows", "- **A2** Knows", [("MS104", 27)]),
        ("- **A3** Knows", "- **T1** Knows", [("MS104", 27)]),
        ("years: 3", "years: three", [("MS105", 16)]),
        ("years: 3", "years: 0", [("MS105", 16)]),
        ("years: 3", "year: 3", [("MS105", 16)]),
        ("years: 3", "years:", [("MS105", 16)]),
        ("  - lasting: a certificate", "  - years: 4", [("MS105", 18)]),
        ("kind: cpd", "kind: CPD", [("MS105", 26)]),
        ("  - kind: cpd", "\n  Another text.\n", [("MS105", 27)]),
        ("  - kind: cpd", "\t- kind: cpd", [("MS001", 26)]),
        ("kind: competence", "kind: unit", [("MS011", 2)]),
        ("code: DEMO-STAFF\n", "", [("MS011", 1)]),
        ("suite: DEMO", "suit: DEMO", [("MS011", 5)]),
        ("- **A3** Knows", "1. **A4** Knows", [("MS051", 27)]),
    ],
)
def test_each_slip_is_told_with_its_line(good: str, slip: str, expected: list[tuple[str, int | None]]) -> None:
    assert SHEET.count(good) == 1
    assert codes_and_lines(SHEET.replace(good, slip)) == expected


def test_a_requirement_in_no_section_is_told() -> None:
    text = SHEET.replace("What a centre should know.", "- **A1** Stands too early")
    assert codes_and_lines(text) == [("MS102", 10)]


def test_a_sheet_that_asks_for_nothing_is_told() -> None:
    assert codes_and_lines("---\nkind: competence\ncode: X\ntitle: X\n---\n\n## Tutor\n") == [("MS103", None)]
    assert codes_and_lines("no front matter") == [("MS010", 1)]


def test_of_two_sheets_with_the_same_code_the_first_is_kept_and_the_second_told(tmp_path: Path) -> None:
    folder = tmp_path / "competence"
    folder.mkdir()
    (folder / "a.md").write_text(SHEET, "utf-8")
    (folder / "b.md").write_text(SHEET.replace("title: Staff", "title: Others"), "utf-8")
    library = SheetLibrary.load(COMPETENCE, tmp_path)
    assert library.by_code["DEMO-STAFF"].title == "Staff"
    assert [(finding.code, finding.line) for finding in library.findings] == [("MS011", 3)]
    assert [(finding.code, finding.file, finding.line) for finding in check([tmp_path])] == [
        ("MS011", folder / "b.md", 3)
    ]
    assert SheetLibrary.load(COMPETENCE, tmp_path / "nowhere").by_code == {}


@given(place=st.integers(0, len(SHEET)), length=st.integers(0, 40), instead=st.text(max_size=8))
def test_whatever_is_written_it_is_read_or_told(place: int, length: int, instead: str) -> None:
    reading = read_requirements(SHEET[:place] + instead + SHEET[place + length :], FILE)
    if reading.sheet is None:
        assert reading.findings


@pytest.mark.parametrize("before", ["", "> ", "| ", "```\n", "### "])
def test_a_requirement_whose_code_is_not_in_bold_is_told_wherever_it_stands(before: str) -> None:
    sheet = f"---\nkind: competence\ncode: X\ntitle: X\n---\n\n## Tutor\n\n- **T1** Has taught\n\n{before}T2 Teaches\n"
    assert "MS121" in {finding.code for finding in read_requirements(sheet).findings}
