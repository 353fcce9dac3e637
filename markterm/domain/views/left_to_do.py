"""What a unit waits for next, and how much of it is left, in a few words: for the head of whatever shows one unit."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from markterm.domain.record.states import CLOSED
from markterm.domain.views.caseload import UnitProgress
from markterm.domain.views.due import Person, Step
from markterm.domain.words.counted import counted


class LeftToDo(NamedTuple):
    """What is left, such as `4 of 10 to mark` or `verifier to verify`, and since when; None where no
    event began it."""

    words: str
    since: datetime | None = None
    step: Step | None = None


def left_to_do(unit: UnitProgress) -> LeftToDo:
    """What that unit waits for: for marking before anything else, while it does, and otherwise for what waits longest.

    The words are empty where it waits for nobody, though it is not closed.
    """
    marking = next((due for due in unit.due if due.step is Step.MARK), None)
    if marking is not None:
        left = unit.criteria - unit.higher_open - unit.decided - unit.conflicts - unit.stale
        words = f"{left} of {unit.criteria} to mark"
        if unit.conflicts:
            words += f", {counted(unit.conflicts, 'conflict')}"
        if unit.stale:
            words += f", {unit.stale} to settle"
        return LeftToDo(words, marking.since, Step.MARK)
    if not unit.due:
        return LeftToDo("nothing more to mark" if unit.state in CLOSED else "")
    first = unit.due[0]
    words = f"to {first.step.replace('-', ' ')}" if first.person is Person.ASSESSOR else str(first)
    if first.step is Step.CLOSE and unit.higher_open:
        words += f", {unit.higher_open} for a higher grade open"
    return LeftToDo(words, first.since, first.step)
