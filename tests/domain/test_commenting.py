"""Comments on sections: one stands, what it replaced does not, and two that had not seen each other both do."""

from __future__ import annotations

import pytest

from markterm.domain.assessed.member import Member
from markterm.domain.record.comments import Section, in_words
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules import marking
from markterm.domain.rules.act import Act
from markterm.domain.rules.commenting import comment
from markterm.domain.words.errors import Refused, WrongUse
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER, decision, declaration

_NOTHING = Portfolio()
_ON_1 = Section(KEY, 1)


def _act(uid: str = "new", member: Member | None = ASSESSOR) -> Act:
    return Act(member, LEARNER, AT, uid)


def test_a_comment_stands_on_its_section_with_who_wrote_it() -> None:
    portfolio = _NOTHING.with_event(comment(_act(), UNIT, _NOTHING, 1, "Set out well."))
    assert [(each.text, each.actor) for each in portfolio.comments_on(_ON_1)] == [("Set out well.", ASSESSOR.id)]
    assert portfolio.comments_on(Section(KEY, 2)) == ()


def test_a_later_comment_replaces_the_one_that_stood_and_an_empty_one_takes_it_back() -> None:
    first = comment(_act("a"), UNIT, _NOTHING, 1, "Set out well.")
    second = comment(_act("b"), UNIT, fold([first]), 1, "Set out very well.")
    assert [each.text for each in fold([first, second]).comments] == ["Set out very well."]
    third = comment(_act("c"), UNIT, fold([first, second]), 1, " ")
    assert fold([first, second, third]).comments == ()
    assert [in_words(each) for each in (first, third)] == ["commented on LO1", "took back the comment on LO1"]


def test_two_who_had_not_seen_each_other_are_both_told() -> None:
    both = [comment(_act(uid, who), UNIT, _NOTHING, 1, uid) for uid, who in (("a", ASSESSOR), ("b", SECOND_ASSESSOR))]
    assert {each.text for each in fold(both).comments_on(_ON_1)} == {"a", "b"}


def test_nothing_is_said_on_a_section_that_is_not_there_or_when_there_is_nothing_to_say() -> None:
    with pytest.raises(WrongUse, match="no learning outcome 9"):
        comment(_act(), UNIT, _NOTHING, 9, "x")
    with pytest.raises(Refused, match="no comment"):
        comment(_act(), UNIT, _NOTHING, 1, "")


def test_who_does_not_mark_the_unit_does_not_comment_on_it_and_nobody_does_once_it_is_closed() -> None:
    with pytest.raises(Refused):
        comment(_act(member=VERIFIER), UNIT, _NOTHING, 1, "x")
    passed = fold([declaration(), decision("a", "1.1"), decision("b", "1.2"), decision("c", "2.1")])
    closed = passed.with_event(marking.close(_act("closing"), UNIT, passed, "Well done."))
    with pytest.raises(Refused, match="closed"):
        comment(_act(), UNIT, closed, 1, "x")


def test_a_comment_changes_nothing_that_was_decided_or_closed() -> None:
    passed = fold([declaration(), decision("a", "1.1"), decision("b", "1.2"), decision("c", "2.1")])
    commented = passed.with_event(comment(_act("c1"), UNIT, passed, 1, "x"))
    assert commented.units == passed.units
    assert passed.with_event(comment(_act("c1"), UNIT, passed, 1, "x")) == fold(commented.events)
