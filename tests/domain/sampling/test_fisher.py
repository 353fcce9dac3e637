"""How often chance alone makes two shares as different: beside Fisher's own example, and every way counted out."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.sampling.fisher import by_chance


def test_the_lady_who_tasted_tea() -> None:
    """Three of four cups in which the milk was first, and one of the other four: 34 of 70 ways."""
    assert by_chance(3, 4, 1, 4) == pytest.approx(34 / 70)
    assert by_chance(4, 4, 0, 4) == pytest.approx(2 / 70)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_it_is_the_share_of_the_ways_that_are_no_likelier(one: int, more: int, other: int, others: int) -> None:
    of, among = one + more, other + others
    ways = {
        count: comb(of, count) * comb(among, one + other - count)
        for count in range(of + 1)
        if 0 <= one + other - count <= among
    }
    rare = sum(each for each in ways.values() if each <= ways[one])
    assert by_chance(one, of, other, among) == pytest.approx(rare / sum(ways.values()))
    assert by_chance(other, among, one, of) == pytest.approx(by_chance(one, of, other, among))


def test_what_is_beyond_all_chance_is_nothing_and_no_error() -> None:
    assert by_chance(5000, 5000, 0, 5000) == pytest.approx(0, abs=1e-300)


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="5 of 4"):
        by_chance(5, 4, 1, 4)
