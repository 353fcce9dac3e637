"""Every state has one sign and one word, the same wherever it is shown."""

from __future__ import annotations

from markterm.domain.record.event import Result
from markterm.domain.record.states import CriterionState, UnitState
from markterm.domain.views.signs import CRITERION_SIGNS, UNIT_SIGNS, result_sign
from markterm.tui import signs as on_screen


def test_every_state_has_a_sign_that_no_other_state_of_its_kind_has() -> None:
    assert set(CRITERION_SIGNS) == set(CriterionState)
    assert set(UNIT_SIGNS) == set(UnitState)
    for signs in (CRITERION_SIGNS, UNIT_SIGNS):
        assert len({each.glyph for each in signs.values()}) == len(signs)
    assert len({result_sign(result).glyph for result in Result}) == len(Result)


def test_a_sign_is_shown_with_its_word() -> None:
    assert str(result_sign(Result.PASS)) == str(UNIT_SIGNS[UnitState.CLOSED_PASS]) == "✓ pass"
    assert str(CRITERION_SIGNS[CriterionState.STALE]) == "≠ stale"


def test_the_screen_shows_the_signs_of_the_domain_in_colours_that_lists_have() -> None:
    for signs, shown in ((CRITERION_SIGNS, on_screen.CRITERION_SIGNS), (UNIT_SIGNS, on_screen.UNIT_SIGNS)):
        assert [(each.glyph, each.word) for each in signs.values()] == [each[:2] for each in shown.values()]
        assert {each.style for each in shown.values()} <= on_screen.STYLES
    assert on_screen.result_sign(Result.REFER).content().plain == "✗ refer"
