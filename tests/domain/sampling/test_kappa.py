"""κ beside published figures, and what has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.sampling.kappa import cohen, fleiss

# Thirty patients, six psychiatrists, five diagnoses: the counts that Fleiss printed in 1971.
FLEISS_1971 = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
)


def test_fleiss_own_example() -> None:
    kappa = fleiss([[int(count) for count in patient] for patient in FLEISS_1971.split()])
    assert kappa is not None
    assert round(float(kappa), 3) == 0.430


def test_cohens_kappa_of_a_known_table() -> None:
    assert cohen([[20, 5], [10, 15]]) == pytest.approx(0.4)


@given(st.integers(1, 50), st.integers(2, 6))
def test_it_is_undefined_where_everybody_says_the_same(subjects: int, raters: int) -> None:
    assert fleiss([[raters, 0]] * subjects) is None
    assert cohen([[subjects, 0], [0, 0]]) is None


def test_it_is_undefined_where_nobody_or_one_rated() -> None:
    assert cohen([[0, 0], [0, 0]]) is None
    assert fleiss([]) is None
    assert fleiss([[1, 0], [0, 1]]) is None


def test_tables_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="row"):
        cohen([[1, 2]])
    with pytest.raises(ValueError, match="as many"):
        fleiss([[2, 0], [1, 0]])


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3))
def test_it_lies_between_minus_one_and_one(table: list[list[int]]) -> None:
    kappa = cohen(table)
    assert kappa is None or -1 <= kappa <= 1
