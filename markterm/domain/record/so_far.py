"""How far a verifier got with what they have not finished: how much of it is answered."""

from __future__ import annotations

from typing import NamedTuple

from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.verifying import Verification


class SoFar(NamedTuple):
    """How many decisions are answered, of how many."""

    answered: int
    decisions: int

    def __str__(self) -> str:
        return f"answered {self.answered} of {self.decisions} so far"


def so_far(answer: Verification, record: UnitRecord) -> SoFar:
    """Of what the closing rests on that it answers, how much it does; of an interim look, of what is decided so far."""
    closing = next((each for each in record.closings if each.uid == answer.closing), None)
    decisions = frozenset(closing.rests_on) - record.not_asked if closing is not None else record.standing
    return SoFar(sum(each.decision in decisions for each in answer.answers), len(decisions))


def unfinished(record: UnitRecord) -> tuple[Verification, ...]:
    """The answers to the present attempt that their verifiers go on with: to its closing, or before it is closed."""
    closing = record.closing
    if closing is not None:
        return tuple(each for each in record.after.verified(closing.uid) if each.unfinished)
    return tuple(each for each in record.after.looks if each.unfinished and each.attempt == record.attempt)
