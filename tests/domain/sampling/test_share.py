"""How many are sampled: never fewer when a learner joins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.strategy import EXAMPLE, EXAMPLE_LOW_RISK, Band
from markterm.domain.sampling.share import asked_of, root_of

BANDS = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 100)), max_size=5).map(
    lambda said: (*(Band(top, percent) for top, percent in sorted(dict(said).items())), Band(None, 5))
)


@pytest.mark.parametrize(
    ("learners", "asked"),
    [
        (0, 0),
        (1, 1),
        (2, 2),
        (3, 3),
        (9, 4),
        (17, 6),
        (18, 7),
        (19, 7),
        (100, 27),
        (101, 27),
        (500, 72),
        (10_000, 1022),
    ],
)
def test_the_example_asks_for_so_many(learners: int, asked: int) -> None:
    assert asked_of(learners, EXAMPLE) == asked


@given(st.integers(0, 3000), BANDS)
def test_the_number_never_falls_when_a_learner_joins(learners: int, bands: tuple[Band, ...]) -> None:
    assert asked_of(learners, bands) <= asked_of(learners + 1, bands) <= asked_of(learners, bands) + 1
    assert root_of(learners) <= root_of(learners + 1)


@given(st.integers(0, 3000))
def test_at_least_three_or_all_are_asked_for_and_never_more_than_there_are(learners: int) -> None:
    for asked in (asked_of(learners, EXAMPLE), asked_of(learners, EXAMPLE_LOW_RISK), root_of(learners)):
        assert min(3, learners) <= asked <= learners


def test_a_root_is_rounded_up() -> None:
    assert [root_of(count) for count in (16, 17, 25, 26, 10_000)] == [4, 5, 5, 6, 100]
