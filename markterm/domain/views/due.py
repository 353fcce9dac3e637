"""What is due: a step, who takes it, and since when. `waiting` says which steps are due of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Person(StrEnum):
    """Whom something waits for."""

    LEARNER = "learner"
    ASSESSOR = "assessor"
    VERIFIER = "verifier"
    COORDINATOR = "coordinator"
    OWNER = "owner"
    """The owner of an action, whoever that is."""


class Step(StrEnum):
    """What is to be done next, in the order in which those that wait equally long are named.

    `RESOLVE` is a case that is not closed; `ACT` an action that is to be done, `ACCEPT` one that its owner says is
    done; `LOOK` is a verifier's interim look, `ACKNOWLEDGE` a report of a verification that the assessor is to read.
    `VERIFY_BRIEF` is the brief of an assignment, where the centre wants nothing marked on it before it is verified.
    `SETTLE` is whatever contradicts itself: a conflict, decisions that do not fit the sheet, a closing that decisions
    were made since or that a verifier does not agree to. `SUBMIT` is due until the evidence of the attempt was handed
    in and declared; `RESUBMIT` after a referral that the learner was told of; `MEND` when a sheet is gone, or a sheet,
    files or records cannot be relied on, or the learner is on no unit.
    """

    MEND = "mend"
    RESOLVE = "resolve"
    SETTLE = "settle"
    VERIFY_BRIEF = "verify-brief"
    MARK = "mark"
    COUNTERSIGN = "countersign"
    CLOSE = "close"
    ACT = "act"
    LOOK = "look"
    VERIFY = "verify"
    ACCEPT = "accept"
    RELEASE = "release"
    RESUBMIT = "resubmit"
    SUBMIT = "submit"
    ACKNOWLEDGE = "acknowledge"
    CLAIM = "claim"


_PLACE = {step: place for place, step in enumerate(Step)}


class Due(NamedTuple):
    """A step that is due, who takes it, and the time of the event since which it is; None where no event began it."""

    step: Step
    person: Person
    since: datetime | None = None

    def __str__(self) -> str:
        return f"{self.person} to {self.step.replace('-', ' ')}"


class Owed(NamedTuple):
    """What the member of that id is to do about a unit since it was verified: `SETTLE` a criterion that came back to
    them, `ACT` on an action, until a day where one was set, or `ACKNOWLEDGE` a report. Without a criterion it is on the
    whole unit."""

    step: Step
    member: str
    criterion: str = ""
    due: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether its day is past."""
        return self.due is not None and self.due < today


TO_MEND = Due(Step.MEND, Person.COORDINATOR)


def in_turn(due: Iterable[Due]) -> tuple[Due, ...]:
    """The same, those that wait longest first; those of which it is not known since when come last."""
    return tuple(sorted(due, key=_turn))


def longest(due: Sequence[Due]) -> Due | None:
    """The one of these that waits longest, the first `in_turn`; None where there is none."""
    return min(due, key=_turn, default=None) if len(due) != 1 else due[0]


def _turn(due: Due) -> tuple[bool, float, int]:
    return due.since is None, due.since.timestamp() if due.since is not None else 0.0, _PLACE[due.step]
