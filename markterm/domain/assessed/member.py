"""Members of the centre's staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a member does at the centre."""

    ASSESSOR = "assessor"
    VERIFIER = "verifier"
    COORDINATOR = "coordinator"
    TUTOR = "tutor"
    EXTERNAL = "external"
    """The external quality assurer: whom the awarding organisation sends, and who reads."""


STAFF = tuple(each for each in Role if each is not Role.EXTERNAL)
"""The roles of those who are of the centre."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff. `id` is what the record uses; `units` are the codes they are approved for.

    For those in `training` they mark too, and each decision waits for the countersignature of a member who is approved.
    `competence` and `cpd` are the last days to which occupational competence and CPD are shown. A
    verifier who is `lead` is the Lead IV, and may let a rule of separation be passed over, with a reason. One who is
    `learning_to_verify` verifies too, and each verification waits for the countersignature of one who is not.
    `sites` and `qualifications` are those by which learners are theirs to see, and `visit` is the first and the last
    day of the visit of an external quality assurer.
    """

    id: str
    name: str
    roles: frozenset[Role]
    units: frozenset[str] = frozenset()
    competence: date | None = None
    cpd: date | None = None
    training: frozenset[str] = frozenset()
    lead: bool = False
    learning_to_verify: bool = False
    sites: frozenset[str] = frozenset()
    qualifications: frozenset[str] = frozenset()
    visit: tuple[date, date] | None = None

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
