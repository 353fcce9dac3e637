"""Members of the centre's staff, and the centre itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from markterm.domain.errors import WrongUse
from markterm.domain.foreign_text import one_line
from markterm.domain.record_format import NEWEST

if TYPE_CHECKING:
    from markterm.domain.member_history import MemberHistory


class Role(StrEnum):
    """What a member does at the centre."""

    ASSESSOR = "assessor"
    VERIFIER = "verifier"
    COORDINATOR = "coordinator"
    TUTOR = "tutor"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff. `id` is what the record uses; `units` are the codes they are approved for.

    For those in `training` they mark too, and each decision waits for the countersignature of a member who is approved.
    `competence` and `cpd` are the last days to which occupational competence and CPD are shown.
    """

    id: str
    name: str
    roles: frozenset[Role]
    units: frozenset[str] = frozenset()
    competence: date | None = None
    cpd: date | None = None
    training: frozenset[str] = frozenset()

    @property
    def acts_as(self) -> str:
        """The role in which they are recorded: assessor, if they are one."""
        return str(Role.ASSESSOR if Role.ASSESSOR in self.roles else min(self.roles, default=""))

    def approved_for(self, unit_code: str) -> bool:
        """Whether the centre approved them for that unit."""
        return unit_code in self.units

    def in_training_for(self, unit_code: str) -> bool:
        """Whether they learn to mark that unit."""
        return unit_code in self.training


@dataclass(frozen=True, slots=True)
class Policy:
    """The centre's own settings of assessment."""

    attempts: int = 2
    resubmission_authorised_by: Role = Role.VERIFIER
    retention_years: int = 3
    feedback_waits_for_verification: bool = True
    shared_remarks: bool = False


def _nobody() -> MemberHistory:
    from markterm.domain.member_history import MemberHistory

    return MemberHistory()


@dataclass(frozen=True, slots=True)
class CentreDetails:
    """What `centre.toml` says: who the centre is, its members and its policy, and which format its record has; and
    `past`, what its record says of who the members were."""

    number: str
    name: str
    awarding_organisation: str = ""
    members: tuple[Member, ...] = ()
    policy: Policy = field(default_factory=Policy)
    record_format: int = NEWEST
    past: Callable[[], MemberHistory] = field(default=_nobody, compare=False, repr=False)

    def member(self, member_id: str) -> Member | None:
        """The member of that id, or None."""
        return next((member for member in self.members if member.id == member_id), None)

    def name_of(self, member_id: str, at: datetime | None = None) -> str:
        """The member's name: at that time, if one is given and the centre's record says, else now, or when they left.

        The id itself of somebody whom neither `centre.toml` nor the record knows.
        """
        if at is not None and (name := self.past().name_of(member_id, at)):
            return name
        member = self.member(member_id)
        return member.name if member is not None else self.past().name_of(member_id) or member_id

    def named(self, member_id: str) -> Member:
        """The member of that id. Raises `WrongUse` when the centre has no such member."""
        member = self.member(member_id)
        if member is None:
            known = ", ".join(member.id for member in self.members) or "nobody yet"
            raise WrongUse(
                "No such member", f"{one_line(member_id)} is not a member of this centre.", f"Its members are {known}."
            )
        return member
