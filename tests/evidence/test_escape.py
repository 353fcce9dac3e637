"""Text that a reader puts into Markdown stays the text it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.foreign_text import clean
from markterm.evidence.readers.escape import escape_inline, escape_line_start, link, table
from markterm.evidence.text.blocks import BlockKind
from markterm.evidence.text.chunks import Chunk, Form
from markterm.evidence.text.parsing import parse_chunk

_TEXT = st.text(st.sampled_from("ab1 .)#-+*_=~`|<>[]()!&;:\\/\tx\"'"), max_size=30)


def _blocks(markdown: str) -> list[tuple[BlockKind, str, int]]:
    chunk = Chunk(0, len(markdown), 0, Form.MARKDOWN, after_blank=False)
    return [(block.kind, block.text, len(block.containers)) for block in parse_chunk(chunk, markdown, {})]


def _words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "text", ["AC 1.2 is met", "snake_case", "a - b", "Page [3] (of 4)", "3 < 4", "R&D", "C:\\plans", "1.2", "#tag"]
)
def test_text_that_markdown_leaves_alone_is_left_alone(text: str) -> None:
    assert escape_line_start(escape_inline(text)) == text


@given(_TEXT)
def test_any_line_is_one_paragraph_of_the_same_words(text: str) -> None:
    line = _words(clean(text).text)
    found = _blocks(escape_line_start(escape_inline(line)))
    assert found == ([(BlockKind.PARAGRAPH, line, 0)] if line else [])


@given(st.lists(_TEXT.map(_words).filter(bool), min_size=2, max_size=4))
def test_no_line_makes_anything_of_the_line_before(lines: list[str]) -> None:
    found = _blocks(escape_line_start(escape_inline("\n".join(lines))))
    assert found == [(BlockKind.PARAGRAPH, " ".join(lines), 0)]


@given(st.lists(st.lists(_TEXT, min_size=2, max_size=2), min_size=1, max_size=3), st.booleans())
def test_any_cells_are_the_cells_of_the_table(rows: list[list[str]], header: bool) -> None:
    found = _blocks(table(rows, header))
    cells = [_words(cell) for row in ([] if header else [["", ""]]) + rows for cell in row]
    assert found == [(BlockKind.TABLE, "".join(f"{cell}\n" for cell in cells), 0)]


def test_short_rows_are_filled_up() -> None:
    assert table([["a", "b"], ["c"]], header=True) == "| a | b |\n| --- | --- |\n| c |  |"


def test_a_table_without_rows_is_nothing() -> None:
    assert table([], header=True) == ""


@pytest.mark.parametrize(
    ("words", "address", "shown"),
    [
        ("video", "https://example.org/a|b", "[video](<https://example.org/a\\|b>)"),
        ("part [1] *of* 2", "#a", "[part \\[1\\] \\*of\\* 2](<#a>)"),
        ("zoe@example.org", "mailto:zoe@example.org", "zoe@example.org"),
        ("", "https://example.org/a*", "https://example.org/a\\*"),
        ("words", "", "words"),
    ],
)
def test_a_link_is_its_words_and_where_it_leads(words: str, address: str, shown: str) -> None:
    assert link(words, address) == shown
