"""For how long a centre keeps what it has of a learner: what the awarding organisations ask for, as `centre.toml` says.

Evidence is kept for so many weeks from the receipt of the certificates, records for so many years from certification.
Nothing is presumed: where no rule says anything of a qualification, everything is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markterm.domain.words.counted import counted


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """What one awarding organisation asks for. Without `evidence_weeks` evidence is kept as long as the record.

    `qualifications` are the codes that it is for; without any it is for all that no other rule names.
    """

    name: str
    record_years: int
    evidence_weeks: int | None = None
    qualifications: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The rule in a line: `Pearson: evidence 12 weeks from the receipt of certificates, records 3 years`."""
        weeks = self.evidence_weeks
        evidence = f"{counted(weeks, 'week')} from the receipt of certificates" if weeks else "as long as the record"
        return f"{self.name}: evidence {evidence}, records {counted(self.record_years, 'year')} from certification"

    def evidence_from(self, received: date) -> date:
        """The earliest day on which evidence may go, certificates having been received on that day."""
        if self.evidence_weeks is None:
            return self.record_from(received)
        try:
            return received + timedelta(weeks=self.evidence_weeks)
        except OverflowError:
            return date.max

    def record_from(self, certified: date) -> date:
        """The earliest day on which the record may go. What began on 29 February ends on 1 March."""
        year = certified.year + self.record_years
        try:
            return certified.replace(year=year)
        except ValueError:
            return date(year, 3, 1) if year <= date.max.year else date.max


def rule_of(rules: Iterable[RetentionRule], qualification: str) -> RetentionRule | None:
    """The rule for that qualification, or, without a code, for whoever is on none; None where no rule says."""
    every = tuple(rules)
    own = (rule for rule in every if qualification and qualification in rule.qualifications)
    return next(own, None) or next((rule for rule in every if not rule.qualifications), None)
