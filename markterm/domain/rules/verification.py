"""Verifying a unit: an attempt is picked, and the closing of it is agreed to or not by somebody who did not mark it.

Summative sampling comes after the assessor's outcome and before the learner gets feedback: a centre's policy can hold
the feedback until then.
"""

from __future__ import annotations

from dataclasses import replace

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.bodies.verifying import Sampled, Verified
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Closing, Portfolio, UnitRecord
from markterm.domain.record.sheet_fit import stale
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.rules.marking import does_not_fit
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way

_OWN = (Kind.DECIDED, Kind.COUNTERSIGNED, Kind.CLOSED)


def sample(act: Act, unit: Unit, portfolio: Portfolio, why: str) -> Event:
    """The picking of the present attempt at a unit for verification, before it is closed or after.

    Raises `Refused` when the member is no verifier, no reason is given, or the attempt was picked before.
    """
    member = _verifier(act)
    record = portfolio.unit(unit.key)
    attempt = record.closing.attempt if record.closing is not None else record.attempt
    before = record.after.sample(attempt)
    if before is not None:
        raise Refused(
            "Picked already",
            f"Attempt {attempt} at {unit.code} was picked by {before.actor}: {before.why}",
            "Verify it once it is closed.",
        )
    if not why.strip():
        raise Refused(
            "Picking needs a reason",
            f"{unit.code} was not picked: a sampling plan says why each of its units is in it.",
            "Say why: first decision of a new assessor, high risk, routine.",
        )
    return _entry(act, member, Kind.SAMPLED, unit, Sampled(attempt, why))


def verify(act: Act, unit: Unit, portfolio: Portfolio, agrees: bool, reason: str) -> Event:
    """A verifier's answer to the closing of a unit that was picked, or of a resubmission. It replaces earlier answers.

    Raises `Refused` when the member is no verifier, or decided or closed anything in the unit; when the unit is not
    closed, was changed since, or was not picked; and when a disagreement has no reason.
    """
    member = _verifier(act)
    record = portfolio.unit(unit.key)
    closing = settled_closing(act.learner, unit, record)
    marked = [event for event in _marking(record) if event.actor == member.id]
    if marked:
        raise Refused(
            "Nobody verifies their own decisions",
            f"{member.name} ({member.id}) {'closed' if marked[0].kind == Kind.CLOSED else 'decided criteria of'} "
            f"{unit.code} of {act.learner}.",
            "Ask another verifier.",
        )
    picked = record.after.sample(closing.attempt)
    if picked is None and closing.attempt < 2:
        raise Refused(
            "Not picked for verification",
            f"Attempt {closing.attempt} at {unit.code} is in nobody's sample.",
            "Pick it first, with a reason.",
            hint=Hint(Way.SAMPLE, learner=act.learner, unit=unit.code),
        )
    if not agrees and not reason.strip():
        raise Refused(
            "A disagreement needs a reason",
            f"{unit.code} of {act.learner} is not verified yet.",
            "Say which criterion is decided wrongly, and why.",
        )
    before = record.after.verified(closing.uid)
    replaced = (*((picked.uid,) if picked is not None and not before else ()), *(each.uid for each in before))
    said = Verified(closing.uid, agrees, closing.attempt, reason)
    return replace(_entry(act, member, Kind.VERIFIED, unit, said), supersedes=replaced)


def held(policy: Policy, learner: str, unit: Unit, record: UnitRecord) -> Refused | None:
    """Why the feedback on a closed unit may not go yet, and what to do next; None when nothing holds it."""
    closing = record.closing
    if closing is None or not policy.feedback_waits_for_verification or not record.awaits_verification:
        return None
    against = [each for each in record.after.verified(closing.uid) if not each.agrees]
    if against:
        return Refused(
            "The verifier does not agree",
            f"{unit.code} of {learner}: {against[-1].actor} answered: {against[-1].reason}",
            "Reopen the unit, decide again what the verifier names and close it, or have the verifier look again.",
        )
    picked = record.after.sample(closing.attempt)
    why = "every resubmission is verified"
    if picked is not None:
        why = f"{picked.actor} picked it ({picked.why.strip().rstrip('.')})"
    return Refused(
        "Held for verification",
        f"The feedback on {unit.code} of {learner}, attempt {closing.attempt}, waits for verification: {why}.",
        "A verifier who did not mark it answers.",
        hint=Hint(Way.VERIFY, learner=learner, unit=unit.code),
    )


def settled_closing(learner: str, unit: Unit, record: UnitRecord) -> Closing:
    """The closing of a unit on which everything rests that stands now.

    Raises `Refused` when it is not closed, when decisions stand that its closing did not rest on, or when the sheet
    says something else by now.
    """
    closing = record.closing
    if closing is None:
        raise Refused(
            "The unit is not closed", f"{unit.code} of {learner} is still being marked.", "Close it with its outcome."
        )
    if stale(unit, record):
        what = f"{unit.code} of {learner} was closed on another wording than the sheet has now."
        raise does_not_fit(unit, what, "Changed since it was closed")
    if record.changed_since_closing:
        raise Refused(
            "Changed since it was closed",
            f"What stands in {unit.code} of {learner} is not what its closing rests on.",
            "Reopen the unit with a reason, look at what was decided since, and close it again.",
        )
    return closing


def _marking(record: UnitRecord) -> list[Event]:
    """The decisions, countersignatures and closings of a unit, also those that were withdrawn or reopened since."""
    every = (*record.events, *(event for each in record.criteria.values() for event in each.events))
    return [event for event in every if event.kind in _OWN]


def _verifier(act: Act) -> Member:
    return in_role(act, Role.VERIFIER, "Only a verifier verifies", "Ask a verifier")


def _entry(act: Act, member: Member, kind: Kind, unit: Unit, said: Body) -> Event:
    """The entry of somebody who acts as a verifier, whatever else they are."""
    return replace(entry(act, member, kind, Subject(unit.key), said), role=Role.VERIFIER.value)
