"""Countersignatures: what a member in training decided counts when a member who is approved has put their name to it.

Both are judged by what the record says of that day. Whoever is approved later, or leaves, changes nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.criterion import Countersigned
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.states import CriterionState
from markterm.domain.rules.act import Act, approved, entry
from markterm.domain.rules.marking import fitting, open_unit
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way


def waiting(unit: Unit, portfolio: Portfolio) -> Iterator[tuple[str, Decision]]:
    """The decisions of a unit that wait for a countersignature, each with the number of its criterion, in the order of
    the sheet."""
    unsigned = portfolio.unit(unit.key).unsigned
    for criterion in unit.criteria if unsigned else ():
        for decision in unsigned.get(criterion.number, ()):
            yield criterion.number, decision


def countersigned(decision: Decision, name: Callable[[str], str] = str) -> str:
    """`waits for countersignature` or `countersigned by …`; empty for a decision that needs none.

    `name` gives what is shown for a member's id.
    """
    if decision.waits_for_countersignature:
        return "waits for countersignature"
    return f"countersigned by {name(decision.countersigned_by)}" if decision.in_training else ""


def countersign(
    act: Act, unit: Unit, portfolio: Portfolio, number: str, note: str = "", shown: CriterionRecord | None = None
) -> Event:
    """The countersignature of the decision that stands on a criterion, as `shown` or as it is in `portfolio`.

    Raises `Refused` when the member is not approved for the unit or made the decision, a case forbids it, nothing
    waits, a conflict has to be settled first, another decision stands than was shown, what stands does not fit the
    sheet, or the unit is closed; `WrongUse` when the unit has no such criterion.
    """
    member = approved(act, unit)
    record = fitting(unit, open_unit(act.learner, unit, portfolio), number)
    if portfolio.cases:
        from markterm.domain.rules.cases import refuse_under_case  # Few learners have one.

        refuse_under_case(act, member, unit, portfolio, number)
    decision = record.decision
    if record.state is CriterionState.CONFLICT:
        raise Refused(
            "This criterion is in conflict",
            f"{unit.code} {number} has two decisions, and a countersignature is for one.",
            "Settle the conflict first, with a reason.",
        )
    if decision is None or not decision.waits_for_countersignature:
        raise Refused(
            "Nothing to countersign",
            f"{unit.code} {number} " + _why_not(decision),
            "Look what waits for a countersignature.",
            hint=Hint(Way.LIST_UNSIGNED),
        )
    if shown is not None and shown.decision != decision:
        raise Refused(
            "Decided again since",
            f"{decision.actor} decided {unit.code} {number} after you looked at it.",
            "Read the decision that stands now, then countersign it.",
        )
    if decision.actor == member.id:
        raise Refused(
            "Not your own decision",
            f"{unit.code} {number} was decided by {member.name} ({member.id}), who cannot countersign it.",
            "Ask another assessor who is approved for the unit; or mark it again, now that you are.",
        )
    said = Countersigned(decision.uid, note)
    return entry(act, member, Kind.COUNTERSIGNED, Subject(unit.key, number), said)


def _why_not(decision: Decision | None) -> str:
    if decision is None:
        return "is open."
    if decision.in_training:
        return f"is countersigned by {decision.countersigned_by}."
    return f"was decided by {decision.actor}, who was approved for the unit."
