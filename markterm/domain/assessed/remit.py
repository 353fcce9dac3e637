"""What an external quality assurer reads of a centre: the qualifications that their visit is about, and their units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member
from markterm.domain.assessed.qualification import Qualification

HasUnit = Callable[[str], bool]
"""Whether the unit of that code is read."""


@dataclass(frozen=True, slots=True)
class Remit:
    """The `qualifications` that the member of the id `reader` reads, and none but those: `units` are what these have by
    the centre's sheets, `assignments` what carries one of those units, and `others` the centre's other qualifications.
    """

    reader: str
    qualifications: frozenset[str]
    units: frozenset[str]
    assignments: frozenset[str]
    others: frozenset[str]

    @classmethod
    def of(cls, reader: Member, known: Mapping[str, Qualification], assignments: Iterable[Assignment]) -> Self:
        """That of an external quality assurer, beside the qualifications and assignments that the centre has."""
        units = frozenset(unit for code in reader.qualifications if code in known for unit in known[code].units)
        carrying = frozenset(each.code for each in assignments if not units.isdisjoint(each.units))
        return cls(reader.id, reader.qualifications, units, carrying, frozenset(known) - reader.qualifications)

    def units_of(self, qualifications: Iterable[str]) -> HasUnit | None:
        """Which units are read of a learner on these qualifications: None for each, where they are on no other; else
        those that the qualifications of the remit have."""
        return None if self.qualifications.issuperset(qualifications) else self.units.__contains__

    def learner(self, learner: Learner) -> Learner:
        """The learner on the qualifications, units and standards that are read."""
        has_unit = self.units_of(learner.qualifications)
        if has_unit is None:
            return learner
        return replace(
            learner,
            qualifications=tuple(each for each in learner.qualifications if each in self.qualifications),
            registered_for=tuple(each for each in learner.registered_for if each.qualification in self.qualifications),
            units=tuple(filter(has_unit, learner.units)),
            standards=tuple(filter(has_unit, learner.standards)),
            assignments=tuple(each for each in learner.assignments if each in self.assignments),
        )
