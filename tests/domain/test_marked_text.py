"""How a document is read that was converted to Markdown: what all importers of papers rest on."""

from __future__ import annotations

import pytest

from markterm.domain.papers.paper_rows import rows_of
from markterm.domain.texts.marked_lines import lines_of_marked
from markterm.domain.texts.marked_text import cells_of, unmarked


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("# **Credit** *Value:*", "Credit Value:"),
        ("**a *b* c**", "a b c"),
        (r"**Tea \[44 marks\]**", "Tea [44 marks]"),
        ("__Credit__ _Value_", "Credit Value"),
        (r"3\* snake_case_name, 2*3*4", "3* snake_case_name, 2*3*4"),
        ("[Tea](<https://tea.example/a b>) and ![a picture](p.png)", "Tea and a picture"),
        ("a line that\\", "a line that"),
        (r"one \| two", "one | two"),
    ],
)
def test_marks_of_a_document_are_no_part_of_what_it_says(marked: str, words: str) -> None:
    assert unmarked(marked) == words


def test_a_row_has_its_cells_a_rule_none_and_another_line_is_no_row() -> None:
    assert cells_of(r"| a \| b | c |") == (r" a \| b ", " c ")
    assert cells_of("|---|:--|") == ()
    assert cells_of("a | b") is None


def test_every_importer_tells_the_points_of_a_cell_apart_that_were_extracted_as_one_line() -> None:
    text = "| **Tea** | · One · Two or · Three<br>Four |\n· Five · Six"
    assert [line.text for line in lines_of_marked("| - One - Two-fold | A - B |")] == ["One", "Two-fold", "A - B"]
    told = [("Tea", False), ("One", True), ("Two or", True), ("Three", True), ("Four", False), ("Five · Six", True)]
    assert [(line.text, line.is_item) for line in lines_of_marked(text)] == told
    assert [(part.text, part.is_item) for row in rows_of(text) for cell in row.cells for part in cell] == told
