"""What a centre decides for itself of how it assesses."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.domain.assessed.member import Role


@dataclass(frozen=True, slots=True)
class Policy:
    """The centre's own settings of assessment."""

    attempts: int = 2
    resubmission_authorised_by: Role = Role.VERIFIER
    retention_years: int = 3
    feedback_waits_for_verification: bool = True
    shared_remarks: bool = False
