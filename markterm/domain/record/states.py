"""Where a criterion and a unit stand: the words alone, for whoever shows them without the record."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markterm.domain.record.event import Result


class CriterionState(StrEnum):
    """Where a criterion stands. Open is not a referral; a conflict is neither. Resubmitted is a referral of an earlier
    attempt that waits to be decided in this one. Stale is what was decided on another wording than the sheet's, or on a
    criterion that it has no longer: it waits for a person to settle it. Achieved and not achieved is what a pass and a
    referral of a criterion for a higher grade come to: it refers nobody, and is not due again in a resubmission."""

    OPEN = "open"
    PASS = "pass"
    REFER = "refer"
    CONFLICT = "conflict"
    RESUBMITTED = "resubmitted"
    STALE = "stale"
    ACHIEVED = "achieved"
    NOT_ACHIEVED = "not achieved"


PASSED = (CriterionState.PASS, CriterionState.ACHIEVED)
DECIDED = (*PASSED, CriterionState.REFER, CriterionState.NOT_ACHIEVED)
WAITING = (CriterionState.RESUBMITTED, CriterionState.OPEN, CriterionState.CONFLICT, CriterionState.STALE)
"""The states in which a criterion waits for an assessor."""


# By the word of the result: of every criterion of everybody it is asked again and again.
_GATES = {"pass": CriterionState.PASS, "refer": CriterionState.REFER}
_FOR_A_GRADE = {"pass": CriterionState.ACHIEVED, "refer": CriterionState.NOT_ACHIEVED}


def decided_as(result: Result, *, gates: bool) -> CriterionState:
    """What a result is called, and brings its criterion to: pass or refer where the criterion gates the unit, achieved
    or not achieved where it is for a higher grade. Every word for a decision comes from here."""
    return (_GATES if gates else _FOR_A_GRADE)[result]


class UnitState(StrEnum):
    """Where a unit stands, from the criteria decided so far and the assessor's closing of it."""

    NOT_STARTED = "not started"
    MARKING = "marking"
    DECIDED = "decided"
    CLOSED_PASS = "pass"
    CLOSED_MERIT = "merit"
    CLOSED_DISTINCTION = "distinction"
    CLOSED_REFER = "refer"


CLOSED_PASSED = (UnitState.CLOSED_PASS, UnitState.CLOSED_MERIT, UnitState.CLOSED_DISTINCTION)
CLOSED = (*CLOSED_PASSED, UnitState.CLOSED_REFER)


class VerificationState(StrEnum):
    """What the verification of a unit's present attempt comes to.

    `INTERIM` is sampled to be looked at while it is marked, `OPEN` to be verified when it is closed; `UNFINISHED` is
    what its verifier goes on with, all agreed so far, and `UNCOUNTERSIGNED` what a verifier in training agreed to and
    nobody countersigned. In a conflict two verifiers answered differently and had not seen
    each other's answer; stale is an answer to what does not stand any more: the unit was reopened, or a decision that
    was looked at was made again.
    """

    NONE = ""
    INTERIM = "interim"
    OPEN = "open"
    UNFINISHED = "unfinished"
    UNCOUNTERSIGNED = "not countersigned"
    AGREED = "agreed"
    NOT_AGREED = "not agreed"
    CONFLICT = "conflict"
    STALE = "stale"


CAME_BACK = (VerificationState.NOT_AGREED, VerificationState.CONFLICT)
"""What a criterion or a unit comes to that its assessor is to look at again."""
