"""The standards that a centre has, suite by suite, with how much of each its units cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import UnitMapping
from markterm.domain.assessed.standard import Standard, StandardKey
from markterm.domain.assessed.suite import Suite
from markterm.domain.assessed.unit import Unit
from markterm.domain.standards.coverage import CoveredStatement, Share, coverage


@dataclass(frozen=True, slots=True)
class StandardSeen:
    """A standard, the codes of the units that cover something of it, and how much all of them do."""

    standard: Standard
    units: tuple[str, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class SuiteSeen:
    """A suite with its standards in their order, every version of each; without a suite those that belong to none.
    `share` is of the versions that stand for the suite, the newest in force."""

    suite: Suite | None
    standards: tuple[StandardSeen, ...]
    share: Share
    units: tuple[str, ...]


def overview(
    suites: Iterable[Suite], known: KnownStandards, units: Sequence[Unit], mappings: Iterable[UnitMapping]
) -> tuple[SuiteSeen, ...]:
    """Every standard, each in one suite at most: the first that lists it."""
    told = coverage(units, mappings, known.standards, known)
    by: dict[StandardKey, list[CoveredStatement]] = {standard.key: [] for standard in known.standards}
    for each in told.statements:
        by[each.standard.key].append(each)
    left = dict.fromkeys(standard.code for standard in known.standards)
    seen: list[SuiteSeen] = []
    for suite in suites:
        own = [code for code in suite.codes if code in left]
        for code in own:
            left.pop(code, None)
        seen.append(_seen(suite, dict.fromkeys(own), known, by))
    if left:
        seen.append(_seen(None, left, known, by))
    return tuple(seen)


def _seen(
    suite: Suite | None, codes: Iterable[str], known: KnownStandards, by: dict[StandardKey, list[CoveredStatement]]
) -> SuiteSeen:
    codes = tuple(codes)
    standing = [each for code in codes if (each := known.newest(code)) is not None]
    covered = [each for standard in standing for each in by[standard.key]]
    standards = tuple(
        StandardSeen(standard, tuple(_units(by[standard.key])), Share.among(by[standard.key]))
        for code in codes
        for standard in reversed(known.versions(code))
    )
    return SuiteSeen(suite, standards, Share.among(covered), tuple(_units(covered)))


def _units(statements: Iterable[CoveredStatement]) -> Iterator[str]:
    yield from sorted({own.unit.code for each in statements for own in each.by})
