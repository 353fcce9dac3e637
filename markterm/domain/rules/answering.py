"""What a verifier says of single decisions, made into answers that name the decisions that they looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.verifying import NO_REPORT, Answer, Override, Report, Sight
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import DECIDED
from markterm.domain.record.verifying import Verification, contradict
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean

VALID = ("valid", "authentic", "current", "sufficient", "reliable")
"""What evidence is looked through for: VACSR."""
FEEDBACK = ("specific", "linked", "no answer given", "plain")
"""What an assessor's feedback is looked through for: specific, linked to criteria, does not give the answer, plain."""


class Asked(NamedTuple):
    """What a centre asks of every verification beside the answers: whether the evidence is valid, authentic, current,
    sufficient and reliable, and the quality of the assessor's feedback."""

    vacsr: bool = False
    feedback_quality: bool = False


NOTHING_ASKED = Asked()


@dataclass(frozen=True, slots=True)
class Said:
    """What a verifier says of a unit as a whole (`agrees`, None where they do not), or of its criteria by number.

    `not_agreed` has the reason of each; `looked` how they looked at each; `own` are their own results, made before they
    saw the assessor's. Whatever was looked at, or decided by themselves, and is not named otherwise, is agreed to with
    `agrees`, and else as their own result is the same. `unfinished` says that they go on with it. Where neither a
    criterion is named nor the whole, what was begun so is finished as it stands. `shown` are the uids of the decisions
    that they had before them, by criterion: nothing is answered to another one.
    """

    agrees: bool | None = None
    reason: str = ""
    agreed: tuple[str, ...] = ()
    not_agreed: Mapping[str, str] = field(default_factory=dict)
    looked: Mapping[str, Sight] = field(default_factory=dict)
    own: Mapping[str, Result] = field(default_factory=dict)
    report: Report = NO_REPORT
    unfinished: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)


def answers_of(unit: Unit, record: UnitRecord, said: Said) -> tuple[Answer, ...]:
    """The answers to the decisions that stand on the criteria that were named, in the order of the unit; none where
    none was named.

    Raises `WrongUse` for a criterion that the unit does not have, one that is both agreed and not, one that was looked
    at and not answered, and a whole that contradicts its parts; `Refused` for one that is not decided, and for a
    disagreement without a reason.
    """
    named = (*said.agreed, *said.not_agreed, *said.looked, *said.own)
    every = [each.number for each in unit.criteria]
    for number in named:
        if unit.criterion(number) is None:
            raise WrongUse(
                "No such criterion",
                f"{unit.code} has no criterion {one_line(number)}. Nothing was recorded.",
                did_you_mean(number, every, f"Its criteria are {', '.join(every)}."),
            )
    answers = tuple(_answer(unit, record, each.number, said) for each in unit.criteria if each.number in named)
    if answers and said.agrees is False and all(each.agrees for each in answers):
        raise WrongUse(
            "Agreed, or not?",
            f"{unit.code} is not agreed to, and every criterion that was named is. Nothing was recorded.",
            "Say which criterion is not agreed, and why.",
        )
    return answers


def _answer(unit: Unit, record: UnitRecord, number: str, said: Said) -> Answer:
    marked = record.criterion(number)
    decision = marked.decision
    if decision is None or marked.state not in DECIDED:
        raise Refused(
            "Not decided",
            f"{unit.code} {number} is {marked.state}: there is no decision to agree to.",
            "Leave it out until it is decided.",
        )
    if said.shown.get(number, decision.uid) != decision.uid:
        raise Refused(
            "Decided again since",
            f"{decision.actor} decided {unit.code} {number} again: {decision.state}. Your answer was to what stood "
            "before, and is not recorded.",
            "Look at it as it is now, then answer.",
        )
    own = said.own.get(number)
    if number in said.agreed and number in said.not_agreed:
        raise WrongUse("Agreed, or not?", f"Both were said of {unit.code} {number}.", "Leave out one of them.")
    if number in said.agreed or number in said.not_agreed:
        agrees = number in said.agreed
    elif own is not None:
        agrees = own is decision.result
    elif said.agrees is True:
        agrees = True
    else:
        raise WrongUse(
            "Which answer?",
            f"{unit.code} {number} was looked at, and nothing was said of it. Nothing was recorded.",
            "Say whether it is agreed.",
        )
    reason = said.not_agreed.get(number, "")
    differs = own is not None and own is not decision.result
    mine = decision.state_with(own) if own is not None else ""
    if not reason.strip() and differs:
        reason = said.reason
    if (not agrees or differs) and not reason.strip():
        raise Refused(
            "A disagreement needs a reason",
            f"Nothing was said of why {unit.code} {number} is not as its assessor decided it."
            if not agrees
            else f"Your own result of {unit.code} {number} is {mine}, the assessor's {decision.state}, and you agree.",
            "Say why.",
        )
    return Answer(number, decision.uid, agrees, reason, said.looked.get(number), own)


