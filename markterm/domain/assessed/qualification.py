"""A qualification and its rules of combination: which units, in which groups, add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

_QAN = re.compile(r"([0-9]{3})/([0-9]{4})/([0-9Xx])")
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2)
# The ways out of barred pairs double with each pair: rules that are in use stay far below this.
_MOST_BARRED_UNITS = 40
_MOST_STEPS = 2000


@dataclass(frozen=True, slots=True)
class GroupUnit:
    """A unit as a qualification lists it. `level` and `glh` (guided learning hours) are None if not given."""

    code: str
    title: str
    level: int | None
    credit: int
    glh: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of units that rules refer to by its number."""

    number: int
    title: str
    units: tuple[GroupUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class TotalCredits:
    """At least that many credits in all."""

    credits: int

    def __str__(self) -> str:
        return f"total: {self.credits} credits"


@dataclass(frozen=True, slots=True)
class AllOfGroup:
    """Every unit of a group."""

    group: int

    def __str__(self) -> str:
        return f"group {self.group}: all"


@dataclass(frozen=True, slots=True)
class UnitsOfGroup:
    """At least that many units of a group."""

    group: int
    at_least: int

    def __str__(self) -> str:
        return f"group {self.group}: at least {self.at_least} units"


@dataclass(frozen=True, slots=True)
class CreditsOfGroup:
    """At least that many credits from a group."""

    group: int
    at_least: int

    def __str__(self) -> str:
        return f"group {self.group}: at least {self.at_least} credits"


@dataclass(frozen=True, slots=True)
class CreditsAtLevel:
    """At least that many credits from units of a level or of a higher one."""

    level: int
    at_least: int

    def __str__(self) -> str:
        return f"level {self.level}: at least {self.at_least} credits"


@dataclass(frozen=True, slots=True)
class Barred:
    """Two units of which only one counts."""

    first: str
    second: str

    def __str__(self) -> str:
        return f"barred: {self.first} with {self.second}"


Asking = TotalCredits | AllOfGroup | UnitsOfGroup | CreditsOfGroup | CreditsAtLevel
Rule = Asking | Barred
"""A rule of combination; its text is the line that says it in a sheet."""


@dataclass(frozen=True)
class Requirement:
    """What a rule asks for: so many units or credits from a pool."""

    rule: Asking
    amount: int
    in_units: bool
    pool: tuple[GroupUnit, ...]

    def gained(self, codes: Set[str]) -> int:
        """How much of it the units of those codes give."""
        worth = self._worth
        # A list, not a generator: this is most of what an evaluation costs.
        return sum([worth[code] for code in codes if code in worth])

    def is_met(self, codes: Set[str]) -> bool:
        """Whether the units of those codes give enough."""
        return self.gained(codes) >= self.amount

    @cached_property
    def _worth(self) -> dict[str, int]:
        return {unit.code: 1 if self.in_units else unit.credit for unit in self.pool}


@dataclass(frozen=True, slots=True)
class Completion:
    """How a qualification can be completed by somebody for whom some units count.

    `example` is a combination of further units that completes it with the fewest credits, and of these with the fewest
    units; None if there is none. `missing` are the codes of those that are in every such combination, `usable` of those
    that are in one at least. Where not `exact`, `missing` may lack some, `usable` may have some too many, and there may
    be a smaller combination than `example`, or one where it is None.
    """

    example: tuple[GroupUnit, ...] | None
    missing: frozenset[str]
    usable: frozenset[str]
    exact: bool


@dataclass(frozen=True)
class Qualification:
    """A qualification with its units, and the rules by which they add up to it.

    `qan` is the accreditation number, `credit` the credits as published, `years` the time from registration in which
    it is completed, `induction` and `tutorial` the least hours of each, `starts` the first day of operation,
    `progression` the titles that a learner can go on to. Each is None or empty if not given.
    """

    code: str
    title: str
    qan: str = ""
    credit: int | None = None
    years: int | None = None
    groups: tuple[Group, ...] = ()
    rules: tuple[Rule, ...] = ()
    guidance: str = ""
    induction: int | None = None
    tutorial: int | None = None
    starts: date | None = None
    progression: tuple[str, ...] = ()

    @cached_property
    def units(self) -> Mapping[str, GroupUnit]:
        """Every listed unit by its code, once: of one that is listed twice the first."""
        units: dict[str, GroupUnit] = {}
        for group in self.groups:
            for unit in group.units:
                units.setdefault(unit.code, unit)
        return MappingProxyType(units)

    @cached_property
    def credits_needed(self) -> int:
        """The credits of its `total` rule; without one, those that are published, or 0."""
        return max((rule.credits for rule in self.rules if isinstance(rule, TotalCredits)), default=self.credit or 0)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """What every rule but the barred pairs asks for.

        Without a `total` rule the published credits are one. A group that is not there gives an empty pool, which
        meets nothing.
        """
        rules: list[Asking] = [rule for rule in self.rules if not isinstance(rule, Barred)]
        if self.credit and not any(isinstance(rule, TotalCredits) for rule in rules):
            rules.append(TotalCredits(self.credit))
        return tuple(self._requirement(rule) for rule in rules)

    @cached_property
    def barred_with(self) -> Mapping[str, frozenset[str]]:
        """For each listed unit that is barred, the listed units that it is barred with."""
        pairs: dict[str, set[str]] = {}
        for rule in self.rules:
            if not isinstance(rule, Barred) or rule.first == rule.second:
                continue
            if rule.first in self.units and rule.second in self.units:
                pairs.setdefault(rule.first, set()).add(rule.second)
                pairs.setdefault(rule.second, set()).add(rule.first)
        return MappingProxyType({code: frozenset(others) for code, others in pairs.items()})

    @cached_property
    def ways(self) -> tuple[frozenset[str], ...]:
        """The largest sets of units that may count together and lead to the qualification; if none does, all of them.

        Without barred pairs there is one: all units.
        """
        every, _ = self._every_way
        return tuple(way for way in every if self._is_met(way)) or every

    @cached_property
    def useful(self) -> frozenset[str]:
        """The units that are in one of the `ways` at least."""
        return frozenset().union(*self.ways)

    @cached_property
    def reachable(self) -> bool:
        """Whether the listed units can ever make it complete. A qualification without any rule cannot be."""
        if not self.requirements or self.out_of_reach:
            return False
        _, all_tried = self._every_way
        return not all_tried or any(self._is_met(way) for way in self.ways)

    @cached_property
    def out_of_reach(self) -> tuple[Requirement, ...]:
        """The requirements that all listed units together do not meet."""
        return tuple(each for each in self.requirements if not each.is_met(self.units.keys()))

    @cached_property
    def completions(self) -> dict[frozenset[str], Completion]:
        """What was found out of how it can be completed, by the units that count: many learners are as far."""
        return {}

    def _is_met(self, codes: Set[str]) -> bool:
        return all(requirement.is_met(codes) for requirement in self.requirements)

    def _requirement(self, rule: Asking) -> Requirement:
        listed = tuple(self.units.values())
        match rule:
            case TotalCredits():
                return Requirement(rule, rule.credits, False, listed)
            case AllOfGroup():
                pool = self._pool(rule.group)
                return Requirement(rule, len(pool) or 1, True, pool)
            case UnitsOfGroup():
                return Requirement(rule, rule.at_least, True, self._pool(rule.group))
            case CreditsOfGroup():
                return Requirement(rule, rule.at_least, False, self._pool(rule.group))
            case CreditsAtLevel():
                high = tuple(unit for unit in listed if unit.level is not None and unit.level >= rule.level)
                return Requirement(rule, rule.at_least, False, high)

    def _pool(self, number: int) -> tuple[GroupUnit, ...]:
        """The units of a group, without those that an earlier group has."""
        return tuple(unit for code, unit in self.units.items() if self._group_of[code] == number)

    @cached_property
    def _group_of(self) -> dict[str, int]:
        numbers: dict[str, int] = {}
        for group in self.groups:
            for unit in group.units:
                numbers.setdefault(unit.code, group.number)
        return numbers

    @cached_property
    def _every_way(self) -> tuple[tuple[frozenset[str], ...], bool]:
        """The largest sets of units without a barred pair, what is asked for most first, and whether these are all."""
        asked = {unit.code for each in self.requirements if isinstance(each.rule, AllOfGroup) for unit in each.pool}
        barred = sorted(self.barred_with, key=lambda code: (code not in asked, -self.units[code].credit))
        if len(barred) > _MOST_BARRED_UNITS:
            return (self._without_barred(barred),), False
        ways: list[frozenset[str]] = []
        waiting = [frozenset(self.units)]
        for _ in range(_MOST_STEPS):
            if not waiting:
                break
            kept = waiting.pop()
            if any(code not in kept and not self.barred_with[code] & kept for code in barred):
                continue
            code = next((code for code in barred if code in kept and self.barred_with[code] & kept), None)
            if code is None:
                ways.append(kept)
            else:
                waiting += [kept - {code}, kept - self.barred_with[code]]
        return tuple(ways), not waiting

    def _without_barred(self, barred: Iterable[str]) -> frozenset[str]:
        """All units but those that are barred with an earlier one of `barred`."""
        dropped: set[str] = set()
        for code in barred:
            if code not in dropped:
                dropped |= self.barred_with[code]
        return frozenset(self.units) - dropped


def qan_check_digit(qan: str) -> str | None:
    """The last character that the digits of an accreditation number ask for; None if it is not of the form 600/5791/9.

    The seven digits are weighted 8 to 2 and added up; the sum modulo 11 is the check digit, 10 being X (Ofqual).
    """
    match = _QAN.fullmatch(qan)
    if match is None:
        return None
    digits = match.group(1) + match.group(2)
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return "X" if remainder == 10 else str(remainder)
