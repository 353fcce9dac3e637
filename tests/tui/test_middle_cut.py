"""Names that are cut in their middle."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.tui.evidence.listed_files import file_lines
from markterm.tui.widgets.middle_cut import middle_cut


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("03-coaching-log.docx", 30, "03-coaching-log.docx"),
        ("03-coaching-log.docx", 13, "03-coa…g.docx"),
        ("Understand the principles of coaching", 20, "Understan…f coaching"),
        ("be able to review", 6, "be…iew"),
        ("李文的辅导日志.docx", 12, "李文…志.docx"),
        ("long", 1, "…"),
        ("exactly", 7, "exactly"),
        ("李文", 4, "李文"),
        ("a tall glass", 8, "a t…lass"),
        ("a tall a glass", 9, "a ta…lass"),
        ("coaching a log", 8, "coa…log"),
        ("long", 0, ""),
    ],
)
def test_the_beginning_and_the_end_stay(text: str, width: int, shown: str) -> None:
    assert middle_cut(text, width) == shown


@given(st.text(st.characters(exclude_categories=("C", "M"))), st.integers(0, 40))
def test_it_is_never_wider_than_there_is_room(text: str, width: int) -> None:
    assert cell_len(middle_cut(text, width)) <= width


@given(st.text(st.characters(exclude_categories=("C", "M"))), st.integers(3, 40))
def test_what_fits_is_not_changed(text: str, width: int) -> None:
    assert (middle_cut(text, width) == text) or cell_len(text) > width


def test_files_are_listed_in_columns_and_long_names_keep_their_ends() -> None:
    files = [
        EvidenceFile("short.md", Path("short.md"), 10, 0, EvidenceKind.MARKDOWN),
        EvidenceFile(f"R Jones {'long ' * 20}(2).md", Path("x"), 123456, 0, EvidenceKind.TEXT),
    ]
    first, second = file_lines(files, str, {}, 60)
    assert cell_len(first) == cell_len(second) == 60
    assert second.startswith("R Jones long")
    assert "(2).md  " in second
    assert first.endswith("  10 bytes")
    assert second.endswith("  123.5 KB")
