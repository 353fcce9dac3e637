"""Which words of two sequences are the same: in order, and as many as there can be."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.texts import word_match
from markterm.domain.texts.word_match import same_words

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=40)


def longest(old: list[str], new: list[str]) -> int:
    """The length of a longest common subsequence, as the textbook counts it."""

    @cache
    def length(own: int, its: int) -> int:
        if own == len(old) or its == len(new):
            return 0
        if old[own] == new[its]:
            return 1 + length(own + 1, its + 1)
        return max(length(own + 1, its), length(own, its + 1))

    return length(0, 0)


def assert_right(old: list[str], new: list[str]) -> int:
    """Every stretch is the same in both, and they follow each other; returns how many words they have."""
    own = its = count = 0
    for stretch in same_words(old, new):
        assert stretch.length > 0
        assert stretch.old >= own
        assert stretch.new >= its
        assert (count == 0) or (stretch.old, stretch.new) != (own, its), "those that meet are one"
        assert old[stretch.old : stretch.old_end] == new[stretch.new : stretch.new_end]
        own, its, count = stretch.old_end, stretch.new_end, count + stretch.length
    return count


@given(WORDS, WORDS)
def test_as_many_words_are_the_same_as_can_be(old: list[str], new: list[str]) -> None:
    assert assert_right(old, new) == longest(old, new)


@given(WORDS, WORDS)
def test_cut_where_words_stand_once_it_is_right_too(old: list[str], new: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_match, "_WORTH_CUTTING", 0)
        assert_right(old, new)


@given(WORDS, WORDS)
def test_what_is_too_large_for_a_table_is_taken_as_changed(old: list[str], new: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_match, "_LARGEST_TABLE", 0)
        ends = sum(stretch.length for stretch in same_words(["same", *old], ["same", *new]))
        assert ends >= 1
        assert_right(old, new)


def test_a_text_that_repeats_itself_is_cut_too() -> None:
    old = list("abcdefghij") * 200
    new = old.copy()
    for place in range(1_995, 0, -10):
        new.insert(place, "new")
    assert assert_right(old, new) == len(old)
