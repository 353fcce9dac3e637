"""The signs and words of states. Colour is never the only sign."""

from __future__ import annotations

from typing import NamedTuple

from markterm.domain import signs
from markterm.domain.decision import CriterionState
from markterm.domain.portfolio import UnitState


class Sign(NamedTuple):
    """A state as it is shown: one cell of glyph, a word, and the component class that colours it."""

    glyph: str
    word: str
    style: str


STYLES = frozenset({"sign--pass", "sign--refer", "sign--open", "sign--conflict", "sign--quiet", "sign--heading"})

_STYLES = {
    CriterionState.PASS: "sign--pass",
    CriterionState.REFER: "sign--refer",
    CriterionState.OPEN: "sign--open",
    CriterionState.CONFLICT: "sign--conflict",
    CriterionState.RESUBMITTED: "sign--heading",
    CriterionState.STALE: "sign--conflict",
}
_UNIT_STYLES = {
    UnitState.NOT_STARTED: "sign--open",
    UnitState.MARKING: "sign--heading",
    UnitState.DECIDED: "sign--heading",
    UnitState.CLOSED_PASS: "sign--pass",
    UnitState.CLOSED_REFER: "sign--refer",
}

CRITERION_SIGNS = {state: Sign(glyph, state.value, _STYLES[state]) for state, glyph in signs.CRITERION_SIGNS.items()}
UNIT_SIGNS = {state: Sign(glyph, state.value, _UNIT_STYLES[state]) for state, glyph in signs.UNIT_SIGNS.items()}
