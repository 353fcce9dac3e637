"""When a criterion counts as looked at: a key brought what it rests on into sight, and it stayed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from textual.screen import Screen

from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.verifying.looking import STAYS, Looking
from tests.samples import UNIT

FIRST, SECOND = (CriterionPlace(UNIT, UNIT.outcomes[0], each) for each in UNIT.criteria[:2])


class Waiting:
    """What a screen keeps for later: one thing at a time, done when the second is over."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._then: Callable[[], None] | None = None

    def set_timer(self, seconds: float, then: Callable[[], None]) -> Waiting:
        self.seconds, self._then = seconds, then
        return self

    def stop(self) -> None:
        self._then = None

    def is_over(self) -> None:
        """The second is over."""
        then, self._then = self._then, None
        if then is not None:
            then()


class Sitting:
    """A verifier before the evidence."""

    def __init__(self) -> None:
        self.place: CriterionPlace | None = FIRST
        self.in_sight: set[CriterionPlace] = {FIRST}
        self.decided = "d1"
        self.waiting = Waiting()
        self.looking = Looking(
            cast("Screen[None]", self.waiting),
            lambda: self.place,
            lambda _: self.decided,
            lambda place: place in self.in_sight,
            lambda: None,
            STAYS,
        )


@pytest.fixture
def at() -> Sitting:
    return Sitting()


def test_what_a_key_brought_into_sight_counts_after_a_second(at: Sitting) -> None:
    at.looking.brought()
    assert (at.waiting.seconds, at.looking.has_looked(FIRST)) == (1.0, False)
    at.waiting.is_over()
    assert at.looking.has_looked(FIRST)
    assert not at.looking.has_looked(SECOND)


def test_what_no_key_brought_into_sight_does_not(at: Sitting) -> None:
    at.looking.moved()
    at.waiting.is_over()
    assert not at.looking.has_looked(FIRST)


def test_what_is_not_in_sight_does_not(at: Sitting) -> None:
    at.in_sight.clear()
    at.looking.brought()
    at.waiting.is_over()
    assert not at.looking.has_looked(FIRST)


def test_it_has_to_stay_for_a_second_from_when_the_evidence_moved_last(at: Sitting) -> None:
    at.looking.brought()
    at.in_sight.clear()
    at.looking.moved()
    at.waiting.is_over()
    assert not at.looking.has_looked(FIRST)
    at.in_sight.add(FIRST)
    at.looking.moved()
    at.waiting.is_over()
    assert at.looking.has_looked(FIRST), "a file that takes a while to open is looked at when it is there"


def test_another_criterion_under_the_cursor_is_not_looked_at_by_the_key_of_the_one_before(at: Sitting) -> None:
    at.in_sight.add(SECOND)
    at.looking.brought()
    at.place = SECOND
    at.looking.moved()
    at.waiting.is_over()
    assert not at.looking.has_looked(FIRST)
    assert not at.looking.has_looked(SECOND)
    at.place = FIRST
    at.looking.moved()
    at.waiting.is_over()
    assert not at.looking.has_looked(FIRST), "coming back is no look"


def test_a_decision_that_was_made_again_is_looked_at_again(at: Sitting) -> None:
    at.looking.brought()
    at.waiting.is_over()
    at.decided = "d2"
    assert not at.looking.has_looked(FIRST)
    at.looking.begin_anew()
    at.decided = "d1"
    assert not at.looking.has_looked(FIRST), "somebody else verifies"
