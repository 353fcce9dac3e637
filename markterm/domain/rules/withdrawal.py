"""Withdrawing decisions: each with a reason, and none that would settle a conflict in passing."""

from __future__ import annotations

from dataclasses import replace

from markterm.domain.assessed.member import Member
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.criterion import Withdrawn
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act, assessor, entry
from markterm.domain.rules.marking import names_of, on_sheet, open_unit
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way


def withdraw(
    act: Act, unit: Unit, portfolio: Portfolio, number: str, reason: str, shown: CriterionRecord | None = None
) -> Event:
    """The withdrawal of the last decision of a criterion, as `shown` or as it stands: what stood before stands again.

    The pass of an earlier attempt is withdrawn too: it has to be before the criterion is decided anew. The entry says
    at which attempt that was.

    Raises `Refused` when nothing is decided at this attempt but a referral of an earlier one, the criterion is in
    conflict or no longer on the sheet, no reason is given, a case forbids it, the unit is closed or the member may not
    mark it, or is in training and somebody who is approved answers for the decision.
    """
    member = assessor(act, unit)
    on_sheet(unit, number)
    unit_record = open_unit(act.learner, unit, portfolio)
    if portfolio.cases:
        from markterm.domain.rules.cases import refuse_under_case  # Few learners have one.

        refuse_under_case(act, member, unit, portfolio, number)
    record = shown or unit_record.criterion(number)
    for each in (record, unit_record.criterion(number)):
        refuse_in_conflict(unit, number, each)
    if not record.live:
        raise Refused(
            "Nothing to withdraw",
            f"{unit.code} {number} is open: it has no decision.",
            "Mark it pass or refer instead.",
        )
    if not reason.strip():
        raise Refused(
            "A withdrawal needs a reason",
            f"The decision on {unit.code} {number} stands.",
            "Say why it is withdrawn; one word is enough.",
        )
    last = replace(record, attempt=unit_record.criterion(number).attempt).to_withdraw
    if last is None:
        raise Refused(
            "Decided at an earlier attempt",
            f"{unit.code} {number} was not decided at attempt {unit_record.attempt} yet, and the referral of an "
            "earlier attempt stays.",
            "Mark it pass or refer: that replaces it.",
        )
    refuse_in_training(member, unit, number, last)
    said = Withdrawn(reason, unit_record.attempt if last.attempt < unit_record.attempt else None)
    return entry(act, member, Kind.WITHDRAWN, Subject(unit.key, number), said, supersedes=(last.uid,))


def refuse_in_conflict(unit: Unit, number: str, record: CriterionRecord) -> None:
    """Raise `Refused` when a criterion is in conflict: taking one side away would settle it in passing."""
    if len(record.standing) > 1:
        raise Refused(
            "This criterion is in conflict",
            f"{unit.code} {number} was decided by {names_of(record.standing)} without seeing each other's decision.",
            "Settle it with a reason, for a pass, for a referral or for neither of them.",
            hint=Hint(Way.SETTLE_CONFLICT),
        )


def refuse_in_training(member: Member, unit: Unit, number: str, last: Decision) -> None:
    """Raise `Refused` when a member in training would withdraw what somebody who is approved answers for."""
    if not (last.waits_for_countersignature or member.approved_for(unit.code)):
        by = f"countersigned by {last.countersigned_by}" if last.countersigned_by else f"made by {last.actor}"
        raise Refused(
            "Not while in training",
            f"The decision on {unit.code} {number} was {by}, who was approved for the unit.",
            "Ask an assessor who is approved for the unit, or mark it: the new decision waits for a countersignature.",
        )


def withdraw_decision(act: Act, unit: Unit, portfolio: Portfolio, number: str, uid: str, reason: str) -> Event:
    """The withdrawal of one decision of a criterion, by its uid. Raises as `withdraw` does, and `Refused` when it was
    withdrawn already, or replaced after it had replaced another: that one would then stand beside the newest."""
    record = portfolio.unit(unit.key).criterion(number)
    alone = tuple(decision for decision in record.live if decision.uid == uid)
    if record.live and not alone:
        raise Refused(
            "Withdrawn already",
            f"That decision on {unit.code} {number} does not stand any more.",
            "Withdraw the one that stands, or mark it again.",
        )
    replaced = {before for decision in alone if decision not in record.standing for before in decision.supersedes}
    if any(decision.uid in replaced for decision in record.live):
        raise Refused(
            "Replaced since",
            f"{unit.code} {number} was decided again by {names_of(record.standing)}: that decision stands.",
            "Withdraw the one that stands first, or mark it again.",
        )
    return withdraw(act, unit, portfolio, number, reason, replace(record, live=alone, standing=alone))
