"""A unit beside standards: what each of its criteria covers, what it was looked at for, and what is worded alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markterm.domain.assessed.known_standards import KnownStandards, KnownStatement
from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping, mapped_in
from markterm.domain.assessed.standard import Standard, StatementLink
from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.standards.proposal import ProposedStatement, StatementIndex
from markterm.domain.words.counted import counted


@dataclass(frozen=True, slots=True)
class MappedPair:
    """A pair that a person put down, and the statement that it means; None where the centre does not have that.
    `elsewhere` says that it is of another version than the one looked at."""

    mapped: Mapped
    known: KnownStatement | None
    elsewhere: bool = False

    @property
    def counts(self) -> bool:
        """Whether it covers a statement that is there, in the version that is looked at."""
        return self.mapped.strength.covers and self.known is not None and not self.elsewhere

    @property
    def name(self) -> StatementLink:
        """What it is called: with its version where another one is looked at, and otherwise as it was put down."""
        return self.known.link if self.known is not None and self.elsewhere else self.mapped.link

    @property
    def told(self) -> str:
        """The words of the statement, and why it counts for nothing where it does not."""
        if self.known is None:
            return "is not in the centre's standards: counts for nothing"
        return f"{'of another version, counts for nothing here: ' * self.elsewhere}{self.known.statement.text}"


def covers_in_words(pairs: Iterable[MappedPair]) -> str:
    """What a criterion covers, in a line: `covers MTC01 P1, MTC02 P1 (partly)`; empty where that is nothing."""
    told = (
        f"{pair.mapped.link}{'' if pair.mapped.strength is Strength.FULLY else f' ({pair.mapped.strength})'}"
        for pair in pairs
    )
    words = ", ".join(told)
    return f"covers {words}" if words else ""


@dataclass(frozen=True, slots=True)
class MappedCriterion:
    """A criterion with the title of its outcome, what was put down for it, and proposals, which count for nothing."""

    criterion: Criterion
    pairs: tuple[MappedPair, ...]
    outcome: str = ""
    proposed: tuple[ProposedStatement, ...] = ()

    @property
    def is_mapped(self) -> bool:
        """Whether it covers something."""
        return any(pair.counts for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class UnitMapped:
    """A unit's criteria beside the standards that were asked for; pairs with other standards are not among them."""

    unit: Unit
    standards: tuple[Standard, ...]
    criteria: tuple[MappedCriterion, ...]

    @property
    def mapped(self) -> int:
        """How many criteria cover something."""
        return sum(each.is_mapped for each in self.criteria)

    @property
    def told(self) -> str:
        """How many criteria cover something, in words."""
        return f"{self.mapped} of {counted(len(self.criteria), 'criterion', 'criteria')} mapped"

    def said(self, order: PairOrder, known: KnownStandards) -> tuple[tuple[Strength, str], ...]:
        """How far the pair of an order covers by this, with its note; nothing where it was not put down."""
        pairs = [pair for each in self.criteria for pair in each.pairs if order.means(pair.mapped, known)]
        return tuple((pair.mapped.strength, pair.mapped.note) for pair in pairs)


def unit_mapped(
    unit: Unit,
    mappings: Iterable[UnitMapping],
    standards: Sequence[Standard],
    known: KnownStandards,
    index: StatementIndex | None = None,
    most: int = 3,
) -> UnitMapped:
    """What the criteria of a unit cover of those standards; with `index`, of their statements, also proposals.

    What was put down already, fully, partly or not, is not proposed again.
    """
    codes, keys = {standard.code for standard in standards}, {standard.key for standard in standards}
    pairs: dict[str, list[MappedPair]] = {}
    for mapped in mapped_in(unit, mappings, known):
        if mapped.link.standard in codes:
            named = known.named(mapped.link)
            elsewhere = named is not None and named.standard.key not in keys
            pairs.setdefault(mapped.criterion, []).append(MappedPair(mapped, named, elsewhere))
    return UnitMapped(unit, tuple(standards), tuple(_criteria(unit, pairs, index, most)))


def _criteria(
    unit: Unit, pairs: dict[str, list[MappedPair]], index: StatementIndex | None, most: int
) -> Iterator[MappedCriterion]:
    for outcome in unit.outcomes:
        for criterion in (each for each in outcome.criteria if each.is_asked):
            each = MappedCriterion(criterion, tuple(pairs.get(criterion.number, ())), outcome.title)
            yield replace(each, proposed=proposals(each, index, most)) if index is not None else each


def proposals(of: MappedCriterion, index: StatementIndex, most: int) -> tuple[ProposedStatement, ...]:
    """At most so many statements that are worded like the criterion, without those that were put down for it."""
    looked_at = {pair.known.link for pair in of.pairs if pair.known is not None}
    like = index.like(of.criterion, most + len(looked_at), of.outcome)
    return tuple(each for each in like if each.known.link not in looked_at)[:most]


@dataclass(frozen=True, slots=True)
class PairOrder:
    """What a person wants of a pair: how far it covers, or None to have it taken out. `note` None keeps its note."""

    criterion: str
    link: StatementLink
    strength: Strength | None
    note: str | None = None

    def means(self, mapped: Mapped, known: KnownStandards) -> bool:
        """Whether `mapped` is of the same criterion and statement, whichever way it names that."""
        if mapped.criterion != self.criterion:
            return False
        named, own = known.named(mapped.link), known.named(self.link)
        return mapped.link == self.link or (named is not None and own is not None and named.link == own.link)


def with_order(
    mapping: UnitMapping, order: PairOrder, unit: Unit, known: KnownStandards, link: StatementLink | None = None
) -> UnitMapping:
    """The mapping with what was ordered: a pair that it has is changed in its place, by the name that it has; another
    one stands behind the last of its criterion, or of those before it, by `link` or else by the name in the order."""
    place = next((n for n, each in enumerate(mapping.mapped) if order.means(each, known)), None)
    rows = list(mapping.mapped)
    if order.strength is None:
        if place is not None:
            del rows[place]
    elif place is not None:
        before = rows[place]
        rows[place] = replace(before, strength=order.strength, note=before.note if order.note is None else order.note)
    else:
        number = {criterion.number: at for at, criterion in enumerate(unit.asked)}
        own = number[order.criterion]
        behind = [at for at, each in enumerate(rows) if number.get(each.criterion, own + 1) <= own]
        row = Mapped(order.criterion, link or order.link, order.strength, order.note or "")
        rows.insert(behind[-1] + 1 if behind else 0, row)
    return replace(mapping, mapped=tuple(rows))
