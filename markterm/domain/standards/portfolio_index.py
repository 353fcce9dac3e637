"""A learner's portfolio, indexed by standards: which statements are evidenced by what, and which remain.

Portfolios are indexed with what a learner does apart from what they know: evidence of the one is watched or made at
work, of the other said or written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from markterm.domain.assessed.standard import Standard, StandardKey, StatementKind
from markterm.domain.standards import to_know
from markterm.domain.standards.evidenced import Evidenced, StatementOfLearner
from markterm.domain.words.counted import counted


class EvidenceSort(StrEnum):
    """Of what sort the evidence of a statement is. The value is the heading that it stands under."""

    PERFORMANCE = "Performance evidence"
    KNOWLEDGE = "Knowledge evidence"

    @classmethod
    def of(cls, kind: StatementKind) -> EvidenceSort:
        """That of statements of this kind: skills and behaviours are shown by doing, as performance criteria are."""
        return cls.KNOWLEDGE if kind is StatementKind.KNOWLEDGE else cls.PERFORMANCE


@dataclass(frozen=True)
class PortfolioIndex:
    """A learner's portfolio by standards, each in one version.

    `elsewhere` are other versions of these standards with how many of their statements are evidenced, at least in part:
    what was evidenced stays with the version that it was made against. `without_sheet` are codes of standards of the
    suite that the centre has no sheet of, and `units_without_sheet` units of the learner of which nothing can be told.
    `further` are caveats of who put it together.
    """

    standards: tuple[Standard, ...]
    statements: tuple[StatementOfLearner, ...]
    elsewhere: tuple[tuple[Standard, int], ...] = ()
    without_sheet: tuple[str, ...] = ()
    units_without_sheet: tuple[str, ...] = ()
    further: tuple[str, ...] = ()

    def of(self, standard: Standard, sort: EvidenceSort | None = None) -> tuple[StatementOfLearner, ...]:
        """The statements of a standard, of one sort or of both, in the order of the standard."""
        own = self._of.get(standard.key, ())
        return tuple(each for each in own if sort in (None, EvidenceSort.of(each.statement.kind)))

    @cached_property
    def _of(self) -> Mapping[StandardKey, Sequence[StatementOfLearner]]:
        found: dict[StandardKey, list[StatementOfLearner]] = {}
        for each in self.statements:
            found.setdefault(each.standard.key, []).append(each)
        return found

    @cached_property
    def remaining(self) -> tuple[StatementOfLearner, ...]:
        """What is not evidenced as a whole."""
        return tuple(each for each in self.statements if each.state is not Evidenced.FULLY)

    @cached_property
    def caveats(self) -> tuple[str, ...]:
        """What nobody may overlook, in whole sentences: what could not be told, and what was told with errors."""
        told = to_know.of_sheets(self.standards, self.without_sheet, self.units_without_sheet)
        told += self.further
        told += [to_know.evidenced_elsewhere(number, standard.key) for standard, number in self.elsewhere]
        return tuple(told)


def counts(statements: tuple[StatementOfLearner, ...]) -> Mapping[Evidenced, int]:
    """How many of these statements stand in which way, all four told."""
    found = Counter(each.state for each in statements)
    return {state: found[state] for state in Evidenced}


def in_words(statements: tuple[StatementOfLearner, ...]) -> str:
    """How many of these statements are evidenced, in a line."""
    every = counts(statements)
    told = [f"{every[Evidenced.FULLY]} of {counted(len(statements), 'statement')} evidenced"]
    told += [f"{every[state]} {state.value}" for state in (*Evidenced,)[1:] if every[state]]
    return ", ".join(told)


def why_left(statement: StatementOfLearner) -> str:
    """Why a statement is not evidenced as a whole, in a line; empty where it is."""
    if statement.state is Evidenced.FULLY:
        return ""
    by = "; ".join(
        f"{each.unit.code} {each.criterion.number} {each.why_not or f'covers it {each.mapped.strength.value}'}"
        for each in statement.by
    )
    return f"{statement.state.value}: {by}" if by else statement.state.value
