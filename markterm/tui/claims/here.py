"""What can be done with the claim under the cursor, the most useful first: what the key bar of the claims tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.views.listed_claims import ClaimState, ListedClaim

_TOLD: Mapping[ClaimStep, tuple[str, str]] = {
    ClaimStep.CLAIMED: ("claims.claimed", "claimed"),
    ClaimStep.EXEMPT: ("claims.exempt", "exempt"),
    ClaimStep.RECEIVED: ("claims.received", "received"),
    ClaimStep.SENT: ("claims.sent", "sent"),
    ClaimStep.TAKEN_BACK: ("claims.take-back", "take back"),
}


def told_of_claims(chosen: ListedClaim | None, member: Member | None) -> Iterator[tuple[str, str]]:
    """The ids of what can be done with that claim and what each is called."""
    if chosen is not None:
        is_blocked = chosen.state is ClaimState.BLOCKED
        if is_blocked:
            yield "claims.open", "why"
        yield from (_TOLD[step] for step in chosen.steps_for(member))
        if not is_blocked:
            yield "claims.open", "read"
        yield "claims.learner", "record"
    yield "claims.only", "only"
    yield "claims.filter", "filter"
    yield "claims.standing", "status"
    yield "claims.leave", "back"
