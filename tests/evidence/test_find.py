"""Finding words in a source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.evidence.find import find, find_shown, fold


def _found(source: str, query: str) -> list[str]:
    matches = find(fold(source), query)
    return [source[start:end] for start, end in zip(matches.starts, matches.ends, strict=True)]


def test_capitals_do_not_matter() -> None:
    assert _found("Client, CLIENT, client", "cLient") == ["Client", "CLIENT", "client"]


@pytest.mark.parametrize(
    "source",
    ["my bold client", "my **bold** client", "my\nbold\nclient", "> my _bold_\n> client", "my  `bold`\tclient"],
)
def test_a_phrase_is_found_across_marks_and_line_ends(source: str) -> None:
    assert len(_found(source, "my bold  client")) == 1


def test_a_phrase_is_not_found_across_paragraphs() -> None:
    assert _found("my\n\nclient", "my client") == []
    assert _found("> my\n>\n> client", "my client") == []


@pytest.mark.parametrize("query", ["", "  ", "absent"])
def test_nothing_is_found_of_nothing(query: str) -> None:
    assert _found("some text", query) == []


def test_a_query_is_words_and_not_a_pattern() -> None:
    assert _found("a.c abc", "a.c") == ["a.c"]
    assert _found("(x", "(x") == ["(x"]


def test_the_first_match_from_a_place_on_is_known() -> None:
    matches = find("a b a b", "b")
    assert [matches.first_at(offset) for offset in (0, 2, 3, 7)] == [0, 0, 1, 2]


def test_marks_are_looked_for_only_when_nothing_else_is() -> None:
    assert _found("> quoted > text", "> quoted") == ["quoted"]
    assert _found("a > b", ">") == [">"]


def test_words_are_found_in_text_as_shown() -> None:
    assert find_shown("My bold\nClient", "bold client") == [(3, 14)]


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="aBç ", min_size=1, max_size=5), st.text(max_size=20))
def test_what_is_there_is_found(query: str, before: str) -> None:
    matches = find(fold(before + query), query)
    assert len(matches) >= 1 or not query.strip()
