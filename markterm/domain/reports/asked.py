"""What is asked of a report: by what its rows are, and of whom, of what and of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Axis(StrEnum):
    """What the rows of a report tell apart."""

    ASSESSOR = "assessor"
    VERIFIER = "verifier"
    UNIT = "unit"
    CRITERION = "criterion"
    TASK = "task"
    MONTH = "month"
    PERIOD = "period"
    RULE = "rule"
    OWNER = "owner"
    AGE = "age"
    MEMBER = "member"
    QUALIFICATION = "qualification"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked: rows `by` these, and only what is of that `unit` (a code, in all of its versions), that
    `assessor`, that `verifier`, on the days from `since` up to and with `until`, on that `criterion`; all where one is
    empty or None."""

    by: tuple[Axis, ...] = ()
    unit: str = ""
    assessor: str = ""
    verifier: str = ""
    since: date | None = None
    until: date | None = None
    criterion: str = ""

    def takes(self, unit: str, assessor: str, verifier: str, on: date, criterion: str = "") -> bool:
        """Whether what is of these, on that day, is asked for."""
        return (
            self.unit in ("", unit)
            and self.assessor in ("", assessor)
            and self.verifier in ("", verifier)
            and self.criterion in ("", criterion)
            and (self.since is None or self.since <= on)
            and (self.until is None or on <= self.until)
        )

    @property
    def in_words(self) -> str:
        """What is asked for, as a clause that follows a title: `by month, unit 8580-501, since 2026-01-01`."""
        told = (
            f"by {' and '.join(self.by)}" if self.by else "",
            f"unit {self.unit}" if self.unit else "",
            f"criterion {self.criterion}" if self.criterion else "",
            f"assessor {self.assessor}" if self.assessor else "",
            f"verifier {self.verifier}" if self.verifier else "",
            f"since {self.since.isoformat()}" if self.since is not None else "",
            f"until {self.until.isoformat()}" if self.until is not None else "",
        )
        return ", ".join(filter(None, told))
