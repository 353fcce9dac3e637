"""What became of what a claim rests on: nothing should have, and whatever did is told wherever the claim is."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.claims import ClaimRecord
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import Portfolio, UnitRecord
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
                if why := _why(key, record, closing.uid, portfolio):
                    found.append(f"{key.code}: {why}")
    return (*found, *("a closing that it rests on is not in the record" for _ in left))


def _why(key: UnitKey, record: UnitRecord, closing: str, portfolio: Portfolio) -> str:
    if record.closing is None:
        return "it was reopened since it was claimed"
    if record.closing.uid != closing:
        outcome = " as a referral" if record.closing.outcome is Result.REFER else ""
        return f"it was closed anew{outcome} since it was claimed"
    if record.changed_since_closing:
        return "decisions were changed since it was claimed"
    if any(case.holds and case.concerns(key) for case in portfolio.cases):
        return "a case holds it since it was claimed"
    return _AGAINST.get(record.verification, "")


def claims_of_unit(key: UnitKey, portfolio: Portfolio) -> Iterator[ClaimRecord]:
    """The claims that the unit is in: its own, and those of qualifications that rest on it."""
    own = {closing.uid for closing in portfolio.unit(key).closings}
    for claim in portfolio.claims:
        if claim.state is not None and (claim.unit == key or not own.isdisjoint(closings_claimed(claim))):
            yield claim


def told_of_unit(key: UnitKey, portfolio: Portfolio) -> Iterator[tuple[str, bool]]:
    """What is to be known of a unit that is claimed, in a line for each claim that it is in, and whether something of
    the unit changed since: `Claimed, number 17, 2026-03-02 with T-CERT: it was
    reopened since it was claimed.`."""
    if not portfolio.aside:
        return
    mine = f"{key.code}: "
    for claim in claims_of_unit(key, portfolio):
        changed = [told.removeprefix(mine) for told in changed_since(claim, portfolio) if told.startswith(mine)]
        within = f" with {claim.qualification}" if claim.unit is None else ""
        since = f": {'; '.join(changed)}" if changed else ""
        state = claim.in_words
        yield f"{state[:1].upper()}{state[1:]}{within}{since}.", bool(changed)
