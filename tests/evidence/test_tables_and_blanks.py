"""Tables that end near the end of a chunk, and paragraphs in which there is nothing to see."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.words.foreign_text import clean
from markterm.evidence.text import markdown
from markterm.evidence.text.blocks import Block, BlockKind
from markterm.evidence.text.chunks import TARGET, cut_markdown
from markterm.evidence.text.parsing import parse_chunk
from tests.examples import examples

# What can follow a table, from what ends it to what goes on with it.
AFTER = (
    *("", "\n", "\nafter\n", "- after\n", "1. after\n", "> after\n", "# after\n", "***\nafter\n", "```\nafter\n```\n"),
    *(
        "<b>after</b>\n",
        "<div>\nafter\n",
        "after\n",
        "after | more\n",
        "\n\u00a0\n\nafter\n",
        "\n- after\n",
        "    after\n",
    ),
    *("[^1]: after\n", "[after]: http://after\n", "---\n", "===\n", "| after |\n|---|\n", "-\n", "\u3000\nafter\n"),
    *("\n| after | b |\n|---|---|\n| c | d |\n", "| after | \\| |\n"),
)
BLANK = "\u00a0\u1680\u2000\u2003\u2009\u200a\u202f\u205f\u3000\t "


def blocks(source: str) -> list[Block]:
    """The blocks as they are parsed, without what is shown where that fails."""
    cut = cut_markdown(source)
    known = markdown.references(cut.definitions)
    return [block for chunk in cut.chunks for block in parse_chunk(chunk, source, known)]


def table(rows: int, width: int) -> str:
    return "| date | what |\n|---|---|\n" + "".join(f"| row{n}x | {'w ' * width}|\n" for n in range(rows))


def assert_all_is_there(source: str, rows: int) -> None:
    found = blocks(source)
    shown = "\n".join(block.text for block in found)
    for n in range(rows):
        assert shown.count(f"row{n}x") == 1
    assert shown.count("what") == 1, "the header of a table is shown once"
    assert shown.count("after") == source.count("after")
    lines = source.split("\n")
    for block in found:
        assert 0 <= block.first <= block.last <= len(lines)
        for row in block.rows:
            begins = block.line_of(block.text.index(row[0][0].text)) if row and row[0] else block.first
            assert not row[0] or row[0][0].text in lines[begins]


@pytest.mark.parametrize("after", [*AFTER[:6], *(pytest.param(after, marks=pytest.mark.long) for after in AFTER[6:])])
def test_a_table_may_end_anywhere_in_a_chunk_and_be_followed_by_anything(after: str) -> None:
    for width in (10, 60, 150):
        per_row = len(table(1, width)) - len(table(0, width))
        at = 2 * TARGET // per_row
        for rows in {max(at + step, 1) for step in range(-3, 4)} | {TARGET // per_row, 4 * TARGET // per_row + 1}:
            assert_all_is_there(table(rows, width) + after, rows)


@settings(deadline=None, max_examples=examples(60))
@given(st.integers(0, 260), st.integers(0, 60), st.sampled_from(AFTER), st.integers(0, 2100))
def test_no_length_of_a_table_loses_a_row(rows: int, width: int, after: str, before: int) -> None:
    opening = f"{'p' * before}\n\n" if before else ""
    assert_all_is_there(opening + table(rows, width) + after, rows)


@pytest.mark.parametrize("blank", BLANK)
@pytest.mark.parametrize(
    "inside", ["{}", "> {}", "- {}", "1. {}", "- a\n\n  {}", "> - {}", "[^1]: {}", "# {}", "{}\n==="]
)
def test_a_paragraph_of_white_space_is_a_paragraph_without_words(inside: str, blank: str) -> None:
    source = f"before\n\n{inside.format(blank * 3)}\n\nafter\n"
    shown = [block.text for block in blocks(source)]
    assert shown[0] == "before"
    assert shown[-1] == "after"


@settings(deadline=None, max_examples=examples(100))
@given(st.lists(st.sampled_from([*BLANK, "\n", "\n\n", "&nbsp;", "- ", "> ", "w", "# ", "| ", "|-|"]), max_size=30))
def test_white_space_of_any_kind_anywhere_loses_no_word(pieces: list[str]) -> None:
    source = clean("".join(pieces)).text
    shown = "".join(block.text for block in blocks(source))
    assert shown.count("w") == source.count("w")


def test_a_chunk_that_only_seems_to_go_on_with_a_table_shows_no_header_of_it() -> None:
    source = table(40, 60) + "\n" + "A paragraph of its own.\n" * 400
    for block in blocks(source)[1:]:
        assert block.kind in (BlockKind.TABLE, BlockKind.PARAGRAPH)
        assert block.first >= 2
        if block.kind is BlockKind.PARAGRAPH:
            assert "what" not in block.text
