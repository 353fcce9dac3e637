"""Which statements of standards a unit's criteria cover, as a person decided it.

The sheet of the unit may say it after `standards:`, and a mapping beside it says it with strength and note: the wording
of a sheet is regulated, and nobody should have to touch it for this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import StatementLink, statement_link
from markterm.domain.assessed.unit import Unit, UnitKey


class Strength(StrEnum):
    """How far a criterion covers a statement. `NOT` is a proposal that a person looked at and turned down."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"

    @property
    def covers(self) -> bool:
        """Whether it counts."""
        return self is not Strength.NOT


@dataclass(frozen=True, slots=True)
class Mapped:
    """A criterion and a statement that a person put beside each other."""

    criterion: str
    link: StatementLink
    strength: Strength = Strength.FULLY
    note: str = ""


@dataclass(frozen=True)
class UnitMapping:
    """The mapping of a unit, as its sheet gives it. `unit` is the unit's code and `version` its version; empty, it is
    for every version of the unit. `overview` is free text."""

    unit: str
    version: str = ""
    title: str = ""
    overview: str = ""
    mapped: tuple[Mapped, ...] = ()

    @cached_property
    def key(self) -> UnitKey:
        """The unit that it maps."""
        return UnitKey(self.unit, self.version)


def mapped_in(unit: Unit, mappings: Iterable[UnitMapping], known: KnownStandards) -> tuple[Mapped, ...]:
    """What the criteria of a unit cover, in the order of its sheet: what it says itself, and what its mappings say.

    Where both name a pair, the mapping stands, for it says how far; of two mappings the one that names the version of
    the unit. `known` tells that two names, with a version and without, are of one statement: what was turned down by
    one of them is not covered by the other. A pair whose criterion the unit does not have is left out.
    """
    own = sorted(
        (each for each in mappings if each.unit == unit.code and each.version in ("", unit.version)),
        key=lambda each: each.version != "",
    )
    said: dict[tuple[str, StatementLink], Mapped] = {}
    for mapped in _of_sheet(unit):
        said[mapped.criterion, known.full_name(mapped.link)] = mapped
    for mapping in own:
        for mapped in mapping.mapped:
            said[mapped.criterion, known.full_name(mapped.link)] = mapped
    order = {criterion.number: place for place, criterion in enumerate(unit.asked)}
    of_unit = (mapped for mapped in said.values() if mapped.criterion in order)
    return tuple(sorted(of_unit, key=lambda mapped: (order[mapped.criterion], mapped.link)))


def _of_sheet(unit: Unit) -> Iterator[Mapped]:
    for criterion in unit.asked:
        if unit.is_standard:  # Each statement is what it covers, however the standard is called.
            yield Mapped(criterion.number, StatementLink(unit.code, criterion.number, unit.version))
        for text in criterion.standards:
            if (link := statement_link(text)) is not None:
                yield Mapped(criterion.number, link)
