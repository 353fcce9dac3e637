from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.standard import Standard, Statement, StatementKind, Term
from markterm.sheets.kinds import STANDARD
from markterm.sheets.sheet_folder import load_folder
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.standard_file import STANDARD_WRITER, read_standard
from markterm.sheets.text_file import read_text_file

FILE = Path("mark_sheets/standards/TEA01.md")
SHEET = """---
kind: standard
code: TEA01
title: Make tea
version: 2.0
suite: TEA
published as: KTL TEA 01
approved: January 2026
replaced by: 3.0
---

# TEA01 Make tea

For whoever makes tea for others.

## Performance criteria

### Before

- **P1** boil fresh
  water
- **P2** warm the pot

### After

- **P3** clear up

## Knowledge

- **K1** how long leaves stand
  - **K1a** green ones

## Glossary

- **pot** what the tea stands in
"""


def codes_and_lines(text: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in read_standard(text, FILE).findings]


def test_a_sheet_is_read_whole() -> None:
    reading = read_standard(SHEET, FILE)
    assert reading.findings == ()
    performance, knowledge = StatementKind.PERFORMANCE, StatementKind.KNOWLEDGE
    assert reading.sheet == Standard(
        "TEA01",
        "Make tea",
        "2.0",
        "TEA",
        "KTL TEA 01",
        approved="January 2026",
        replaced_by="3.0",
        overview="For whoever makes tea for others.",
        statements=(
            Statement("P1", performance, "boil fresh water", "Before"),
            Statement("P2", performance, "warm the pot", "Before"),
            Statement("P3", performance, "clear up", "After"),
            Statement("K1", knowledge, "how long leaves stand"),
            Statement("K1a", knowledge, "green ones", parent="K1"),
        ),
        glossary=(Term("pot", "what the tea stands in"),),
    )
    assert not reading.sheet.in_force
    assert reading.sheet.counts == {performance: 3, knowledge: 2}


def test_it_is_written_back_byte_for_byte_and_a_change_touches_its_own_line() -> None:
    reading = read_standard(SHEET, FILE)
    assert reading.sheet is not None
    assert STANDARD_WRITER.rewrite(reading, reading.sheet) == SHEET
    shorter = SHEET.replace("boil fresh\n  water", "boil fresh water")
    assert STANDARD_WRITER.render(reading.sheet) == shorter
    changed = read_standard(SHEET.replace("warm the pot", "warm it"), FILE).sheet
    assert changed is not None
    assert STANDARD_WRITER.rewrite(reading, changed) == SHEET.replace("warm the pot", "warm it")


@pytest.mark.parametrize(
    ("good", "slip", "expected"),
    [
        ("- **P3** clear up", "- P3 clear up", [("MS095", 26)]),
        ("- **P3** clear up", "- **P4** clear up", [("MS091", 26)]),
        ("- **P3** clear up", "- **P2** clear up", [("MS096", 26)]),
        ("- **P3** clear up", "1. **P3** clear up", [("MS051", 26)]),
        ("- **P3** clear up", "- **P3** clear up\n\n  and again", [("MS095", 28)]),
        ("For whoever makes tea for others.", "- **P9** too early", [("MS121", 14)]),
        ("## Knowledge", "## Knowledge and understanding", [("MS095", 28), ("MS121", 30), ("MS121", 31)]),
        ("- **pot** what", "- pot what", [("MS095", 35)]),
        ("suite: TEA", "suit: TEA", [("MS011", 6)]),
    ],
)
def test_each_slip_is_told_with_its_line(good: str, slip: str, expected: list[tuple[str, int | None]]) -> None:
    assert SHEET.count(good) == 1
    assert codes_and_lines(SHEET.replace(good, slip)) == expected


def test_a_standard_without_statements_is_told() -> None:
    assert codes_and_lines("---\nkind: standard\ncode: X\ntitle: X\n---\n") == [("MS097", None)]


def test_two_versions_of_one_code_are_two_standards(tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    for version in ("2.0", "3.0"):
        (tmp_path / "standards" / f"{version}.md").write_text(SHEET.replace("version: 2.0", f"version: {version}"))
    loaded = load_folder(STANDARD, tmp_path)
    assert (len(loaded.by_key), loaded.findings) == (2, ())


@pytest.mark.parametrize("name", ["MTC01", "MTC02", "MTC03", "MTM-KSB"])
def test_a_shipped_standard_is_written_back_byte_for_byte(name: str) -> None:
    text = read_text_file(shipped_mark_sheets() / "standards" / f"{name}.md")
    standard = read_standard(text).sheet
    assert standard is not None
    assert STANDARD_WRITER.render(standard) == text


words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
sentence = st.lists(words, min_size=1, max_size=5).map(" ".join)


@given(st.lists(sentence, min_size=1, max_size=4), st.lists(sentence, max_size=3), sentence)
def test_whatever_can_be_written_is_read_back(performance: list[str], knowledge: list[str], title: str) -> None:
    statements = [
        Statement(f"{kind.letter}{number}", kind, text)
        for kind, texts in ((StatementKind.PERFORMANCE, performance), (StatementKind.KNOWLEDGE, knowledge))
        for number, text in enumerate(texts, 1)
    ]
    standard = Standard("X01", title, statements=tuple(statements))
    text = STANDARD_WRITER.render(standard)
    reading = read_standard(text)
    assert reading.sheet == standard
    assert STANDARD_WRITER.rewrite(reading, standard) == text


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_exception_and_kept(text: str) -> None:
    sheet = SHEET.replace("boil fresh", text)
    assert read_standard(sheet, FILE).source == sheet
