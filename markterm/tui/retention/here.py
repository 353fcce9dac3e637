"""What can be done with the learner under the cursor: what stands below what is kept of everybody."""

from __future__ import annotations

from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.views.kept_of import KeptOf

_IN_CHARGE = frozenset({Role.COORDINATOR, Role.VERIFIER})


def keys_of_retention(
    of: KeptOf | None, member: Member | None, today: date, *, unfinished: bool, only_due: bool
) -> str:
    """What to press, with commands in braces: what of a learner may not go is not destroyed."""
    in_charge = member is not None and bool(member.roles & _IN_CHARGE)
    parts: list[str] = []
    if unfinished and in_charge:
        parts.append("{retention.complete} completes")
    if of is not None:
        parts.append("{retention.read} reads")
        if in_charge and of.coming:
            parts.append("{retention.take-back} takes back")
        if in_charge and of.is_due(today):
            parts.append("{retention.destroy} destroys")
        if in_charge:
            parts.append("{retention.end-hold} ends the hold" if of.is_held else "{retention.hold} holds")
    parts.append("{retention.due} " + ("everybody" if only_due else "only what may go"))
    return " · ".join([*parts, "{retention.leave} leaves", "{retention.filter} filter", "{retention.export} exports"])
