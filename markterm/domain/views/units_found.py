"""The units of learners as somebody looks for one of them, by a few letters of learner and unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.letters import plain


@dataclass(frozen=True)
class UnitOfLearner:
    """A unit of a learner, whose row may have an alias: then nothing else of them is shown or looked for."""

    row: CaseloadRow
    unit: UnitProgress

    @property
    def who(self) -> str:
        """The learner as they are shown: registration and name, or the label."""
        return one_line(self.row.alias or f"{self.row.registration} {self.row.name}")

    @property
    def key(self) -> tuple[str, str]:
        """The registration and the code of the unit."""
        return self.row.registration, self.unit.code

    @cached_property
    def words(self) -> str:
        """What words are looked for in, as `plain` gives it."""
        return plain(f"{self.who} {self.unit.code}")


def units_of(rows: Iterable[CaseloadRow]) -> list[UnitOfLearner]:
    """Every unit of these learners, by the place of the learner among them."""
    found = [UnitOfLearner(row, unit) for row in sorted(rows, key=lambda row: row.place) for unit in row.units]
    for each in found:
        _ = each.words  # Worked out here, so that no key waits for it.
    return found


def units_found(among: Sequence[UnitOfLearner], text: str) -> Sequence[UnitOfLearner]:
    """Those in whose learner or unit every word of the text is found."""
    for part in plain(text).split():
        among = [each for each in among if part in each.words]
    return among
