from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping
from markterm.domain.assessed.standard import StatementLink
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.sheets.mapping_file import MAPPING_WRITER, fit_mapping, read_mapping
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.text_file import read_text_file

FILE = Path("mark_sheets/mappings/TEA-1.md")
SHEET = """---
kind: mapping
unit: TEA-1
version: 2026
title: Tea
---

# TEA-1 Tea

Who looked, and when.

| Criterion | Statement      | Covers | Note           |
|-----------|----------------|--------|----------------|
| 1.1       | TEA01 (2.0) P1 | fully  |                |
| 1.2       | TEA01 K1       | partly | a \\| b, a part |
| 1.2       | TEA01 K2       | not    |                |
"""
UNIT = Unit("TEA-1", "Tea", version="2026", outcomes=(LearningOutcome(1, "Tea", (Criterion("1.1", "Boil"),)),))


def codes_and_lines(text: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in read_mapping(text, FILE).findings]


def test_a_mapping_is_read_whole_and_written_back_byte_for_byte() -> None:
    reading = read_mapping(SHEET, FILE)
    assert reading.findings == ()
    assert reading.sheet == UnitMapping(
        "TEA-1",
        "2026",
        "Tea",
        "Who looked, and when.",
        (
            Mapped("1.1", StatementLink("TEA01", "P1", "2.0")),
            Mapped("1.2", StatementLink("TEA01", "K1"), Strength.PARTLY, "a | b, a part"),
            Mapped("1.2", StatementLink("TEA01", "K2"), Strength.NOT),
        ),
    )
    assert MAPPING_WRITER.rewrite(reading, reading.sheet) == SHEET


@pytest.mark.parametrize(
    ("good", "slip", "expected"),
    [
        ("TEA01 (2.0) P1", "TEA01         ", [("MS095", 14)]),
        ("| 1.1       |", "|           |", [("MS095", 14)]),
        ("| fully  |", "| wholly |", [("MS095", 14)]),
        ("TEA01 K2", "TEA01 K1", [("MS096", 16)]),
        ("| 1.2       | TEA01 K2", "\n| 1.2       | TEA01 K2", [("MS095", 17)]),
        ("| Criterion |", "| Criteria  |", [("MS097", None)]),
    ],
)
def test_each_slip_is_told_with_its_line(good: str, slip: str, expected: list[tuple[str, int | None]]) -> None:
    assert SHEET.count(good) == 1
    assert codes_and_lines(SHEET.replace(good, slip)) == expected


def test_a_criterion_that_the_unit_does_not_have_is_told_beside_its_sheet() -> None:
    reading = read_mapping(SHEET, FILE)
    assert [(each.code, each.line) for each in fit_mapping(reading, {"TEA-1": UNIT}).findings] == [
        ("MS090", 15),
        ("MS090", 16),
    ]
    assert [(each.code, each.line) for each in fit_mapping(reading, {}).findings] == [("MS090", 3)]


@pytest.mark.parametrize("unit", ["8580-500", "8580-501", "8580-503"])
def test_a_shipped_mapping_is_written_back_byte_for_byte(unit: str) -> None:
    text = read_text_file(shipped_mark_sheets() / "mappings" / f"{unit}.md")
    mapping = read_mapping(text).sheet
    assert mapping is not None
    assert MAPPING_WRITER.render(mapping) == text
