"""Settling a conflict: two decisions that had not seen each other stand on one criterion, and a person says which holds
and why, or that neither does. Both stay in the record."""

from __future__ import annotations

from collections.abc import Iterable

from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.criterion import Withdrawn
from markterm.domain.record.decision import CriterionRecord, Decision, Occasion
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act, assessor, entry
from markterm.domain.rules.marking import decide, on_sheet, open_unit
from markterm.domain.rules.withdrawal import refuse_in_training
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way


def settle(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    number: str,
    result: Result,
    reason: str,
    shown: CriterionRecord | None = None,
    occasion: Occasion = Occasion(),  # noqa: B008 - frozen, and the same for ever
    note: str = "",
) -> Event:
    """The decision that settles a conflict, as `shown` or as it stands.

    What the learner is told is `note`, or that of the decisions which came to the same result, as the words of those
    who wrote them. The reason is for the record, and no feedback.

    Raises as `decide` does, and `Refused` when the criterion is not in conflict, no reason is given, or a referral has
    no note.
    """
    standing = (shown or portfolio.unit(unit.key).criterion(number)).standing
    _refuse_unsettled(act, unit, number, len(standing), reason)
    refers = result is Result.REFER and on_sheet(unit, number).gates
    if refers and not note.strip() and not has_note(standing, result):
        raise Refused(
            "A referral needs a note",
            f"{unit.code} {number} of {act.learner} stays in conflict: nobody who referred it said what is missing.",
            "Write a note to the learner beside the reason, without giving the answer.",
        )
    if note.strip():
        return decide(act, unit, portfolio, number, result, note, shown, occasion, reason)
    told = [each for each in standing if each.result is result and each.note.strip()]
    notes = dict.fromkeys(each.note.strip() for each in told)
    authors = tuple(dict.fromkeys(who for each in told for who in each.written_by))
    own = act.member is not None and authors == (act.member.id,)
    return decide(
        act,
        unit,
        portfolio,
        number,
        result,
        "\n\n".join(notes),
        shown,
        occasion,
        reason,
        note_by=() if own else authors,
    )


def settle_as_neither(
    act: Act, unit: Unit, portfolio: Portfolio, number: str, reason: str, shown: CriterionRecord | None = None
) -> Event:
    """The withdrawal of every decision that stands in a conflict, as `shown` or as it stands: neither holds.

    Raises `Refused` when the criterion is not in conflict or was decided again since, no reason is given, the unit is
    closed, or the member may not mark it or may not withdraw one of them; `WrongUse` when there is no such criterion.
    """
    member = assessor(act, unit)
    on_sheet(unit, number)
    now = open_unit(act.learner, unit, portfolio).criterion(number)
    standing = (shown or now).standing
    _refuse_unsettled(act, unit, number, len(standing), reason)
    if {each.uid for each in standing} != {each.uid for each in now.standing}:
        raise Refused(
            "Decided again since",
            f"{unit.code} {number} of {act.learner} has another decision now than when you looked at it.",
            "Read what stands now, then settle it.",
        )
    for each in standing:
        refuse_in_training(member, unit, number, each)
    uids = tuple(each.uid for each in standing)
    return entry(act, member, Kind.WITHDRAWN, Subject(unit.key, number), Withdrawn(reason), uids)


def has_note(standing: Iterable[Decision], result: Result) -> bool:
    """Whether one of these decisions came to that result with a note."""
    return any(each.result is result and each.note.strip() for each in standing)


def _refuse_unsettled(act: Act, unit: Unit, number: str, standing: int, reason: str) -> None:
    if standing < 2:
        raise Refused(
            "There is nothing to settle",
            f"{unit.code} {number} of {act.learner} is not in conflict.",
            "Mark it pass or refer.",
            hint=Hint(Way.SHOW_HISTORY),
        )
    if not reason.strip():
        raise Refused(
            "Settling needs a reason",
            f"{unit.code} {number} of {act.learner} stays in conflict.",
            "Say why the one decision holds and the other does not.",
        )
