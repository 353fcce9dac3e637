"""Which texts are set side by side: those that share enough prints which stand together in both."""

from __future__ import annotations

import pytest

from markterm.domain.texts import texts_together as together
from markterm.domain.texts.texts_together import texts_together
from markterm.domain.texts.word_prints import MOST_PARTS

Parts = list[tuple[int, int]]


def sharing(one: int, other: int, parts: Parts) -> Parts:
    return [(one * MOST_PARTS + here, other * MOST_PARTS + there) for here, there in parts]


@pytest.mark.parametrize(
    ("parts", "is_enough"),
    [
        ([(3, 9), (4, 10), (5, 9)], True),
        ([(3, 9), (4, 10)], False),
        ([(3, 9)] * 5, False),
        ([(3, 9)] * 6, True),
        ([(3, 9), (4, 9), (5, 9)], False),
        ([(3, 9), (4, 90), (5, 200)], False),
        ([(3, 9), (90, 10), (200, 11)], False),
        ([(5, 11), (6, 12), (11, 17)], True),
        ([(0, 0), (6, 6), (12, 12)], False),
    ],
    ids=[
        "three that stand together",
        "two",
        "a turn of phrase",
        "more than a turn of phrase",
        "a turn of phrase in one of them",
        "here and there in one",
        "here and there in the other",
        "in the next few parts",
        "over many parts",
    ],
)
def test_three_prints_that_stand_together_in_several_parts_of_both_are_enough(parts: Parts, is_enough: bool) -> None:
    assert texts_together(sharing(1, 2, parts)) == ([(1, 2)] if is_enough else [], 0)


def test_those_that_share_most_come_first_and_how_many_are_left_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "_MOST_PAIRS", 2)
    parts = [(each, each) for each in range(5)]
    places = [*sharing(1, 2, parts[:4]), *sharing(3, 900_000, parts), *sharing(2, 3, parts[:3])]
    assert texts_together(places) == ([(3, 900_000), (1, 2)], 1)
