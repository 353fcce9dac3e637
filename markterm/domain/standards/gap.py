"""A person beside what somebody in a role needs: what is evidenced, what they say of themselves, and where a gap is.

For a learner a gap is a statement that no passed criterion evidences in full, whatever they say of themselves; the
self-rating stands beside it. Of a member of staff there are no decisions: their self-rating says where a gap is. The
two are never made into one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import StandardKey, Statement, StatementLink
from markterm.domain.record.cpd import Cpd, CpdItem
from markterm.domain.record.self_ratings import Change, SelfRating, SelfRatings, change
from markterm.domain.standards.evidenced import Evidenced, StatementOfLearner
from markterm.domain.standards.wanted import Wanted, WantedFunction
from markterm.domain.words.foreign_text import one_line


class GapState(StrEnum):
    """Whether a statement is a gap."""

    NONE = "no gap"
    PART = "part of a gap"
    """A criterion that was passed covers it partly."""
    GAP = "gap"
    NOT_SAID = "not rated"
    """Of a member of staff, who has not rated themselves on it."""
    GONE = "statement is gone"
    """The centre has no such statement any more: its sheet was changed or taken away."""


@dataclass(frozen=True, slots=True)
class StatementGap:
    """A statement beside a person. `statement` is None where the centre has none of that name any more; `evidenced` is
    None of a member of staff, of whose own skills nobody decides. `said` is every self-rating on it, the last one last.
    """

    link: StatementLink
    statement: Statement | None
    evidenced: StatementOfLearner | None
    said: tuple[SelfRating, ...] = ()
    items: tuple[CpdItem, ...] = ()
    of_staff: bool = False

    @property
    def rating(self) -> SelfRating | None:
        """What they said of themselves last; None where nothing."""
        return self.said[-1] if self.said else None

    @property
    def change(self) -> Change | None:
        """What that is beside the time before; None where nothing was said."""
        return change(self.said[-1], self.said[-2] if len(self.said) > 1 else None) if self.said else None

    @property
    def state(self) -> GapState:
        """Whether it is a gap."""
        if self.statement is None:
            return GapState.GONE
        if self.of_staff:
            if not self.said:
                return GapState.NOT_SAID
            return GapState.NONE if self.said[-1].is_enough else GapState.GAP
        state = self.evidenced.state if self.evidenced is not None else Evidenced.NOT_COVERED
        if state is Evidenced.FULLY:
            return GapState.NONE
        return GapState.PART if state is Evidenced.PARTLY else GapState.GAP

    @property
    def is_gap(self) -> bool:
        """Whether something is missing, or nobody knows that nothing is."""
        return self.state is not GapState.NONE

    @property
    def differs(self) -> str:
        """What somebody should talk to the learner about: they and the assessor say different things. Empty where they
        do not."""
        if self.of_staff or self.rating is None or self.statement is None:
            return ""
        if self.state is GapState.NONE and not self.rating.is_enough:
            return "evidenced, and rated lower by the learner"
        return "rated enough by the learner, and not evidenced" if self.is_gap and self.rating.is_enough else ""

    @property
    def is_planned(self) -> bool:
        """Whether an item of their CPD plan that is still to be done is for it."""
        return any(each.is_planned for each in self.items)


@dataclass(frozen=True, slots=True)
class FunctionGap:
    """A function of a map beside a person: its statements; none where the centre has none of its standards."""

    function: WantedFunction
    statements: tuple[StatementGap, ...]

    @property
    def gaps(self) -> int:
        """How many of them are gaps."""
        return sum(each.is_gap for each in self.statements)


@dataclass(frozen=True)
class Gap:
    """A person beside all that is wanted. `caveats` are what nobody may overlook, in whole sentences."""

    wanted: Wanted
    statements: tuple[StatementGap, ...]
    of_staff: bool = False
    caveats: tuple[str, ...] = ()

    @cached_property
    def counts(self) -> Mapping[GapState, int]:
        """How many statements are in each state, without states that none is in."""
        counted = {state: sum(each.state is state for each in self.statements) for state in GapState}
        return {state: number for state, number in counted.items() if number}

    @cached_property
    def gaps(self) -> tuple[StatementGap, ...]:
        """The statements that are gaps."""
        return tuple(each for each in self.statements if each.is_gap)

    @cached_property
    def not_planned(self) -> tuple[StatementGap, ...]:
        """The gaps that nothing of their CPD plan is for."""
        return tuple(each for each in self.gaps if not each.is_planned and each.state is not GapState.GONE)

    @cached_property
    def by_function(self) -> tuple[FunctionGap, ...]:
        """Each function with the statements of the standards that meet it; a statement may stand in several."""
        by: dict[StandardKey, list[StatementGap]] = {}
        for each in self.statements:
            by.setdefault(StandardKey(each.link.standard, each.link.version), []).append(each)
        return tuple(
            FunctionGap(function, tuple(each for key in function.standards for each in by.get(key, ())))
            for function in self.wanted.functions
        )


def gap(
    wanted: Wanted,
    known: KnownStandards,
    shown: Sequence[StatementOfLearner] | None,
    said: SelfRatings,
    cpd: Cpd,
    caveats: Sequence[str] = (),
) -> Gap:
    """A person beside what is wanted: `shown` is what of it a learner's decisions evidence, None for a member of staff;
    `said` how they rate themselves, and `cpd` what they plan. A rating on another version says nothing here."""
    by = {StatementLink(each.standard.code, each.statement.code, each.standard.version): each for each in shown or ()}
    statements = []
    for link in wanted.links:
        named = known.by_key.get(StandardKey(link.standard, link.version))
        statement = named.statement(link.statement) if named is not None else None
        told = tuple(said.get(link, ()))
        statements.append(StatementGap(link, statement, by.get(link), told, cpd.for_statement(link), shown is None))
    return Gap(wanted, tuple(statements), shown is None, tuple(caveats))


def in_sentences(found: Gap) -> tuple[str, ...]:
    """What nobody may overlook of it, a line each: newer versions, and the caveats."""
    return tuple(map(one_line, (*(each.told for each in found.wanted.newer), *found.caveats)))
