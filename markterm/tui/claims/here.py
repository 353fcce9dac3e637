"""What can be done with the claim under the cursor, the most useful first: what the key bar of the claims tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markterm.domain.assessed.member import Member, Role
from markterm.domain.views.listed_claims import ClaimState, ListedClaim

_TAKE_BACK = ("claims.take-back", "take back")
_STEPS: Mapping[ClaimState, tuple[tuple[str, str], ...]] = {
    ClaimState.READY: (("claims.claimed", "claimed"), ("claims.exempt", "exempt")),
    ClaimState.BLOCKED: (("claims.exempt", "exempt"),),
    ClaimState.CLAIMED: (("claims.received", "received"), _TAKE_BACK),
    ClaimState.RECEIVED: (("claims.sent", "sent"), _TAKE_BACK),
    ClaimState.SENT: (_TAKE_BACK,),
    ClaimState.EXEMPT: (_TAKE_BACK,),
}
"""The steps that follow where a claim stands, which a coordinator takes."""


def told_of_claims(chosen: ListedClaim | None, member: Member | None) -> Iterator[tuple[str, str]]:
    """The ids of what can be done with that claim and what each is called."""
    coordinates = member is not None and Role.COORDINATOR in member.roles
    if chosen is not None:
        is_blocked = chosen.state is ClaimState.BLOCKED
        if is_blocked:
            yield "claims.open", "why"
        if coordinates and not chosen.claimable.claimed_with:
            yield from _STEPS[chosen.state]
        if not is_blocked:
            yield "claims.open", "read"
        yield "claims.learner", "record"
    yield "claims.only", "only"
    yield "claims.filter", "filter"
    yield "claims.standing", "status"
    yield "claims.leave", "back"
