"""What verifiers did not agree with and still stands, and their last report: both wait for the assessor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markterm.domain.record.decision import Decision
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.verifying import Verification, contradict


class Disagreement(NamedTuple):
    """Decisions that stand though a verifier did not agree with them: one of a `criterion`, or those that the closing
    rests on where the answer was to the unit as a whole (the criterion is empty then)."""

    verification: Verification
    criterion: str
    decisions: tuple[str, ...]
    reason: str


def disagreements(record: UnitRecord) -> tuple[Disagreement, ...]:
    """Those of a unit, in the order of the answers: of interim looks, and of closings, also of one that was reopened.

    What a verifier agreed with when the unit was closed anew is no disagreement any more.
    """
    closing = record.closing.uid if record.closing is not None else ""
    agreed = _agreed(record, closing)
    found: list[Disagreement] = []
    for answer in (*record.after.looks, *record.after.verifications):
        if answer.agrees:
            continue
        for criterion, decisions, reason in _against(answer, record):
            left = tuple(uid for uid in decisions if uid in record.standing)
            if answer.closing != closing or not closing:
                left = tuple(uid for uid in left if uid not in agreed)
            if left:
                found.append(Disagreement(answer, criterion, left, reason))
    return tuple(found)


def _agreed(record: UnitRecord, closing: str) -> frozenset[str]:
    """The decisions that somebody agreed with as the unit is closed now."""
    found: set[str] = set()
    for answer in record.after.verified(closing) if closing else ():
        found.update(each.decision for each in answer.answers if each.agrees)
        if answer.agrees and not answer.answers and record.closing is not None:
            found.update(record.closing.rests_on)
    return frozenset(found)


def _against(answer: Verification, record: UnitRecord) -> Iterator[tuple[str, tuple[str, ...], str]]:
    if not answer.answers:
        rests_on = next((each.rests_on for each in record.closings if each.uid == answer.closing), ())
        yield "", rests_on, answer.reason
    for each in answer.answers:
        if not each.agrees:
            yield each.criterion, (each.decision,), each.reason or answer.reason


def amended_by(record: UnitRecord, number: str, standing: Iterable[Decision]) -> str:
    """The uid of the answer that did not agree with one of these decisions on the criterion, or with what was withdrawn
    where nothing stands, and so is what a new one amends; empty where there is none. An answer to the whole unit says
    of no criterion that it is wrong."""
    uids = {each.uid for each in standing}
    if not uids:
        withdrawn = {event.uid for event in record.criterion(number).events}
        answers = (*record.after.looks, *record.after.verifications)
        against = (one for one in answers for each in one.answers if not each.agrees and each.decision in withdrawn)
        return next((each.uid for each in against), "")
    named = (each for each in disagreements(record) if each.criterion == number and not uids.isdisjoint(each.decisions))
    return next((each.verification.uid for each in named), "")


def last_report(record: UnitRecord) -> Verification | None:
    """The last verification or interim look at a unit: what is printed as its report, and read by the assessor."""
    place = {event.uid: number for number, event in enumerate(record.events)}
    return max((*record.after.looks, *record.after.verifications), key=lambda each: place[each.uid], default=None)


def unread_report(record: UnitRecord) -> Verification | None:
    """The same where it is finished, and countersigned where it has to be, no other verifier's contradicts it, it
    speaks to the assessor, and nobody has acknowledged it."""
    last = last_report(record)
    if last is None or last.unfinished or last.in_training or record.after.acknowledged(last.uid) is not None:
        return None
    return last if last.speaks_to_assessor and not contradicted_about(record, last) else None


def contradicted_about(record: UnitRecord, answer: Verification) -> tuple[str, ...]:
    """What another verifier answered otherwise who had not seen this answer, nor been seen: numbers of criteria, or
    `the unit`."""
    if answer.closing:
        return contradict(record.after.verified(answer.closing))
    return contradict([each for each in record.after.looks if each.attempt == answer.attempt])
