"""What assessors decided, unit by unit, and what verifiers said to it: counted over the records of all learners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import Looked, Verified
from markterm.domain.record.event import Kind
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.verifying import contradict
from markterm.domain.sampling.risk import Grounds


class Count(NamedTuple):
    """What one learner's record holds of an assessor in a unit: how many decisions, how many of them referrals, how
    many a verifier looked at, and how many of those were not agreed."""

    assessor: str
    unit: str
    decisions: int
    referrals: int
    looked_at: int
    not_agreed: int


@dataclass(slots=True)
class _Counts:
    decisions: int = 0
    referrals: int = 0
    looked_at: int = 0
    not_agreed: int = 0


def counts_of(portfolio: Portfolio) -> tuple[Count, ...]:
    """What is counted in a learner's portfolio, by assessor and unit. Of a criterion the last decision of an assessor
    at an attempt counts: a change of mind is no second one."""
    found: defaultdict[tuple[str, str], _Counts] = defaultdict(_Counts)
    for key, record in portfolio.units.items():
        made_by: dict[str, str] = {}
        for each in record.criteria.values():
            last = {(decision.actor, decision.attempt): decision for decision in each.live}
            made_by |= {decision.uid: decision.actor for decision in each.live}
            for (actor, _), decision in last.items():
                counts = found[actor, key.code]
                counts.decisions += 1
                counts.referrals += decision.refers
        for uid, agrees in _answers(record).items():
            if uid in made_by:
                counts = found[made_by[uid], key.code]
                counts.looked_at += 1
                counts.not_agreed += not agrees
    return tuple(
        Count(assessor, unit, each.decisions, each.referrals, each.looked_at, each.not_agreed)
        for (assessor, unit), each in sorted(found.items())
    )


class TrackRecords:
    """The counts of every assessor in every unit, by its code, added up learner by learner."""

    def __init__(self) -> None:
        self._of: defaultdict[tuple[str, str], _Counts] = defaultdict(_Counts)
        self._in: defaultdict[str, _Counts] = defaultdict(_Counts)

    def add(self, counted: Iterable[Count]) -> None:
        """Add what was counted in a learner's portfolio."""
        for assessor, unit, decisions, referrals, looked_at, not_agreed in counted:
            for counts in (self._of[assessor, unit], self._in[unit]):
                counts.decisions += decisions
                counts.referrals += referrals
                counts.looked_at += looked_at
                counts.not_agreed += not_agreed

    def grounds(self, assessor: str, unit: str, *, in_training: bool, standardised: date | None) -> Grounds:
        """What a rating of that assessor in that unit rests on."""
        own, every = self._of.get((assessor, unit), _Counts()), self._in.get(unit, _Counts())
        return Grounds(
            own.decisions,
            own.referrals,
            own.looked_at,
            own.not_agreed,
            in_training,
            standardised,
            every.decisions - own.decisions,
            every.referrals - own.referrals,
        )

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every assessor and unit that something was counted of."""
        return iter(self._of)


def _answers(record: UnitRecord) -> dict[str, bool]:
    """By the uid of each decision that was looked at whether the last answer to it agrees.

    A unit that was verified as a whole was looked at as a whole. Which of it was not agreed nobody said: all of it is
    counted as looked at, and one as not agreed. What verifiers contradict each other about is not looked at yet, nor is
    what was agreed with in training and not countersigned.
    """
    answers: dict[str, bool] = {}
    rests_on = {closing.uid: closing.rests_on for closing in record.closings}
    for event in record.events:
        if event.kind == Kind.LOOKED and (looked := said_in(event, Looked)) is not None:
            answers |= {each.decision: each.agrees for each in looked.answers if _counts(looked, each.agrees)}
        elif event.kind == Kind.VERIFIED and (said := said_in(event, Verified)) is not None:
            if said.answers:
                answers |= {each.decision: each.agrees for each in said.answers if _counts(said, each.agrees)}
            elif _counts(said, said.agrees):
                of = rests_on.get(said.closing, ())
                answers |= dict.fromkeys(of, True)
                if of and not said.agrees:
                    answers[of[-1]] = False
    for uid in _contradicted(record) if answers else ():
        answers.pop(uid, None)
    return answers


def _counts(said: Looked | Verified, agrees: bool) -> bool:
    return not (said.in_training and agrees)


def _contradicted(record: UnitRecord) -> frozenset[str]:
    """The decisions of which nobody knows whether verifiers agree with them."""
    found: set[str] = set()
    for closing in record.closings:
        answers = record.after.verified(closing.uid)
        about = contradict(answers) if len(answers) > 1 else ()
        found.update(closing.rests_on if "the unit" in about else ())
        found.update(each.decision for one in answers for each in one.answers if each.criterion in about)
    return frozenset(found)
