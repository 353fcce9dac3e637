"""Which statements of standards the units of a qualification cover, and which nothing covers.

A statement is covered by the criteria that a person mapped to it. A mapping to one version of a standard says nothing
of another version. What is mapped and does not count is told with the reason: nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping, mapped_in
from markterm.domain.assessed.standard import (
    Standard,
    StandardKey,
    Statement,
    StatementKind,
    StatementLink,
    statement_link,
)
from markterm.domain.assessed.suite import Function, FunctionalArea, Suite
from markterm.domain.assessed.unit import Unit, UnitKey


class Covered(StrEnum):
    """How far a statement, or a function of the map, is covered."""

    FULLY = "covered"
    PARTLY = "covered in part"
    NOT = "not covered"
    ELSEWHERE = "met by other suites"
    """Of a function alone: no standard of the suite meets it."""
    UNKNOWN = "not known: its standards are not here"
    """Of a function alone: the centre has no sheet of any standard that meets it."""

    @property
    def sign(self) -> str:
        """Its sign."""
        return _SIGNS[self]


_SIGNS: Mapping[Covered, str] = MappingProxyType(
    {
        Covered.FULLY: "✓",
        Covered.PARTLY: "~",
        Covered.NOT: "·",
        Covered.ELSEWHERE: "→",
        Covered.UNKNOWN: "?",
    }
)


class Only(StrEnum):
    """Which statements somebody asks for."""

    ALL = "all"
    UNCOVERED = "uncovered"
    PARTLY = "partly"
    TWICE = "twice"

    def takes(self, statement: CoveredStatement) -> bool:
        """Whether the statement is one of them."""
        match self:
            case Only.UNCOVERED:
                return statement.state is Covered.NOT
            case Only.PARTLY:
                return statement.state is Covered.PARTLY
            case Only.TWICE:
                return statement.is_twice
            case _:
                return True


class NotCounted(StrEnum):
    """Why what is mapped counts for nothing."""

    NO_STANDARD = "the centre has no such standard"
    NO_VERSION = "the centre does not have that version"
    NO_STATEMENT = "the standard has no such statement"
    OTHER_VERSION = "it is of another version than the one looked at"
    DUTY = "it is a duty: what it asks for is covered, and not the duty"
    NO_CRITERION = "the unit asks for no such criterion"
    OTHER_UNIT_VERSION = "the mapping is of another version of the unit"
    NO_STATEMENT_NAMED = "it names no statement"


@dataclass(frozen=True, slots=True)
class Covering:
    """A criterion of a unit that covers a statement."""

    unit: UnitKey
    mapped: Mapped


@dataclass(frozen=True, slots=True)
class Uncounted:
    """What is mapped and counts for nothing: the unit, the criterion, what it names, and why it does not count. It has
    no criterion where it is a whole mapping."""

    unit: UnitKey
    criterion: str
    named: str
    why: NotCounted


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
class Share:
    """Of how many statements how many are covered fully and in part, and how many more than once."""

    fully: int = 0
    partly: int = 0
    twice: int = 0
    of: int = 0

    @property
    def uncovered(self) -> int:
        """How many nothing covers."""
        return self.of - self.fully - self.partly

    @property
    def percent(self) -> int:
        """Of a hundred how many are covered fully, rounded down: 100 is all of them."""
        return self.fully * 100 // self.of if self.of else 0

    @classmethod
    def among(cls, statements: Iterable[CoveredStatement]) -> Share:
        """That of these statements."""
        fully = partly = twice = of = 0
        for each in statements:
            state = each.state
            fully += state is Covered.FULLY
            partly += state is Covered.PARTLY
            twice += each.is_twice
            of += 1
        return cls(fully, partly, twice, of)


@dataclass(frozen=True, slots=True)
class ShareOfKind:
    """How much of one kind of statement of a standard is covered."""

    standard: Standard
    kind: StatementKind
    share: Share


@dataclass(frozen=True, slots=True)
class CoveredFunction:
    """A function of the map, how far it is covered, the statements of the standards that meet it, and the codes of
    those standards that the centre has no sheet of."""

    function: Function
    state: Covered
    share: Share
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoveredArea:
    """An area of the map with its functions."""

    area: FunctionalArea
    functions: tuple[CoveredFunction, ...]


@dataclass(frozen=True)
class Coverage:
    """The statements of some standards beside some units, and what is mapped and does not count."""

    units: tuple[Unit, ...]
    standards: tuple[Standard, ...]
    statements: tuple[CoveredStatement, ...]
    uncounted: tuple[Uncounted, ...] = ()

    @property
    def of_mapped_units(self) -> Coverage:
        """The same of those units alone that are mapped to something of it, or mean to be."""
        mapped = {own.unit for each in self.statements for own in each.by} | {each.unit for each in self.uncounted}
        return replace(self, units=tuple(unit for unit in self.units if unit.key in mapped))

    @cached_property
    def share(self) -> Share:
        """How much of all of it is covered."""
        return Share.among(self.statements)

    @cached_property
    def kinds(self) -> tuple[StatementKind, ...]:
        """The kinds of statement that there are."""
        kinds = {each.statement.kind for each in self.statements}
        return tuple(kind for kind in StatementKind if kind in kinds)

    @cached_property
    def shares(self) -> tuple[ShareOfKind, ...]:
        """How much is covered of each kind of each standard: what is known is apart from what is done."""
        by: dict[tuple[StandardKey, StatementKind], list[CoveredStatement]] = {}
        for each in self.statements:
            by.setdefault((each.standard.key, each.statement.kind), []).append(each)
        return tuple(
            ShareOfKind(standard, kind, Share.among(by[standard.key, kind]))
            for standard in self.standards
            for kind in StatementKind
            if (standard.key, kind) in by
        )

    def of_kind(self, kind: StatementKind) -> Share:
        """How much of a kind of statement is covered, in all standards."""
        return Share.among(each for each in self.statements if each.statement.kind is kind)

    def among(self, only: Only = Only.ALL, kind: StatementKind | None = None) -> tuple[CoveredStatement, ...]:
        """The statements that are asked for, in their order."""
        return tuple(
            each for each in self.statements if only.takes(each) and (kind is None or each.statement.kind is kind)
        )

    @cached_property
    def _by_standard(self) -> dict[str, list[CoveredStatement]]:
        by: dict[str, list[CoveredStatement]] = {}
        for each in self.statements:
            by.setdefault(each.standard.code, []).append(each)
        return by

    def of_function(self, function: Function) -> CoveredFunction:
        """How far a function of the map is covered: by all statements of the standards that meet it. One of whose
        standards some are not here is not covered, whatever the others are."""
        codes = dict.fromkeys(function.standards)  # One may be named twice by mistake.
        met = [each for code in codes for each in self._by_standard.get(code, ())]
        here = {standard.code for standard in self.standards}
        missing = tuple(code for code in codes if code not in here)
        share = Share.among(met)
        if not function.standards:
            state = Covered.ELSEWHERE
        elif not met:
            state = Covered.UNKNOWN
        elif share.fully == share.of and not missing:
            state = Covered.FULLY
        else:
            state = Covered.PARTLY if share.fully or share.partly else Covered.NOT
        return CoveredFunction(function, state, share, missing)

    def of_map(self, suite: Suite) -> tuple[CoveredArea, ...]:
        """Every area and function of a suite's map, in its order, with how far it is covered."""
        return tuple(CoveredArea(area, tuple(map(self.of_function, area.functions))) for area in suite.areas)


