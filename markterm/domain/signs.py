"""One glyph for each state, the same on the screen, on the command line and on the printed sheet."""

from __future__ import annotations

from markterm.domain.decision import CriterionState
from markterm.domain.portfolio import UnitState

CRITERION_SIGNS = {
    CriterionState.PASS: "✓",
    CriterionState.REFER: "✗",
    CriterionState.OPEN: "·",
    CriterionState.CONFLICT: "!",
    CriterionState.RESUBMITTED: "↻",
    CriterionState.STALE: "≠",
}
UNIT_SIGNS = {
    UnitState.NOT_STARTED: "·",
    UnitState.MARKING: "▸",
    UnitState.DECIDED: "=",
    UnitState.CLOSED_PASS: "✓",
    UnitState.CLOSED_REFER: "✗",
}
