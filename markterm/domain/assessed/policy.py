"""What a centre decides for itself of how it assesses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from markterm.domain.assessed.member import Role


class Resubmission(NamedTuple):
    """Who lets a learner resubmit, and what has to be so before they do."""

    authorised_by: Role
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """The centre's own settings of assessment.

    `interest_bars_assessors` says that nobody decides for a learner with whom they have a declared conflict of
    interest; that nobody verifies then is no setting. `standardise_refused` says that work is standardised also where
    the learner ticked that it is not used so. `resubmission_conditions` are said to be met one by one when somebody
    authorises a resubmission; `resubmissions` are what qualifications have of their own in place of those two, by code.
    """

    attempts: int = 2
    resubmission_authorised_by: Role = Role.VERIFIER
    retention_years: int = 3
    feedback_waits_for_verification: bool = True
    shared_remarks: bool = False
    interest_bars_assessors: bool = True
    marking_waits_for_brief: bool = False
    standardise_refused: bool = False
    resubmission_conditions: tuple[str, ...] = ()
    resubmissions: Mapping[str, Resubmission] = field(default_factory=dict)

    def for_qualifications(self, codes: Iterable[str]) -> Policy:
        """The policy for a learner on those qualifications: of several that say who authorises a resubmission, the
        first."""
        for code in codes:
            if (own := self.resubmissions.get(code)) is not None:
                return replace(
                    self, resubmission_authorised_by=own.authorised_by, resubmission_conditions=own.conditions
                )
        return self
