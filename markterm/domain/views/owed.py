"""What of a unit is to be done by which member since it was verified: what came back to whoever decided it, actions,
and reports to be read."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.record.disagreement import disagreements, unread_report
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import VerificationState
from markterm.domain.record.verifying import Verification
from markterm.domain.views.due import Owed, Step


def owed(record: UnitRecord) -> tuple[Owed, ...]:
    """What members have to do about a unit: what was not agreed first, then open actions, then a report to be read."""
    return tuple(dict.fromkeys((*_came_back(record), *_actions(record), *_report(record))))


def assessors_of(record: UnitRecord, answer: Verification) -> tuple[str, ...]:
    """The ids of those whose decisions an answer was to; of one to the whole unit who closed it."""
    answered = {each.decision for each in answer.answers}
    decided = [each.actor for own in record.criteria.values() for each in own.live if each.uid in answered]
    closed = [each.actor for each in record.closings if each.uid == answer.closing]
    return tuple(dict.fromkeys(decided or closed))


def _came_back(record: UnitRecord) -> Iterator[Owed]:
    if not any(not each.agrees for each in (*record.after.looks, *record.after.verifications)):
        return
    standing = {each.uid: each for own in record.criteria.values() for each in own.standing}
    differ = record.verification is VerificationState.CONFLICT  # A verifier answers again, before its assessor does.
    for against in disagreements(record):
        if differ and record.closing is not None and against.verification.closing == record.closing.uid:
            continue
        if not against.criterion:
            yield from (Owed(Step.SETTLE, each) for each in assessors_of(record, against.verification))
            continue
        for uid in against.decisions:
            yield Owed(Step.SETTLE, standing[uid].actor, against.criterion)


def _actions(record: UnitRecord) -> Iterator[Owed]:
    for each in record.after.actions:
        if each.is_open:
            yield Owed(Step.ACT, each.owner, each.criterion, each.due)


def _report(record: UnitRecord) -> Iterator[Owed]:
    unread = unread_report(record)
    if unread is not None:
        yield from (Owed(Step.ACKNOWLEDGE, each) for each in assessors_of(record, unread))
