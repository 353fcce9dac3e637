"""What a verifier who decides first is not told yet: what was decided, and why it was sampled, which may tell that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import DECIDED
from markterm.domain.sampling.assessed_unit import AssessedUnit
from markterm.domain.views.answers import answers_now, given
from markterm.domain.views.verified import AnswerOn

Own = Mapping[tuple[str, str], Result]
"""What a verifier decided before they saw the decision: by the number of its criterion and its uid."""
WHY_LATER = "why it was sampled is told when you have decided"


def is_undecided(record: UnitRecord, number: str, answers: Iterable[AnswerOn], who: str, own: Own) -> bool:
    """Whether what stands on that criterion is somebody else's and that verifier neither decided it first nor answered
    to it; `answers` are those given to what stands."""
    criterion = record.criterion(number)
    decision = criterion.decision if criterion.state in DECIDED else None
    if decision is None or decision.actor == who or (number, decision.uid) in own:
        return False
    return all((each.answer.by or each.verification.actor) != who for each in answers)


def undecided(record: UnitRecord, who: str, own: Own) -> tuple[str, ...]:
    """The numbers of the criteria of which that is so; none where they answered to the unit as a whole."""
    if any(each.actor == who and not each.answers for each in answers_now(record)):
        return ()
    answers = given(record)
    return tuple(each for each in record.criteria if is_undecided(record, each, answers.get(each, ()), who, own))


def may_be_undecided(unit: AssessedUnit | None, who: str) -> bool:
    """Whether anything of the unit may be so, as far as a list knows that reads no record: not where the last answer is
    theirs and is to what stands, where the decisions are theirs, or where there are none."""
    if unit is None or unit.people == (who,):
        return False
    return unit.answered is None or unit.answered.verifier != who or unit.answered.agrees is None
