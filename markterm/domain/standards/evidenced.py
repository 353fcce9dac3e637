"""A learner beside a standard: which statements their passed criteria evidence, and which remain.

What a mapping says of a criterion counts for a learner once that is passed and nothing has to be settled in it.
A statement of one version is evidenced by what was mapped to that version, whatever came after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping, mapped_in
from markterm.domain.assessed.standard import Standard, Statement, StatementLink
from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.record.citation import Citation
from markterm.domain.record.decision import Decision
from markterm.domain.record.portfolio import UnitRecord, unit_state
from markterm.domain.record.states import CriterionState, UnitState


class Evidenced(StrEnum):
    """How far a statement is evidenced."""

    FULLY = "evidenced"
    PARTLY = "partly evidenced"
    WAITS = "not evidenced yet"
    """A criterion of the learner's units covers it, and is not passed yet."""
    NOT_COVERED = "in none of the learner's units"


class UnitMarked(NamedTuple):
    """A unit of a learner, and its record."""

    unit: Unit
    record: UnitRecord


@dataclass(frozen=True, slots=True)
class ShownBy:
    """A criterion that covers a statement, where it stands, and what it rests on.

    `decision` is the pass that stands, None while there is none that counts. `unit_state` is where the unit stands, and
    `changed` says that it was changed since it was closed.
    """

    unit: Unit
    criterion: Criterion
    mapped: Mapped
    state: CriterionState
    unit_state: UnitState
    changed: bool
    decision: Decision | None
    citations: tuple[Citation, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it evidences the statement: it is passed, and nothing has to be settled in it."""
        return self.decision is not None


@dataclass(frozen=True, slots=True)
class StatementOfLearner:
    """A statement, and the criteria of the learner's units that cover it."""

    standard: Standard
    statement: Statement
    by: tuple[ShownBy, ...] = ()

    @property
    def state(self) -> Evidenced:
        """How far it is evidenced. Parts do not make a whole by themselves: that is for a person to say."""
        counted = [each.mapped.strength for each in self.by if each.counts]
        if Strength.FULLY in counted:
            return Evidenced.FULLY
        if counted:
            return Evidenced.PARTLY
        return Evidenced.WAITS if self.by else Evidenced.NOT_COVERED


def evidenced(
    units: Sequence[UnitMarked],
    mappings: Iterable[UnitMapping],
    standards: Sequence[Standard],
    known: KnownStandards,
) -> tuple[StatementOfLearner, ...]:
    """Every statement of those standards, in their order, with what of the learner's units evidences it. `known` are
    those that the centre has: they say which version a pair means that names none. Duties are left out."""
    mappings = tuple(mappings)
    by: dict[StatementLink, list[ShownBy]] = {}
    for marked in units:
        for mapped in mapped_in(marked.unit, mappings):
            named = known.named(mapped.link) if mapped.strength.covers else None
            if named is not None:
                by.setdefault(named.link, []).append(_shown(marked, mapped))
    return tuple(
        StatementOfLearner(standard, statement, tuple(by.get(_link(standard, statement), ())))
        for standard in standards
        for statement in standard.statements
        if statement.kind.is_asked
    )


def _link(standard: Standard, statement: Statement) -> StatementLink:
    return StatementLink(standard.code, statement.code, standard.version)


def _shown(marked: UnitMarked, mapped: Mapped) -> ShownBy:
    unit, record = marked
    criterion = unit.criterion(mapped.criterion)
    assert criterion is not None, "`mapped_in` gives no pair of a criterion that the unit does not have"
    own = record.criterion(mapped.criterion)
    passed = own.standing[0] if own.state is CriterionState.PASS else None
    return ShownBy(
        unit,
        criterion,
        mapped,
        own.state,
        unit_state(unit, record),
        record.changed_since_closing,
        passed,
        own.citations,
    )
