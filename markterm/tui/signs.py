"""The signs and words of states. Colour is never the only sign."""

from __future__ import annotations

from typing import NamedTuple

from markterm.domain.portfolio import CriterionState, UnitState


class Sign(NamedTuple):
    """A state as it is shown: one cell of glyph, a word, and the component class that colours it."""

    glyph: str
    word: str
    style: str


STYLES = frozenset({"sign--pass", "sign--refer", "sign--open", "sign--conflict", "sign--quiet", "sign--heading"})

CRITERION_SIGNS = {
    CriterionState.PASS: Sign("✓", "pass", "sign--pass"),
    CriterionState.REFER: Sign("✗", "refer", "sign--refer"),
    CriterionState.OPEN: Sign("·", "open", "sign--open"),
    CriterionState.CONFLICT: Sign("!", "conflict", "sign--conflict"),
}

UNIT_SIGNS = {
    UnitState.NOT_STARTED: Sign("·", "not started", "sign--open"),
    UnitState.MARKING: Sign("▸", "marking", "sign--heading"),
    UnitState.DECIDED: Sign("=", "decided", "sign--heading"),
    UnitState.CLOSED_PASS: Sign("✓", "pass", "sign--pass"),
    UnitState.CLOSED_REFER: Sign("✗", "refer", "sign--refer"),
}


def short_code(code: str) -> str:
    """The part of a unit's code that tells units of one suite apart: 501 of 8580-501."""
    return code.rpartition("-")[2]
