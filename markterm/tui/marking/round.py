"""A round: one criterion across learners, from each who waits straight to the next."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.words.foreign_text import one_line
from markterm.tui.criterion_place import CriterionPlace


@dataclass(frozen=True, slots=True)
class Round:
    """The criterion, the learners who waited for it when the round began, and the one who is open.

    `marked` is the learner who was marked last, empty before the first.
    """

    unit: Unit
    criterion: Criterion
    queue: tuple[str, ...]
    learner: str
    marked: str = ""

    def __str__(self) -> str:
        """Where one is: `across 8580-501 1.2 · 3 of 12`."""
        place = f"{self.queue.index(self.learner) + 1:,} of " if self.learner in self.queue else ""
        return one_line(f"across {self.unit.code} {self.criterion.number} · {place}{len(self.queue):,}")

    def is_at(self, place: CriterionPlace | None) -> bool:
        """Whether that is its criterion."""
        return place is not None and (place.unit.key, place.criterion.number) == (self.unit.key, self.criterion.number)

    def following(self, step: int) -> tuple[str, ...]:
        """The other learners, the next one first, or the previous, and round again."""
        queue = self.queue[::step]
        here = queue.index(self.learner) if self.learner in queue else -1
        return tuple(each for each in (*queue[here + 1 :], *queue[: max(here, 0)]) if each != self.learner)
