"""The policy that the members of a centre can meet. A small centre has no second person for what a large one asks of
one: a rule that nobody can follow would stop the first referral for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy

_WHO_AUTHORISES = (Role.VERIFIER, Role.COORDINATOR, Role.ASSESSOR, Role.TUTOR)


def fitting_policy(members: Sequence[Member]) -> Policy:
    """The usual policy as far as these members can meet it; the usual one itself while there are none.

    A resubmission is authorised by a role that somebody has, and feedback waits for verification where each assessor
    has a verifier who is somebody else.
    """
    usual = Policy()
    if not members:
        return usual
    role = usual.resubmission_authorised_by
    if not _have(members, role):
        role = next((each for each in _WHO_AUTHORISES if _have(members, each)), role)
    waits = usual.feedback_waits_for_verification and not _unverified(members)
    return replace(usual, resubmission_authorised_by=role, feedback_waits_for_verification=waits)


def unmet(members: Sequence[Member], policy: Policy) -> tuple[str, ...]:
    """What of a policy these members cannot meet, in sentences; nothing while there are no members."""
    if not members:
        return ()
    told = []
    asked = {"": policy.resubmission_authorised_by}
    asked |= {f" for {code}": own.authorised_by for code, own in policy.resubmissions.items()}
    for of, role in asked.items():
        if not _have(members, role):
            told.append(f"A resubmission{of} needs the role {role}, and no member has it: nobody can hand in again.")
    if policy.feedback_waits_for_verification and (alone := _unverified(members)):
        names = " and ".join(each.id for each in alone)
        told.append(
            f"Feedback waits for verification, and nobody verifies what {names} decided: it could wait for ever."
        )
    return tuple(told)


def _have(members: Sequence[Member], role: Role) -> bool:
    return any(role in each.roles for each in members)


def _unverified(members: Sequence[Member]) -> list[Member]:
    """The assessors whose decisions no other member verifies."""
    verifiers = [each for each in members if Role.VERIFIER in each.roles]
    return [
        each
        for each in members
        if Role.ASSESSOR in each.roles and not any(verifier.id != each.id for verifier in verifiers)
    ]
