"""What a verifier has to do in one unit of a learner: what a row of the caseload keeps of it, for the queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from markterm.domain.record.states import VerificationState
from markterm.domain.views.due import Due, Person, Step
from markterm.domain.words.counted import first_reasons
from markterm.domain.words.local_time import local

if TYPE_CHECKING:
    from markterm.domain.record.portfolio import UnitRecord


class ToVerify(NamedTuple):
    """A step of a verifier: an interim look, a verification, or an action that is done and waits to be accepted.

    `since` is when it began to wait. `assessor` closed the unit, or decided most of it while it is open; `people` are
    all who decided, countersigned or closed anything in it, with an action its owner, and with a countersignature who
    verified it in training: none of them may do it. `verifier` is whom it was given to, who has begun to answer, or who
    set the action, empty for anybody; `due` the day until which it is to be done, where one was said. `why` it was
    sampled, or what was done; `criterion` is that of the action, `closed` the day on which the unit was closed and
    `sampled_at` when it was sampled. A named tuple: it is made of an index of ten thousand rows.
    """

    step: Step
    since: datetime | None
    assessor: str
    people: tuple[str, ...]
    attempt: int = 1
    verifier: str = ""
    due: date | None = None
    why: str = ""
    criterion: str = ""
    closed: date | None = None
    sampled_at: datetime | None = None

    @property
    def in_short(self) -> str:
        """Why, for a line of a list: the first reasons of a sample; what was done whole, for a member wrote it."""
        return self.why if self.step is Step.ACCEPT else first_reasons(self.why)


_TO_COUNTERSIGN = (VerificationState.UNCOUNTERSIGNED, VerificationState.NOT_AGREED)


def to_verify(record: UnitRecord, due: Iterable[Due]) -> tuple[ToVerify, ...]:
    """What of these steps, which are due of a unit, verifiers take."""
    own = [each for each in due if each.person is Person.VERIFIER]
    return tuple(step for each in own for step in _steps(record, each)) if own else ()


def _steps(record: UnitRecord, due: Due) -> Iterator[ToVerify]:
    from markterm.domain.record.so_far import unfinished
    from markterm.domain.record.verifying import INTERIM, SUMMATIVE
    from markterm.domain.sampling.assessed_unit import assessor_of, people_of  # Few units wait for a verifier.

    assessor, people = assessor_of(record), people_of(record)
    if due.step is Step.ACCEPT:
        for action in record.after.actions:
            if not action.is_open and not action.is_finished:
                who, last = tuple(sorted({*people, action.owner})), action.last
                yield ToVerify(
                    due.step,
                    last.at,
                    assessor,
                    who,
                    action.attempt or record.attempt,
                    action.first.actor,
                    why=last.text,
                    criterion=action.criterion,
                )
        return
    attempt = record.closing.attempt if record.closing is not None else record.attempt
    sample = record.after.sample(attempt, INTERIM if due.step is Step.LOOK else SUMMATIVE)
    verifier = next((each.actor for each in unfinished(record)), sample.verifier if sample is not None else "")
    why, until = (sample.why, sample.due) if sample is not None else ("a resubmission", None)
    answers = (*record.after.looks, *record.after.verifications)
    trainees = {each.actor for each in answers if each.in_training and each.attempt == attempt}
    goes_on = any(each.unfinished for each in unfinished(record))
    if trainees and not goes_on and record.verification in _TO_COUNTERSIGN:
        people, verifier = tuple(sorted({*people, *trainees})), "" if verifier in trainees else verifier
    closed = local(record.closing.at).date() if record.closing is not None else None
    at = sample.at if sample is not None else None
    yield ToVerify(due.step, due.since, assessor, people, attempt, verifier, until, why, closed=closed, sampled_at=at)
