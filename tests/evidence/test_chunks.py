"""Cutting a source into chunks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.evidence.text.chunks import TARGET, Cut, Form, cut_lines, cut_markdown

_PROSE = "I agreed the aims with my client before we began.\n"
_PARAGRAPHS = (_PROSE * 4 + "\n") * 60


def _joined(cut: Cut, source: str) -> str:
    return "".join(source[chunk.start : chunk.end] for chunk in cut.chunks)


def _headings(source: str) -> list[tuple[int, str, int]]:
    return [(heading.level, heading.text, heading.line) for heading in cut_markdown(source).headings]


@given(st.text(alphabet=st.sampled_from("a #-=>`~*1.|:<!\n\t[]^"), max_size=400))
def test_chunks_joined_are_the_source(source: str) -> None:
    for cut in (cut_markdown(source), cut_lines(source)):
        assert _joined(cut, source) == source


@given(
    st.lists(
        st.sampled_from(["a\n", "\n", "- b\n", "```\n", "<!--\n", "-->\n", "> c\n", "x" * 5000 + "\n"]), max_size=60
    )
)
def test_each_chunk_knows_its_line(pieces: list[str]) -> None:
    source = _PROSE * 100 + "".join(pieces * 3)
    cut = cut_markdown(source)
    assert _joined(cut, source) == source
    for chunk in cut.chunks:
        assert source[: chunk.start].count("\n") == chunk.line
        assert chunk.end - chunk.start <= 5 * TARGET


def test_paragraphs_are_cut_at_a_blank_line() -> None:
    cut = cut_markdown(_PARAGRAPHS)
    assert len(cut.chunks) > 2
    for chunk in cut.chunks[1:]:
        assert _PARAGRAPHS[: chunk.start].endswith("\n\n")
        assert chunk.after_blank


@pytest.mark.parametrize(
    ("opener", "closer"), [("```python", "```"), ("~~~~", "~~~~"), ("<!--", "-->"), ("<pre>", "</pre>")]
)
def test_a_fence_and_raw_html_are_not_cut_at_their_blank_lines(opener: str, closer: str) -> None:
    inside = "code\n\nmore\n\n" * 300
    source = _PROSE * 35 + f"\n{opener}\n{inside}{closer}\n\n" + _PROSE
    first, *rest = cut_markdown(source).chunks
    assert first.end > source.index(opener)
    assert source[rest[0].start :].startswith(opener) or source[first.start : first.end].endswith(f"{closer}\n\n")


def test_a_fence_that_is_too_long_goes_on_as_code() -> None:
    source = "```\n" + "code\n\n" * 6000 + "```\n\n# After\n"
    cut = cut_markdown(source)
    forms = [chunk.form for chunk in cut.chunks]
    assert forms[0] is Form.MARKDOWN
    assert set(forms[1:-1]) == {Form.CODE}
    assert forms[-1] is Form.MARKDOWN
    assert [heading.text for heading in cut.headings] == ["After"]


def test_a_list_that_is_too_long_is_cut_at_an_item() -> None:
    source = "- an item of the list\n  that goes on\n\n  and on\n" * 2000
    for chunk in cut_markdown(source).chunks:
        assert source[chunk.start :].startswith("- an item")


def test_a_fence_in_a_list_item_ends_with_the_item() -> None:
    assert _headings("- item\n\n  ```\n  # code\n\n# Real\n") == [(1, "Real", 5)]


def test_a_table_that_is_too_long_takes_its_header_along() -> None:
    source = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 4000
    first, second, *_ = cut_markdown(source).chunks
    assert first.opening == ""
    assert second.opening == "| a | b |\n|---|---|\n"


def test_one_endless_line_is_cut_at_spaces_and_shown_as_it_stands() -> None:
    source = "word " * 50_000
    cut = cut_markdown(source)
    assert {chunk.form for chunk in cut.chunks} == {Form.LINES}
    assert {chunk.line for chunk in cut.chunks} == {0}
    assert all(source[chunk.start :].startswith("word") for chunk in cut.chunks)


def test_headings_of_both_kinds_are_in_the_outline() -> None:
    source = "# One *two* #\n\ntext\n\nThree\nfour\n====\n\nFive\n----\n\n#no\n\n    # code\n\n###### [Six](x)\n"
    assert _headings(source) == [(1, "One two", 0), (1, "Three four", 4), (2, "Five", 8), (6, "Six", 15)]


@pytest.mark.parametrize("fence", ["```", "~~~", "<!--", "- item\n\n  ```"])
def test_what_is_not_markdown_has_no_headings(fence: str) -> None:
    assert _headings(f"{fence}\n  # not a heading\n") == []


def test_front_matter_is_a_chunk_of_its_own() -> None:
    first, second = cut_markdown("---\ntitle: x\n---\n# A\n").chunks
    assert (first.form, second.form, second.line) == (Form.FRONT_MATTER, Form.MARKDOWN, 3)


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    assert cut_markdown("---\n\ntext\n").chunks[0].form is Form.MARKDOWN


def test_lines_starts_are_where_the_lines_start() -> None:
    assert cut_lines("ab\n\nc").line_starts == (0, 3, 4)
    assert cut_lines("").line_starts == (0,)
