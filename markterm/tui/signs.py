"""How the states look on the screen: the sign and the word that every front end has, and the colour of this one. Colour
is never the only sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from textual.content import Content

from markterm.domain.record.states import CriterionState, UnitState
from markterm.domain.views import signs
from markterm.domain.views.unit_told import what_asks

if TYPE_CHECKING:
    from markterm.domain.record.decision import Decision
    from markterm.domain.record.event import Result
    from markterm.domain.record.portfolio import Closing
    from markterm.domain.views.caseload import UnitProgress

_State = TypeVar("_State", CriterionState, UnitState)


class Sign(NamedTuple):
    """A state as it is shown: one cell of glyph, a word, the component class that colours it in a list, and the style
    of both in a text."""

    glyph: str
    word: str
    style: str
    text_style: str

    def content(self) -> Content:
        """Glyph and word, for a text."""
        return Content.styled(f"{self.glyph} {self.word}", self.text_style)


CPD_SIGN = "◷"
"""Beside a learner whose CPD is overdue."""
NEW_SIGN = "✱"
"""Beside a learner of whom files came, or changed, since an assessor opened the evidence."""
STYLES = frozenset({"sign--pass", "sign--refer", "sign--open", "sign--conflict", "sign--quiet", "sign--heading"})

_PASS, _REFER = ("sign--pass", "$success"), ("sign--refer", "$error")
_OPEN, _CONFLICT = ("sign--open", "$quiet"), ("sign--conflict", "bold reverse $warning")
_WAITS = ("sign--heading", "bold $primary")
_CRITERIA = {
    CriterionState.PASS: _PASS,
    CriterionState.REFER: _REFER,
    CriterionState.OPEN: _OPEN,
    CriterionState.CONFLICT: _CONFLICT,
    CriterionState.RESUBMITTED: _WAITS,
    CriterionState.STALE: _CONFLICT,
    CriterionState.ACHIEVED: _PASS,
    CriterionState.NOT_ACHIEVED: _OPEN,
}
_UNITS = {
    UnitState.NOT_STARTED: _OPEN,
    UnitState.MARKING: _WAITS,
    UnitState.DECIDED: _WAITS,
    UnitState.CLOSED_PASS: _PASS,
    UnitState.CLOSED_MERIT: _PASS,
    UnitState.CLOSED_DISTINCTION: _PASS,
    UnitState.CLOSED_REFER: _REFER,
}


def _styled(every: Mapping[_State, signs.Sign], styles: Mapping[_State, tuple[str, str]]) -> dict[_State, Sign]:
    return {state: Sign(sign.glyph, sign.word, *styles[state]) for state, sign in every.items()}


CRITERION_SIGNS = _styled(signs.CRITERION_SIGNS, _CRITERIA)
UNIT_SIGNS = _styled(signs.UNIT_SIGNS, _UNITS)


def result_sign(result: Result) -> Sign:
    """The sign of a result that is no decision of an assessor's, such as a verifier's own: pass or refer."""
    return CRITERION_SIGNS[CriterionState(result.value)]


def decision_sign(decision: Decision) -> Sign:
    """The sign of a decision: that of the state to which it brings its criterion."""
    return CRITERION_SIGNS[decision.state]


def outcome_sign(closing: Closing) -> Sign:
    """The sign of what a unit was closed with."""
    return UNIT_SIGNS[closing.state]


def sign_of(unit: UnitProgress) -> Sign:
    """The sign of a unit, in the caseload and wherever it stands: how far it is, unless something about it asks for a
    person."""
    asks = what_asks(unit)
    return UNIT_SIGNS[unit.state] if asks is None else CRITERION_SIGNS[asks]
