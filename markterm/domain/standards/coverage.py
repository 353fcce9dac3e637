"""Which statements of standards the units of a qualification cover, and which nothing covers.

A statement is covered by the criteria that a person mapped to it. A mapping to one version of a standard says nothing
of another version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping, mapped_in
from markterm.domain.assessed.standard import Standard, Statement, StatementLink
from markterm.domain.assessed.suite import Function, Suite
from markterm.domain.assessed.unit import Unit, UnitKey


class Covered(StrEnum):
    """How far a statement, or a function of the map, is covered."""

    FULLY = "covered"
    PARTLY = "partly covered"
    NOT = "not covered"
    ELSEWHERE = "met by standards that are not here"
    """Of a function alone."""


@dataclass(frozen=True, slots=True)
class Covering:
    """A criterion of a unit that covers a statement."""

    unit: UnitKey
    mapped: Mapped


@dataclass(frozen=True, slots=True)
class CoveredStatement:
    """A statement of a standard and what covers it, in the order of the units."""

    standard: Standard
    statement: Statement
    by: tuple[Covering, ...] = ()

    @property
    def state(self) -> Covered:
        """How far it is covered: several criteria that cover it partly do not make the whole of it by themselves."""
        if any(each.mapped.strength is Strength.FULLY for each in self.by):
            return Covered.FULLY
        return Covered.PARTLY if self.by else Covered.NOT

    @property
    def is_twice(self) -> bool:
        """Whether more than one criterion covers it fully: the learner shows the same thing again."""
        return sum(each.mapped.strength is Strength.FULLY for each in self.by) > 1

    def of_unit(self, unit: UnitKey) -> tuple[Mapped, ...]:
        """What covers it in that unit."""
        return tuple(each.mapped for each in self.by if each.unit == unit)


@dataclass(frozen=True, slots=True)
class NamedInVain:
    """A pair whose statement the centre does not have: it counts for nothing, and is told."""

    unit: UnitKey
    mapped: Mapped


@dataclass(frozen=True)
class Coverage:
    """The statements of some standards beside some units."""

    units: tuple[Unit, ...]
    standards: tuple[Standard, ...]
    statements: tuple[CoveredStatement, ...]
    in_vain: tuple[NamedInVain, ...] = ()

    def in_state(self, state: Covered) -> tuple[CoveredStatement, ...]:
        """The statements that are covered so far."""
        return tuple(each for each in self.statements if each.state is state)

    @cached_property
    def twice(self) -> tuple[CoveredStatement, ...]:
        """The statements that more than one criterion covers fully."""
        return tuple(each for each in self.statements if each.is_twice)

    @cached_property
    def _by_standard(self) -> dict[str, list[CoveredStatement]]:
        by: dict[str, list[CoveredStatement]] = {}
        for each in self.statements:
            by.setdefault(each.standard.code, []).append(each)
        return by

    def of_function(self, function: Function) -> Covered:
        """How far a function of the map is covered: by the statements of the standards that meet it."""
        met = [each for code in function.standards for each in self._by_standard.get(code, ())]
        if not met:
            return Covered.ELSEWHERE
        states = {each.state for each in met}
        if states == {Covered.FULLY}:
            return Covered.FULLY
        return Covered.NOT if states == {Covered.NOT} else Covered.PARTLY

    def of_map(self, suite: Suite) -> tuple[tuple[Function, Covered], ...]:
        """Every function of a suite's map, in its order, with how far it is covered."""
        return tuple((function, self.of_function(function)) for function in suite.functions)


def coverage(
    units: Sequence[Unit], mappings: Iterable[UnitMapping], standards: Sequence[Standard], known: KnownStandards
) -> Coverage:
    """What those units cover of those standards, each in the version given. `known` are all that the centre has: they
    say which version a pair means that names none. Duties are left out: nobody is asked to meet one."""
    mappings = tuple(mappings)
    asked = {standard.key for standard in standards}
    codes = {standard.code for standard in standards}
    by: dict[StatementLink, list[Covering]] = {}
    in_vain: list[NamedInVain] = []
    for unit in units:
        for mapped in mapped_in(unit, mappings):
            if not mapped.strength.covers or mapped.link.standard not in codes:
                continue
            named = known.named(mapped.link)
            if named is None:
                in_vain.append(NamedInVain(unit.key, mapped))
            elif named.standard.key in asked:
                by.setdefault(named.link, []).append(Covering(unit.key, mapped))
    statements = tuple(
        CoveredStatement(
            standard, statement, tuple(by.get(StatementLink(standard.code, statement.code, standard.version), ()))
        )
        for standard in standards
        for statement in standard.statements
        if statement.kind.is_asked
    )
    return Coverage(tuple(units), tuple(standards), statements, tuple(in_vain))
