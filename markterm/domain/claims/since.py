"""What became of what a claim or a badge rests on: nothing should have, and whatever did is told wherever that is."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.claims import ClaimRecord
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.states import VerificationState

_AGAINST = {
    VerificationState.NOT_AGREED: "a verifier does not agree",
    VerificationState.CONFLICT: "two verifiers answered differently",
    VerificationState.STALE: "what was verified does not stand any more",
}


def closings_claimed(claim: ClaimRecord) -> tuple[str, ...]:
    """The uids of the closings that a claim rests on; none where nothing is claimed, or not any more."""
    claimed = claim.last(ClaimStep.CLAIMED)
    return claimed.rests_on if claimed is not None else ()


def changed_since(claim: ClaimRecord, portfolio: Portfolio) -> tuple[str, ...]:
    """What is not so any more since it was claimed, a clause for each unit; nothing while all of it stands."""
    left = dict.fromkeys(closings_claimed(claim))
    found = []
    for key, record in portfolio.units.items():
        for closing in record.closings:
            if closing.uid in left:
                del left[closing.uid]
                if why := why_not_standing(key, closing.uid, portfolio, "it was claimed"):
                    found.append(f"{key.code}: {why}")
    return (*found, *("a closing that it rests on is not in the record" for _ in left))


def why_not_standing(key: UnitKey, closing: str, portfolio: Portfolio, since: str) -> str:
    """Why the unit does not stand any more as that closing of it left it, in a clause; empty while it does. What rests
    on the closing is `since` then: `it was claimed`."""
    record = portfolio.unit(key)
    if all(each.uid != closing for each in record.closings):
        return "the closing that it rests on is not in the record"
    if record.closing is None:
        return f"it was reopened since {since}"
    if record.closing.uid != closing:
        outcome = " as a referral" if record.closing.outcome is Result.REFER else ""
        return f"it was closed anew{outcome} since {since}"
    if record.changed_since_closing:
        return f"decisions were changed since {since}"
    if any(case.holds and case.concerns(key) for case in portfolio.cases):
        return f"a case holds it since {since}"
    return _AGAINST.get(record.verification, "")


def claims_of_unit(key: UnitKey, portfolio: Portfolio) -> Iterator[ClaimRecord]:
    """The claims that the unit is in: its own, and those of qualifications that rest on it."""
    own = {closing.uid for closing in portfolio.unit(key).closings}
    for claim in portfolio.claims:
        if claim.state is not None and (claim.unit == key or not own.isdisjoint(closings_claimed(claim))):
            yield claim