def coverage(
    units: Sequence[Unit], mappings: Iterable[UnitMapping], standards: Sequence[Standard], known: KnownStandards
) -> Coverage:
    """What those units cover of those standards, each in the version given. `known` are all that the centre has: they
    say which version a pair means that names none. Duties are left out: nobody is asked to meet one."""
    mappings = tuple(mappings)
    asked = {standard.key for standard in standards}
    codes = {standard.code for standard in standards}
    by: dict[StatementLink, list[Covering]] = {}
    uncounted: list[Uncounted] = []
    for unit in units:
        for mapped in mapped_in(unit, mappings, known):
            if not mapped.strength.covers or (
                mapped.link.standard not in codes and known.versions(mapped.link.standard)
            ):
                continue
            named, why = _counts(mapped.link, asked, known)
            if why is None:
                by.setdefault(named, []).append(Covering(unit.key, mapped))
            else:
                uncounted.append(Uncounted(unit.key, mapped.criterion, str(named), why))
        uncounted += _left_out(unit, mappings, codes, known)
    statements = tuple(
        CoveredStatement(
            standard, statement, tuple(by.get(StatementLink(standard.code, statement.code, standard.version), ()))
        )
        for standard in standards
        for statement in standard.statements
        if statement.kind.is_asked
    )
    return Coverage(tuple(units), tuple(standards), statements, tuple(uncounted))


def _counts(
    link: StatementLink, asked: set[StandardKey], known: KnownStandards
) -> tuple[StatementLink, NotCounted | None]:
    """The statement that a link means, by its full name, and why it does not count; None where it does."""
    if not known.versions(link.standard):
        return link, NotCounted.NO_STANDARD
    standard = known.standard(link.standard, link.version)
    if standard is None:
        return link, NotCounted.NO_VERSION
    full = StatementLink(standard.code, link.statement, standard.version)
    if standard.key not in asked:
        return full, NotCounted.OTHER_VERSION
    statement = standard.statement(link.statement)
    if statement is None:
        return full, NotCounted.NO_STATEMENT
    return full, None if statement.kind.is_asked else NotCounted.DUTY


def _left_out(
    unit: Unit, mappings: Iterable[UnitMapping], codes: set[str], known: KnownStandards
) -> Iterator[Uncounted]:
    """What `mapped_in` leaves out of a unit, as far as it may be about these standards."""
    numbers = {criterion.number for criterion in unit.asked}
    for criterion in unit.asked:
        for text in criterion.standards:
            if statement_link(text) is None:
                yield Uncounted(unit.key, criterion.number, text, NotCounted.NO_STATEMENT_NAMED)
    for mapping in mappings:
        if mapping.unit != unit.code:
            continue
        about = [
            each
            for each in mapping.mapped
            if each.strength.covers and (each.link.standard in codes or not known.versions(each.link.standard))
        ]
        if mapping.version not in ("", unit.version):
            if about:
                yield Uncounted(unit.key, "", f"mapping of {mapping.key}", NotCounted.OTHER_UNIT_VERSION)
            continue
        for each in about:
            if each.criterion not in numbers:
                yield Uncounted(unit.key, each.criterion, str(each.link), NotCounted.NO_CRITERION)
