"""Who may see what two learners' work has in common, and whose it is: a suspicion is nobody else's to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from markterm.domain.assessed.member import Member, Role


def may_see_alike(member: Member | None, assessors: Iterable[Collection[str]]) -> bool:
    """Whether that member may see it of some learners: a verifier may, and an assessor who assesses all of them.
    `assessors` are, of each, the ids of the members who assess that one. Nobody who was not named may."""
    if member is None:
        return False
    if Role.VERIFIER in member.roles:
        return True
    return Role.ASSESSOR in member.roles and all(member.id in each for each in assessors)
