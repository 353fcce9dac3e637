from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.standard import Term
from markterm.domain.assessed.suite import Function, FunctionalArea, ListedStandard, Suite
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.suite_file import SUITE_WRITER, read_suite
from markterm.sheets.text_file import read_text_file

FILE = Path("mark_sheets/suites/TEA.md")
SHEET = """---
kind: suite
code: TEA
title: Tea
version: 1.0
---

# TEA Tea

For all who make tea.

## Key purpose

Make tea that
somebody likes.

## Standards

- **TEA01** Make tea

## Area A Serve

- **A1** Pour
  - standards: TEA01, KTL TEA 02

## Glossary

- **pot** what it stands in

## Links

- Coffee
"""


def codes_and_lines(text: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in read_suite(text, FILE).findings]


def test_a_suite_is_read_whole_and_written_back_byte_for_byte() -> None:
    reading = read_suite(SHEET, FILE)
    assert reading.findings == ()
    assert reading.sheet == Suite(
        "TEA",
        "Tea",
        "1.0",
        overview="For all who make tea.",
        key_purpose="Make tea that somebody likes.",
        standards=(ListedStandard("TEA01", "Make tea"),),
        areas=(FunctionalArea("A", "Serve", (Function("A1", "Pour", ("TEA01", "KTLTEA02")),)),),
        glossary=(Term("pot", "what it stands in"),),
        links=("Coffee",),
    )
    assert SUITE_WRITER.rewrite(reading, reading.sheet) == SHEET
    assert [function.code for function in reading.sheet.functions_of("TEA01")] == ["A1"]
    assert reading.sheet.links_of_functions == 2


@pytest.mark.parametrize(
    ("good", "slip", "expected"),
    [
        ("- **A1** Pour", "- A1 Pour", [("MS095", 23)]),
        ("  - standards: TEA01, KTL TEA 02\n", "", [("MS093", 23)]),
        ("  - standards: TEA01", "  - standard: TEA01", [("MS093", 23), ("MS095", 24)]),
        ("## Area A Serve", "## Area Serve", [("MS095", 21), ("MS121", 23)]),
        ("## Standards", "## Standard", [("MS095", 17), ("MS121", 19)]),
        ("- **TEA01** Make tea", "- **TEA01** Make tea\n- **TEA01** Again", [("MS096", 20)]),
        ("## Glossary", "## Area A Again\n\n## Glossary", [("MS096", 26)]),
        ("- Coffee", "- Coffee\n- Coffee", [("MS096", 33)]),
    ],
)
def test_each_slip_is_told_with_its_line(good: str, slip: str, expected: list[tuple[str, int | None]]) -> None:
    assert SHEET.count(good) == 1
    assert codes_and_lines(SHEET.replace(good, slip)) == expected


def test_the_shipped_suite_is_written_back_byte_for_byte() -> None:
    text = read_text_file(shipped_mark_sheets() / "suites" / "MTC.md")
    suite = read_suite(text).sheet
    assert suite is not None
    assert (len(suite.standards), len(suite.areas), len(suite.functions)) == (3, 3, 6)
    assert SUITE_WRITER.render(suite) == text


title = st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=9), min_size=1).map(
    " ".join
)


@given(st.lists(st.tuples(title, st.lists(title, max_size=3)), max_size=4), title)
def test_whatever_can_be_written_is_read_back(areas: list[tuple[str, list[str]]], purpose: str) -> None:
    letters = "ABCD"
    suite = Suite(
        "X",
        "X",
        key_purpose=purpose,
        areas=tuple(
            FunctionalArea(
                letter, area, tuple(Function(f"{letter}{n}", text, ("X01",)) for n, text in enumerate(functions, 1))
            )
            for letter, (area, functions) in zip(letters, areas, strict=False)
        ),
    )
    text = SUITE_WRITER.render(suite)
    assert read_suite(text).sheet == suite
