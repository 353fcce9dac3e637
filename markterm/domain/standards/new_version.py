"""A new version of a standard beside an old one, with what units are mapped to."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.domain.assessed.mapping import Mapped
from markterm.domain.assessed.standard import Standard
from markterm.domain.assessed.unit import Unit
from markterm.domain.standards.version_difference import StatementFate


@dataclass(frozen=True, slots=True)
class MappedOfUnit:
    """What a unit is mapped to of an old version, and which of it the new version has already."""

    unit: Unit
    mapped: Mapped
    is_carried: bool


@dataclass(frozen=True, slots=True)
class FateOfStatement:
    """What became of a statement, and what is mapped to it."""

    of: StatementFate
    mapped: tuple[MappedOfUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class NewVersion:
    """Two versions of a standard beside each other."""

    old: Standard
    new: Standard
    statements: tuple[FateOfStatement, ...]
