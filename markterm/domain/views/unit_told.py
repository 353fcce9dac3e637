"""How far a unit of the caseload is, in a line."""

from __future__ import annotations

from datetime import date

from markterm.domain.record.states import CAME_BACK, CriterionState, UnitState, VerificationState
from markterm.domain.views.caseload import UnitProgress
from markterm.domain.views.signs import CRITERION_SIGNS, UNIT_SIGNS


def what_asks(unit: UnitProgress) -> CriterionState | None:
    """What about a unit asks for a person, whose sign then stands for the unit wherever it is shown; None where its
    sign is that of how far it is."""
    if unit.stale or unit.verification is VerificationState.STALE:
        return CriterionState.STALE
    what_rests_on_it = unit.claim_changed or unit.badge == _TO_REVOKE
    if unit.conflicts or unit.changed or what_rests_on_it or unit.has_case or unit.verification in CAME_BACK:
        return CriterionState.CONFLICT
    return None


def unit_told(unit: UnitProgress, today: date) -> str:
    """How far a unit is, and what about it asks for a person; by `today` an action is overdue or not."""
    asks = what_asks(unit)
    glyph = UNIT_SIGNS[unit.state].glyph if asks is None else CRITERION_SIGNS[asks].glyph
    return f"{glyph} {far_told(unit, today)}"


def far_told(unit: UnitProgress, today: date) -> str:
    """What stands beside the sign of a unit: how far it is, and what about it asks for a person."""
    is_being_marked = unit.state is UnitState.MARKING
    far = f"{unit.decided}/{unit.criteria}" if is_being_marked else UNIT_SIGNS[unit.state].word
    return f"{far}{asks_told(unit, today)}"


def asks_told(unit: UnitProgress, today: date) -> str:
    """What about a unit asks for a person, and what became of its claim, its badge and its evidence, with a space
    before; nothing where there is nothing to say beside how far it is."""
    conflicts = f" ! {unit.conflicts} in conflict" if unit.conflicts else ""
    unsigned = f" ! {unit.uncountersigned} to countersign" if unit.uncountersigned else ""
    stale = f" ! {unit.stale} stale" if unit.stale else ""
    changed = " ! changed since" if unit.changed else ""
    verification = _VERIFICATION.get(unit.verification, "")
    if unit.answered:
        verification += f" ! {unit.answered} of {unit.decided} answered so far"
    late = " overdue" if unit.is_overdue(today) else ""
    action = f" ! action{late} for {', '.join(unit.owners)}" if unit.owners else ""
    case = " ! case open" if unit.has_case else ""
    claim = f" {_CLAIM[unit.claim]}" if unit.claim else ""
    claim += " ! changed since claimed" if unit.claim_changed else ""
    badge = f"{' !' if unit.badge == _TO_REVOKE else ''} badge {unit.badge}" if unit.badge else ""
    early = " ! before registration" if unit.before_registration else ""
    gone = " evidence destroyed" if unit.destroyed else ""
    due = due_told(unit.due_day, today)
    return f"{due}{conflicts}{unsigned}{stale}{changed}{verification}{action}{case}{claim}{badge}{early}{gone}"


def due_told(day: date | None, today: date) -> str:
    """On which day something is due, with a space before; nothing where it is on none."""
    if day is None:
        return ""
    if day > today:
        return f" due {day}"
    return " ! due today" if day == today else f" ! was due {day}"


_TO_REVOKE = "to be revoked"
"""As in `BadgeState`, which is not loaded for those who have no badge."""
_CLAIM = {"claimed": "claimed", "received": "certified", "sent": "certified", "exempt": "exempt"}


_VERIFICATION = {
    VerificationState.NOT_AGREED: " ! not agreed",
    VerificationState.UNCOUNTERSIGNED: " ! verification not countersigned",
    VerificationState.CONFLICT: " ! verifiers differ",
    VerificationState.STALE: " ! verification stale",
}