def go_on_beside(
    unit: Unit, member: str, answers: Sequence[Answer], before: Sequence[Verification], said: Said
) -> tuple[Answer, ...]:
    """These answers of that member, and beside them those that were given before to decisions of which nothing is said
    now, each as its verifier's own, in the order of the unit. How the member looked at a decision before, and what they
    decided of it themselves, goes on as well.

    Where two answers of before contradict each other and nothing is said of that now, both go on while it is
    unfinished. Raises `Refused` when it would be finished so.
    """
    now = {each.criterion: each for each in answers}
    unsettled = [each for each in contradict(before) if each not in now]
    both = [*_both(unsettled, before, member)] if said.unfinished and "the unit" not in unsettled else []
    if unsettled and not both and (unsettled != ["the unit"] or not said.reason.strip()):
        raise _contradiction(unsettled, before)
    for each in before:
        for answer in each.answers:
            by, again = answer.by or each.actor, now.get(answer.criterion)
            if again is None or again.by:
                now[answer.criterion] = answer._replace(by="" if by == member else by)
            elif by == member and again.decision == answer.decision:
                now[answer.criterion] = again._replace(
                    looked=again.looked or answer.looked, own=again.own or answer.own
                )
    found = [now[each.number] for each in unit.criteria if each.number in now and each.number not in unsettled]
    return (*found, *both) if both else tuple(now[each.number] for each in unit.criteria if each.number in now)


def _both(unsettled: Sequence[str], before: Sequence[Verification], member: str) -> Iterator[Answer]:
    """Both answers to each of these criteria, each as its verifier's own."""
    for number in unsettled:
        given = [each._replace(by=each.by or one.actor) for one in before for each in one.answers]
        yield from dict.fromkeys(
            each._replace(by="" if each.by == member else each.by) for each in given if each.criterion == number
        )


def begun(unit: Unit, learner: str, member: str, before: Sequence[Verification], said: Said) -> tuple[Answer, ...]:
    """The answers that stand already where `said` names no criterion: those of a verification that is not finished.

    None of them where the unit is answered as a whole otherwise than they are. Raises `Refused` where nothing is said
    and nothing was begun, `WrongUse` for a whole unit that is not finished.
    """
    if said.unfinished:
        raise WrongUse(
            "Unfinished, and no criterion is named",
            f"{unit.code} of {learner} is answered as a whole, or criterion by criterion. Nothing was recorded.",
            "Name the criteria that were looked at so far.",
        )
    if not any(each.unfinished for each in before):
        if said.agrees is None:
            raise Refused(
                "Nothing to finish",
                f"No verification of {unit.code} of {learner} is unfinished.",
                "Answer to its criteria, or to the unit.",
            )
        return ()
    answers = go_on_beside(unit, member, (), before, said)
    if said.agrees is None:
        return answers
    return answers if said.agrees and all(each.agrees for each in answers) else ()


def reason_beside(member: str, reason: str, before: Sequence[Verification]) -> str:
    """The reason of that member, or what they gave before in a verification that they go on with."""
    own = (each.reason for each in reversed(before) if each.unfinished and each.actor == member)
    return reason if reason.strip() else next(own, reason)


def overrides_beside(
    member: str, overrides: Sequence[Override], before: Sequence[Verification]
) -> tuple[Override, ...]:
    """The rules that were let pass, and those that were for what that member goes on with."""
    own = [each for one in before if one.unfinished and one.actor == member for each in one.overrides]
    again = {each.rule for each in overrides}
    return (*(each for each in own if each.rule not in again), *overrides)


def report_beside(member: str, report: Report, before: Sequence[Verification]) -> Report:
    """The report of that member, with what they said before and do not say anew."""
    for each in reversed(before):
        if each.actor == member:
            was = each.report
            return Report(
                report.strengths or was.strengths,
                report.development or was.development,
                was.valid if report.valid is None else report.valid,
                was.feedback if report.feedback is None else report.feedback,
            )
    return report


def settles(unit: Unit, before: Sequence[Verification], said: Said, *, agrees: bool) -> None:
    """Raises `Refused` when what was answered before is contradicted, or agreed to after it was not, without a reason.

    The reasons of what is not agreed now are reasons too.
    """
    if said.reason.strip() or any(reason.strip() for reason in said.not_agreed.values()):
        return
    settled = [each for each in contradict(before) if not said.unfinished or each in (*said.agreed, *said.not_agreed)]
    if settled:
        raise _contradiction(settled, before)
    against = [each for each in before if not each.agrees]
    if agrees and against:
        raise Refused(
            "What was not agreed is agreed now?",
            f"{against[-1].actor} did not agree with {unit.code}: {against[-1].why_not}",
            "Say why: what was looked at again, or what was talked over.",
        )


def _contradiction(about: Sequence[str], before: Sequence[Verification]) -> Refused:
    told = "; ".join(f"{each.actor}: {each.in_words}" for each in before)
    return Refused(
        "Two verifiers answered differently",
        f"Neither had seen the other's answer to {', '.join(about)}. {told}.",
        "Read both, then answer to it, with a reason: your answer takes the place of both.",
    )


def check_asked(asked: Asked, unit: Unit, said: Said, report: Report) -> None:
    """Raises `Refused` when the centre asks for what the report that is finished now does not say, `WrongUse` for what
    is no tick."""
    for is_asked, ticked, known, what in (
        (asked.vacsr, report.valid, VALID, "the evidence"),
        (asked.feedback_quality, report.feedback, FEEDBACK, "the assessor's feedback"),
    ):
        wrong = [each for each in ticked or () if each not in known]
        if wrong:
            raise WrongUse(
                "Nothing that is looked for",
                f"{one_line(wrong[0])} is not looked for in {what}.",
                f"It is {', '.join(known)}.",
            )
        if is_asked and ticked is None and not said.unfinished:
            raise Refused(
                "The centre asks for more",
                f"Nothing was said of {what} in {unit.code}.",
                f"Say which of it holds: {', '.join(known)}; or that none of it does.",
            )
