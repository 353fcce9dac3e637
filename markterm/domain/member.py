"""Members of the centre's staff, and the centre itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a member does at the centre."""

    ASSESSOR = "assessor"
    VERIFIER = "verifier"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff. `id` is what the record uses; `units` are the codes they are approved for."""

    id: str
    name: str
    roles: frozenset[Role]
    units: frozenset[str] = frozenset()
    competence: date | None = None
    cpd: date | None = None

    def approved_for(self, unit_code: str) -> bool:
        """Whether the centre approved them for that unit."""
        return unit_code in self.units


@dataclass(frozen=True, slots=True)
class Policy:
    """The centre's own settings of assessment."""

    attempts: int = 2
    resubmission_authorised_by: Role = Role.VERIFIER
    retention_years: int = 3
    feedback_waits_for_verification: bool = True


@dataclass(frozen=True, slots=True)
class CentreDetails:
    """What `centre.toml` says: who the centre is, its members and its policy."""

    number: str
    name: str
    awarding_organisation: str = ""
    members: tuple[Member, ...] = ()
    policy: Policy = field(default_factory=Policy)

    def member(self, member_id: str) -> Member | None:
        """The member of that id, or None."""
        return next((member for member in self.members if member.id == member_id), None)
