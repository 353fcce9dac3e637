"""Verifying the brief of an assignment before it is issued, and what waits for that where the centre says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from markterm.domain.assessed.assignment import Assignment, Cell
from markterm.domain.assessed.member import Role
from markterm.domain.record.bodies.briefs import BriefVerified, Checked
from markterm.domain.record.briefs import Brief
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.hint import Hint, Way

CHECKLIST = (
    "Every criterion that the assignment is for has a task that gathers evidence for it.",
    "The tasks ask for what the command verbs of the criteria ask for, and no more.",
    "Each task says what is to be done and what is to be handed in, in words that learners understand.",
    "The setting is realistic, current and fits the occupation and the level.",
    "Every learner could do it: nobody is kept out, and adjustments are possible.",
    "How it is shown that the work is the learner's own is said.",
    "The dates of issue and handing in are possible, and resources are there.",
)
"""What a verifier looks for in a brief."""


def verify_brief(
    act: Act, assignment: Assignment, before: Brief, unmet: Sequence[int], action: str, owner: str, due: date | None
) -> Event:
    """A verifier's answer to a brief as its sheet is now: `unmet` are the lines of the checklist, from 1 on, that it
    does not meet; it is fit where there are none and nothing is to be done. It replaces earlier answers.

    Raises `Refused` when the member is no verifier, or something is not met and nothing is to be done about it; and
    `WrongUse` for a line that is not on the checklist, and for an action without owner and day.
    """
    member = in_role(act, Role.VERIFIER, "Only a verifier verifies a brief", "Ask a verifier")
    for number in unmet:
        if not 0 < number <= len(CHECKLIST):
            raise WrongUse(
                "Not on the checklist",
                f"The checklist has no line {number}. Nothing was recorded.",
                f"Its lines are numbered from 1 to {len(CHECKLIST)}.",
            )
    if unmet and not action.strip():
        raise Refused(
            "What is to be done?",
            f"The brief of {assignment.code} does not meet the checklist, and nobody would know what to do about it.",
            "Say what is to be done, by whom and until when.",
        )
    if action.strip() and (not owner or due is None):
        raise WrongUse(
            "By whom, until when?",
            "An action has an owner and a day until which it is done. Nothing was recorded.",
            "Give both.",
        )
    checklist = tuple(Checked(asked, number not in unmet) for number, asked in enumerate(CHECKLIST, 1))
    fit = not unmet and not action.strip()
    said = BriefVerified(assignment.code, assignment.sha256, fit, None, checklist, action.strip(), owner, due)
    replaced = tuple(each.uid for each in before.standing)
    event = entry(replace(act, learner=CENTRE), member, Kind.BRIEF_VERIFIED, Subject(), said, replaced)
    return replace(event, role=Role.VERIFIER.value)


def cells_held(briefs: Iterable[tuple[Assignment, Brief]]) -> frozenset[Cell]:
    """Every criterion that one of these assignments carries whose brief may not be issued."""
    return frozenset(cell for assignment, brief in briefs if not brief.may_be_issued for cell in assignment.criteria)


def held(briefs: Iterable[tuple[Assignment, Brief]], cell: Cell) -> Refused | None:
    """Why that criterion is not marked yet, where marking waits for the briefs of the learner's assignments; None when
    none of those that carry it holds it."""
    for assignment, brief in briefs:
        if assignment.tasks_carrying(cell) and not brief.may_be_issued:
            return Refused(
                "The brief is not verified",
                f"{cell} is part of {assignment.code}: {brief.words}. Nothing is marked on it before.",
                "Have a verifier look at the brief.",
                hint=Hint(Way.VERIFY_BRIEF, assignment=assignment.code),
            )
    return None
