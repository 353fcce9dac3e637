"""Which learners a member may see, as `[visibility]` of `centre.toml` says: by which ways a learner is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from markterm.domain.assessed.member import Member, Role


class TheirsBy(StrEnum):
    """What makes a learner a member's own.

    `assigned`: the learner's file names them as assessor, or the record gave them something to do; a verifier's are
    those that were given to them, and those whom they verified. `site` and `qualification`: one of those of their entry
    in `centre.toml`.
    """

    ASSIGNED = "assigned"
    SITE = "site"
    QUALIFICATION = "qualification"


LIMITED = (Role.ASSESSOR, Role.VERIFIER, Role.TUTOR)
"""The roles that can be limited. Coordinators see everybody, and so does the Lead IV, who gives out what is verified;
external quality assurers see what their entry names."""


@dataclass(frozen=True, slots=True)
class Visibility:
    """By role the ways in which learners are a member's own; a role that is not among them sees everybody."""

    ways: Mapping[Role, frozenset[TheirsBy]] = field(default_factory=dict)

    def hides_nobody_from(self, member: Member | None) -> bool:
        """Whether that member sees everybody: their role is not limited, and of several roles the widest counts. Who
        was not named sees everybody only where nobody is limited."""
        if member is not None and Role.EXTERNAL in member.roles:
            return False
        if member is None or not self.ways:
            return not self.ways
        return member.lead or any(role not in self.ways for role in member.roles)
