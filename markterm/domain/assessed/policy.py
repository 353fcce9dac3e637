"""What a centre decides for itself of how it assesses."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.domain.assessed.member import Role


@dataclass(frozen=True, slots=True)
class Policy:
    """The centre's own settings of assessment.

    `interest_bars_assessors` says that nobody decides for a learner with whom they have a declared conflict of
    interest; that nobody verifies then is no setting. `standardise_refused` says that work is standardised also where
    the learner ticked that it is not used so.
    """

    attempts: int = 2
    resubmission_authorised_by: Role = Role.VERIFIER
    retention_years: int = 3
    feedback_waits_for_verification: bool = True
    shared_remarks: bool = False
    interest_bars_assessors: bool = True
    marking_waits_for_brief: bool = False
    standardise_refused: bool = False
