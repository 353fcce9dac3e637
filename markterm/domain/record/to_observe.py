"""Whom somebody has to see at work, or ask about: by how often the centre wants each of its assessors to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.strategy import SeenEvery
from markterm.domain.record.bodies.observing import SeenHow
from markterm.domain.record.observation import Observation
from markterm.domain.words.day_reckoned import months_after


@dataclass(frozen=True, slots=True)
class ToObserve:
    """An assessor who was last seen so, or asked about, on the day `last` (None for never), and is to be again by the
    day `by`. `planned` is what somebody planned of it; None where nobody did."""

    assessor: str
    how: SeenHow
    every: int
    last: date | None = None
    by: date | None = None
    planned: Observation | None = None

    @property
    def words(self) -> str:
        """Of whom and how, since when it is due, and whether it is planned."""
        since = "none yet" if self.last is None else f"last on {self.last}, due by {self.by}"
        planned = self.planned.said if self.planned is not None else None
        plan = f"planned until {planned.due} by {planned.verifier}" if planned is not None else "not planned"
        return f"{self.how} of {self.assessor}, every {self.every} months: {since}; {plan}"


def to_observe(
    every: SeenEvery, members: Iterable[Member], observed: Sequence[Observation], until: date
) -> tuple[ToObserve, ...]:
    """Those of the assessors among these members who are due until that day, in the order of their ids."""
    found = []
    months = {SeenHow.OBSERVATION: every.observation, SeenHow.LEARNER: every.learner, SeenHow.WITNESS: every.witness}
    for member in sorted(members, key=lambda each: each.id):
        for how, count in months.items() if Role.ASSESSOR in member.roles else ():
            own = [each for each in observed if each.said.assessor == member.id and each.said.how is how]
            days = [record.said.on for each in own for record in each.records if record.said.on is not None]
            last = max(days, default=None)
            by = months_after(last, count) if last is not None else None
            if count and (by is None or by <= until):
                planned = next((each for each in own if each.is_planned), None)
                found.append(ToObserve(member.id, how, count, last, by, planned))
    return tuple(found)
