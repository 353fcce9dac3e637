"""Forms of self-assessments: what is written into one is read back, however a spreadsheet saves it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.csv.ratings_form import LIMIT_BYTES, FormKind, FormRow, filled_in, form_of

SCALE = "1 not yet, 2 alone"
WORDS = st.text(max_size=30)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), max_size=4), st.sampled_from(FormKind))
def test_what_stands_in_a_form_is_read_back(rows: list[tuple[str, str, str, str]], kind: FormKind) -> None:
    form = form_of([FormRow(*row) for row in rows], kind, SCALE)
    read = [(each.statement, each.rating, each.example) for each in filled_in(form.encode(), "form")]
    assert read == [
        (one_line(statement), one_line(rating), one_line(example))
        for statement, _, rating, example in rows
        if one_line(rating)
    ]


@given(st.binary(max_size=200))
def test_whatever_is_given_for_a_form_is_read_or_told(data: bytes) -> None:
    with suppress(WrongUse):
        filled_in(data, "form")


@pytest.mark.parametrize(
    "text",
    [
        "statement;RATING;mine\nTEA01 P1;2;x\n",
        "A note of mine\n\nRating\tStatement\n2\tTEA01 P1\n",
        "Hello.\n\n| Rating (1 to 4) | Statement |\n|---|:-:|\n| 2 | TEA01 P1 |\n",
        "\ufeffStatement,Rating,Rating\r\nTEA01 P1,2,9\r\nTEA01 P2,,\r\n",
    ],
)
def test_columns_are_found_by_their_headings_and_what_is_empty_is_not_rated(text: str) -> None:
    (found,) = filled_in(text.encode(), "form")
    assert (found.statement, found.rating) == ("TEA01 P1", "2")


@pytest.mark.parametrize(
    "data",
    [b"", b"a,b\n1,2\n", b"Statement\nTEA01 P1\n", "Statement,Rating\né,1".encode("latin-1"), b"x" * (LIMIT_BYTES + 1)],
)
def test_what_is_no_form_is_told(data: bytes) -> None:
    with pytest.raises(WrongUse, match="no form"):
        filled_in(data, "form")
