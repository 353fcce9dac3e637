"""The sign and the word of each state, the same on the screen, on the command line and on the printed sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from markterm.domain.record.states import CriterionState, UnitState

if TYPE_CHECKING:
    from markterm.domain.record.decision import Decision
    from markterm.domain.record.event import Result
    from markterm.domain.record.portfolio import Closing

_State = TypeVar("_State", CriterionState, UnitState)


@dataclass(frozen=True, slots=True)
class Sign:
    """One glyph and one word for a state. As a text it is both: `✓ pass`."""

    glyph: str
    word: str

    def __str__(self) -> str:
        return f"{self.glyph} {self.word}"


def _signs(glyphs: Mapping[_State, str]) -> Mapping[_State, Sign]:
    return MappingProxyType({state: Sign(glyph, state.value) for state, glyph in glyphs.items()})


CRITERION_SIGNS = _signs(
    {
        CriterionState.PASS: "✓",
        CriterionState.REFER: "✗",
        CriterionState.OPEN: "·",
        CriterionState.CONFLICT: "!",
        CriterionState.RESUBMITTED: "↻",
        CriterionState.STALE: "≠",
        CriterionState.ACHIEVED: "●",
        CriterionState.NOT_ACHIEVED: "○",
    }
)
UNIT_SIGNS = _signs(
    {
        UnitState.NOT_STARTED: "·",
        UnitState.MARKING: "▸",
        UnitState.DECIDED: "=",
        UnitState.CLOSED_PASS: "✓",
        UnitState.CLOSED_MERIT: "☆",
        UnitState.CLOSED_DISTINCTION: "★",
        UnitState.CLOSED_REFER: "✗",
    }
)


def result_sign(result: Result) -> Sign:
    """The sign of a result that is no decision of an assessor's, such as a verifier's own: pass or refer."""
    return CRITERION_SIGNS[CriterionState(result.value)]


def decision_sign(decision: Decision) -> Sign:
    """The sign of a decision: that of the state to which it brings its criterion."""
    return CRITERION_SIGNS[decision.state]


def outcome_sign(closing: Closing) -> Sign:
    """The sign of what a unit was closed with."""
    return UNIT_SIGNS[closing.state]
