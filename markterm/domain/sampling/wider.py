"""A wider sample: where one decision was not agreed, the same criterion by the same assessor is looked at elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markterm.domain.assessed.strategy import Band
from markterm.domain.record.decision import Decision
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.sampling.candidate import order_in
from markterm.domain.sampling.share import asked_of


@dataclass(frozen=True, slots=True)
class Alike:
    """A decision on the same criterion by the same assessor, of another learner.

    `is_sampled` says that their attempt is in a sample already, `is_agreed` that a verifier agreed with the decision,
    and `is_proposed` that it is in the wider sample that is proposed.
    """

    registration: str
    name: str
    decision: Decision
    is_closed: bool
    is_sampled: bool
    is_agreed: bool
    is_proposed: bool = False


def assessors_not_agreed(record: UnitRecord, number: str) -> dict[str, str]:
    """Whose decisions on that criterion a verifier did not agree with, each with the uid of the answer: also where the
    decision was amended since."""
    made = {each.uid: each.actor for each in record.criterion(number).live}
    found: dict[str, str] = {}
    for answer in (*record.after.looks, *record.after.verifications):
        for each in answer.answers:
            if not each.agrees and each.criterion == number and each.decision in made:
                found[made[each.decision]] = answer.uid
    return found


def alike(registration: str, name: str, record: UnitRecord, number: str, assessor: str) -> tuple[Alike, ...]:
    """The decisions by that assessor that stand on that criterion of a unit of a learner."""
    own = [each for each in record.criterion(number).standing if each.actor == assessor]
    return tuple(
        Alike(registration, name, each, record.closing is not None, record.is_sampled, _is_agreed(record, each))
        for each in own
    )


def wider_sample(found: Iterable[Alike], unit: str, bands: Sequence[Band], seed: str) -> tuple[Alike, ...]:
    """The same, with those marked that are proposed: of those that nobody agreed with or samples already, as many as
    the bands ask for, in the random order of that seed. The proposed ones come first."""
    every = tuple(found)
    left = [each for each in every if not (each.is_sampled or each.is_agreed)]
    left.sort(key=lambda each: order_in(seed, (each.registration, unit)))
    proposed = {each.decision.uid for each in left[: asked_of(len(left), bands)]}
    marked = (replace(each, is_proposed=each.decision.uid in proposed) for each in every)
    return tuple(sorted(marked, key=lambda each: (not each.is_proposed, each.registration)))


def _is_agreed(record: UnitRecord, decision: Decision) -> bool:
    answers = (each for answer in (*record.after.looks, *record.after.verifications) for each in answer.answers)
    if any(each.agrees and each.decision == decision.uid for each in answers):
        return True
    closing = record.closing
    verified = record.after.verified(closing.uid) if closing is not None else ()
    whole = [each for each in verified if not each.answers]
    return closing is not None and decision.uid in closing.rests_on and bool(whole) and all(e.agrees for e in verified)
