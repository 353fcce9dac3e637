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
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.outcome import unit_state
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import PASSED, CriterionState, VerificationState


class Evidenced(StrEnum):
    """How far a statement is evidenced."""

    FULLY = "evidenced"
    PARTLY = "partly evidenced"
    WAITS = "not evidenced yet"
    """A criterion of the learner's units covers it, and none that does counts yet."""
    NOT_COVERED = "in none of the learner's units"

    @property
    def sign(self) -> str:
        """Its sign: nothing is told by colour alone."""
        return _SIGNS[self]


_SIGNS = {Evidenced.FULLY: "✓", Evidenced.PARTLY: "◐", Evidenced.WAITS: "·", Evidenced.NOT_COVERED: "–"}
_WHY_NOT = {
    CriterionState.OPEN: "not decided",
    CriterionState.REFER: "referred",
    CriterionState.NOT_ACHIEVED: "not achieved, for a higher grade",
    CriterionState.RESUBMITTED: "handed in again, and not decided anew",
    CriterionState.CONFLICT: "two decisions are in conflict",
    CriterionState.STALE: "decided on another wording than the sheet's",
}
"""Why a criterion in such a state evidences nothing."""


class UnitMarked(NamedTuple):
    """A unit of a learner, and its record; `held` says that a case holds it."""

    unit: Unit
    record: UnitRecord
    held: bool = False


@dataclass(frozen=True, slots=True)
class ShownBy:
    """A criterion that covers a statement, where it stands, and what it rests on.

    `decision` is the pass that stands, None while there is none that counts, and then `why_not` says why, as a clause.
    `unit_words` say how far the unit is, from marking to released. `citations` are those of the criterion.
    """

    unit: Unit
    criterion: Criterion
    mapped: Mapped
    state: CriterionState
    unit_words: str
    decision: Decision | None
    why_not: str = ""
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
        for mapped in mapped_in(marked.unit, mappings, known):
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
    unit, record, held = marked
    criterion = unit.criterion(mapped.criterion)
    assert criterion is not None, "`mapped_in` gives no pair of a criterion that the unit does not have"
    own = record.criterion(mapped.criterion)
    why_not = _why_not(own, record)
    return ShownBy(
        unit,
        criterion,
        mapped,
        own.state,
        how_far(unit, record) + (", held by a case" if held else ""),
        None if why_not else own.decision,
        why_not,
        own.citations,
    )


def _why_not(own: CriterionRecord, record: UnitRecord) -> str:
    """Why what stands of a criterion evidences nothing, as a clause; empty where it does."""
    if own.decision is None or own.state not in PASSED:
        return _WHY_NOT[own.state]
    if own.decision.waits_for_countersignature:
        return "passed in training, and not countersigned"
    closing = record.closing
    if closing is not None and own.decision.uid not in closing.rests_on:
        return "passed since the unit was closed, which nobody has settled"
    return ""


def how_far(unit: Unit, record: UnitRecord) -> str:
    """How far a unit is, in words: what was closed is told with what became of it."""
    closing = record.closing
    if closing is None:
        return f"unit {unit_state(unit, record).value}" if record.criteria else "unit not started"
    told = [f"unit closed as {closing.word}"]
    if record.changed_since_closing:
        told.append("changed since")
    if words := _VERIFIED.get(record.verification):
        told.append(words)
    told.append("released" if record.after.released(closing.uid) is not None else "not released")
    return ", ".join(told)


_VERIFIED = {
    VerificationState.OPEN: "not verified yet",
    VerificationState.UNFINISHED: "verification not finished",
    VerificationState.UNCOUNTERSIGNED: "verification not countersigned",
    VerificationState.AGREED: "verified",
    VerificationState.NOT_AGREED: "a verifier does not agree",
    VerificationState.CONFLICT: "two verifiers answered differently",
    VerificationState.STALE: "what was verified does not stand any more",
}
