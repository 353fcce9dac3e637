"""Words agree with their number."""

from __future__ import annotations

import pytest

from markterm.domain.words.counted import counted


@pytest.mark.parametrize(
    ("number", "words", "told"),
    [
        (0, ("file",), "0 files"),
        (1, ("file",), "1 file"),
        (2, ("file",), "2 files"),
        (1, ("criterion", "criteria"), "1 criterion"),
        (0, ("criterion", "criteria"), "0 criteria"),
    ],
)
def test_one_is_one_and_everything_else_several(number: int, words: tuple[str, ...], told: str) -> None:
    assert counted(number, *words) == told
