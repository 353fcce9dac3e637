"""A text in Markdown is laid out with every word of it, whatever somebody wrote."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.exports.document.from_markdown import document_of
from markterm.exports.document.model import Document, Fact, Facts, Heading, Paragraph, Quote, plain
from markterm.exports.markdown.render import render
from tests.exports.documents import LINES, TEXTS, document, told

PIECES = (
    "# Head",
    "## Two",
    "##### Five",
    "- item",
    "  - below",
    "3. third",
    "> quoted",
    "    code",
    "```",
    "| a | b |",
)
MORE = ("|---|---|", "<b>bold</b>", "**strong** *em*", "[words](http://x.y 'title')", "[ref]: http://z", "![alt](src)")
LAST = (
    "[^1]: a footnote",
    "~~struck~~",
    "***",
    "1.1 Warm the pot",
    "| c | d | beyond |",
    "line  ",
    "",
    "<!-- hidden -->",
)
WORD = re.compile(r"\w{2,}")


def words_of(made: Document) -> str:
    return " ".join(told(Document(made.title, made.facts, made.blocks)))


@given(st.lists(st.sampled_from(PIECES + MORE + LAST), max_size=12).map("\n".join))
def test_no_word_of_what_somebody_wrote_is_lost(text: str) -> None:
    found = words_of(document_of(text, "Feedback"))
    assert [each for each in WORD.findall(text) if each not in found] == []


@given(LINES, TEXTS)
def test_every_text_of_a_document_is_in_its_markdown_as_a_document(line: str, text: str) -> None:
    made = document(line, text)
    found = "".join(words_of(document_of(render(made), "")).split())
    wanted = told(Document(made.title, made.facts, made.blocks))
    assert [each for each in wanted if "".join(each.split()) not in found] == []


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join))
def test_headings_leave_no_level_out(text: str) -> None:
    levels = [1, *(each.level for each in document_of(text, "").blocks if isinstance(each, Heading))]
    assert all(1 < after <= before + 1 for before, after in pairwise(levels))


def test_the_head_of_feedback_is_the_head_of_the_document() -> None:
    made = document_of("# Feedback T-101\n\n| | |\n|---|---|\n| Learner name | R \\| J |\n\n## Summary\n\nGood.\n", "x")
    assert (made.title, made.facts) == ("Feedback T-101", (Fact("Learner name", "R | J"),))
    assert [type(each) for each in made.blocks] == [Heading, Paragraph]


def test_a_text_without_a_heading_has_the_title_that_it_is_given() -> None:
    made = document_of("Dear Rosalind,\\\nwell done.", "Feedback T-101")
    assert made.title == "Feedback T-101"
    assert made.blocks == (Quote("Dear Rosalind,\nwell done.", set_off=False),)


@pytest.mark.parametrize("text", ["", "\n \n", "***"])
def test_where_nothing_is_said_there_is_nothing(text: str) -> None:
    assert document_of(text, "x").blocks == ()


def test_styles_stay_and_a_table_with_heads_is_one() -> None:
    (line,) = document_of("a **b *c***", "").blocks
    assert isinstance(line, Paragraph)
    assert [(run.text, run.bold, run.italic) for run in line.words] == [
        ("a ", False, False),
        ("b ", True, False),
        ("c", True, True),
    ]
    (facts, again) = document_of("text\n\n| | |\n|---|---|\n| a | b |", "").blocks
    assert isinstance(facts, Paragraph)
    assert plain(facts.words) == "text"
    assert again == Facts((Fact("a", "b"),))
