"""What a random sample proves: published figures, and the definition itself."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.sampling.proof import in_words, most_not_agreed


def chance(population: int, looked_at: int, at_most: int, wrong: int) -> float:
    """P(at most so many found) by the definition."""
    every = comb(population, looked_at)
    return sum(comb(wrong, k) * comb(population - wrong, looked_at - k) for k in range(at_most + 1)) / every


@given(st.integers(1, 60), st.data())
def test_the_bound_is_the_largest_number_that_is_still_likely(population: int, data: st.DataObject) -> None:
    looked_at = data.draw(st.integers(0, population))
    not_agreed = data.draw(st.integers(0, looked_at))
    most = most_not_agreed(population, looked_at, not_agreed)
    possible = range(not_agreed, population - (looked_at - not_agreed) + 1)
    likely = [wrong for wrong in possible if chance(population, looked_at, not_agreed, wrong) >= 0.05]
    assert most == max(likely)


def test_ten_looked_at_and_none_wrong_leave_a_quarter() -> None:
    assert most_not_agreed(10_000, 10, 0) == 2587


def test_it_is_said_in_words() -> None:
    assert in_words(80, 24, 1).startswith("24 of 80 drawn and looked at, 1 not agreed: at most 15 % would not be")
    assert in_words(5, 5, 2) == "5 of 5 drawn and looked at, 2 not agreed: all were looked at."
    assert in_words(80, 0, 0) == "Of 80, none was drawn and looked at: nothing is proved yet."
    assert in_words(0, 0, 0) == "Nothing is there to be sampled."


@pytest.mark.parametrize("counts", [(3, 4, 0), (3, 2, 3), (3, 2, -1)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="of"):
        most_not_agreed(*counts)
