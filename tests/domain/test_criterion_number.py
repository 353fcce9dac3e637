"""The order of assessment criteria: numbers as numbers, letters as letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.criterion_number import is_criterion_number, outcome_of, sort_key


@pytest.mark.parametrize(
    "in_order",
    [
        ["1.1", "1.2", "1.9", "1.10", "1.11", "2.1", "10.1"],
        ["P1", "P2", "P9", "P10"],
        ["P1", "M1", "M2", "D1"],
        ["A.P1", "A.P2", "A.P10", "A.M1", "A.D1", "B.P1", "BC.D3", "D.P1", "M.P1", "P.P1"],
        ["1.2", "1.2.1", "1.2.3", "1.2.10", "1.3"],
        ["3.1", "3.1a", "3.1b", "3.2"],
        ["K1", "K2", "K12"],
    ],
    ids=lambda numbers: numbers[0],
)
def test_criteria_sort_as_people_count(in_order: list[str]) -> None:
    assert sorted(sorted(in_order, key=len), key=sort_key) == in_order


@pytest.mark.parametrize("text", ["1.1", "1.10", "P1", "M2", "A.P1", "1.2.3", "3.1a", "K1", "2", "LO1", "D1"])
def test_these_are_numbers_of_criteria(text: str) -> None:
    assert is_criterion_number(text)


@pytest.mark.parametrize(
    "text", ["", ".", "1.", ".1", "1..2", "1.1 ", "one", "A", "1.1\n", "12345", "1-1", "١.١", "1.²"]
)
def test_these_are_none(text: str) -> None:
    assert not is_criterion_number(text)


@pytest.mark.parametrize(
    ("number", "outcome"),
    [("1.1", 1), ("10.2", 10), ("1.2.3", 1), ("3.1a", 3), ("P1", None), ("A.P1", None), ("2", None)],
)
def test_the_learning_outcome_is_the_first_number(number: str, outcome: int | None) -> None:
    assert outcome_of(number) == outcome


@given(st.lists(st.text(max_size=8), max_size=6))
def test_anything_can_be_sorted_and_asked_for_its_outcome(texts: list[str]) -> None:
    sorted(texts, key=sort_key)
    for text in texts:
        outcome_of(text)


def test_a_superscript_names_no_outcome() -> None:
    assert outcome_of("².1") is None
