"""Who comes next with a unit: from one learner whose unit is marked to another who waits with the same."""

from __future__ import annotations

from collections.abc import Sequence

from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Person, Step

_NOBODY = 3


def next_with_unit(rows: Sequence[CaseloadRow], after: str, code: str, member: str) -> CaseloadRow | None:
    """The learner after the one of the registration `after`, and round again, who waits for the member of that id with
    the unit of that code; None where nobody else does.

    What was handed in, or is to be settled or closed, comes before what was not handed in, and that before what is only
    to be released, read or countersigned.
    """
    here = next((place for place, row in enumerate(rows) if row.registration == after), -1)
    found, least = None, _NOBODY
    for row in (*rows[here + 1 :], *rows[: max(here, 0)]):
        urgency = min((_urgency(unit, member) for unit in row.units if unit.code == code), default=_NOBODY)
        if urgency < least:
            found, least = row, urgency
        if least == 0:
            break
    return found


def _urgency(unit: UnitProgress, member: str) -> int:
    steps = {each.step for each in unit.due if each.person is Person.ASSESSOR}
    came_back = {each.member for each in unit.owed if each.step is Step.SETTLE}
    if came_back and member not in came_back and not (unit.conflicts or unit.stale or unit.changed):
        steps.discard(Step.SETTLE)  # Whoever decided it settles it.
    readers = {each.member for each in unit.owed if each.step is Step.ACKNOWLEDGE}
    if member not in readers:
        steps.discard(Step.ACKNOWLEDGE)
    if Step.SETTLE in steps or Step.CLOSE in steps:
        return 0
    if Step.MARK in steps:
        return 1 if any(each.step is Step.SUBMIT for each in unit.due) else 0
    return 2 if steps else _NOBODY
