"""What rests on a unit, told wherever the unit is: the claims that it is in, and its badge."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.claims.badges import badge_of
from markterm.domain.claims.since import changed_since, claims_of_unit
from markterm.domain.record.portfolio import Portfolio


def told_of_unit(key: UnitKey, portfolio: Portfolio) -> Iterator[tuple[str, bool]]:
    """What is to be known of a unit on which something rests, in a line for each claim that it is in and for its badge,
    and whether something of the unit changed since: `Claimed, number 17, 2026-03-02 with T-CERT: it was reopened since
    it was claimed.`."""
    if not portfolio.aside:
        return
    mine = f"{key.code}: "
    for claim in claims_of_unit(key, portfolio):
        changed = [told.removeprefix(mine) for told in changed_since(claim, portfolio) if told.startswith(mine)]
        within = f" with {claim.qualification}" if claim.unit is None else ""
        since = f": {'; '.join(changed)}" if changed else ""
        state = claim.in_words
        yield f"{state[:1].upper()}{state[1:]}{within}{since}.", bool(changed)
    if (badge := badge_of(key, portfolio)) is not None:
        yield badge.in_words, badge.asks
