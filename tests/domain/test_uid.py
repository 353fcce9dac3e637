"""What is named by the beginning of its uid."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.uid import of_uid, short


class Thing(NamedTuple):
    uid: str


THINGS = (Thing("ab12cd34ef"), Thing("ab99"), Thing("ffff"))


def test_a_beginning_that_only_one_has_names_it() -> None:
    assert of_uid(THINGS, "ab1", "thing") == THINGS[0]
    assert short(THINGS[0].uid) == "ab12cd34"


@pytest.mark.parametrize(
    ("beginning", "title", "step"),
    [
        ("ab", "Which thing?", "They are: ab12cd34; ab99."),
        ("x", "No such thing", "They are: ab12cd34; ab99; ffff."),
        ("", "No such thing", "They are: ab12cd34; ab99; ffff."),
    ],
)
def test_several_are_not_none_and_those_that_are_meant_are_listed(beginning: str, title: str, step: str) -> None:
    with pytest.raises(WrongUse) as told:
        of_uid(THINGS, beginning, "thing")
    assert (told.value.title, told.value.next_step) == (title, step)
