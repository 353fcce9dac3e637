"""What a learner's passed units come to under a qualification's rules of combination, and what would complete it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from markterm.domain.assessed.completion import completion
from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Asking,
    Barred,
    CreditsAtLevel,
    CreditsOfGroup,
    GroupUnit,
    Qualification,
    Requirement,
    Rule,
    TotalCredits,
    UnitsOfGroup,
)
from markterm.domain.words.counted import counted

_MOST_NAMED = 6
_NOT_EXACT = "There are too many combinations to look at all of them: check it against the rules."
_LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """Whether a rule is met, and a sentence that says so. A barred pair is met while not both are passed."""

    rule: Rule
    met: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Choice:
    """So many more units, or credits, to be chosen `among` units once those that are missing are passed.

    Several choices overlap: a unit serves each that lists it.
    """

    rule: Asking
    amount: int
    in_units: bool
    among: tuple[GroupUnit, ...]

    def __str__(self) -> str:
        match self.rule:
            case AllOfGroup() | UnitsOfGroup() | CreditsOfGroup():
                where = f" of group {self.rule.group}"
            case CreditsAtLevel():
                where = f" at level {self.rule.level} or above"
            case TotalCredits():
                where = ""
        unit = "unit" if self.in_units else "credit"
        if len(self.among) > _MOST_NAMED:
            named = counted(len(self.among), "unit")
        else:
            named = _listed([_named(each) for each in self.among], "or")
        return f"{counted(self.amount, f'more {unit}')}{where} (choose from {named})"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A passed unit that does not count, because it is barred with `beside`, which does or has to."""

    unit: GroupUnit
    beside: GroupUnit
    sentence: str


@dataclass(frozen=True, slots=True)
class QualificationProgress:
    """How far a learner is.

    `counted` are the units that give the `credits`, of `needed`. `missing` are those without which it cannot be
    completed, `choices` what has to be chosen besides. `ends` is the day the time is over and `days_left` the days to
    it, below 0 if it is past; None if the registration or the years are not known, and the days of who left. `sentence`
    says what would complete it.

    Where choices bar each other, `example` is a combination of units that completes it with the fewest credits, and
    `barring` are the pairs of which only one counts; both are empty where the choices can be made one by one. `exact`
    is False where more combinations would have had to be looked at than the limit allows.
    """

    qualification: Qualification
    counted: tuple[GroupUnit, ...]
    credits: int
    needed: int
    verdicts: tuple[RuleVerdict, ...]
    missing: tuple[GroupUnit, ...]
    choices: tuple[Choice, ...]
    left_out: tuple[LeftOut, ...]
    complete: bool
    ends: date | None
    days_left: int | None
    sentence: str
    example: tuple[GroupUnit, ...] = ()
    barring: tuple[tuple[str, str], ...] = ()
    exact: bool = True


def evaluate(
    qualification: Qualification, passed: Iterable[str], registered: date | None, today: date
) -> QualificationProgress:
    """What the units of the codes `passed` come to, for a learner who registered on that day.

    A unit counts once, and of a barred pair only one: that with which the qualification can be completed, else that
    with which less is short, else that which gives more credits.
    """
    gained = {code for code in passed if code in qualification.units}
    way = _way(qualification, gained)
    counted = gained & way
    units = tuple(unit for code, unit in qualification.units.items() if code in counted)
    credit = sum(unit.credit for unit in units)
    complete = bool(qualification.requirements) and all(each.is_met(counted) for each in qualification.requirements)
    left = _Outstanding() if complete else _outstanding(qualification, counted)
    missing, choices = left.missing, left.choices
    ends = end_of_time(registered, qualification.years)
    return QualificationProgress(
        qualification=qualification,
        counted=units,
        credits=credit,
        needed=qualification.credits_needed,
        verdicts=_verdicts(qualification, gained, counted),
        missing=missing,
        choices=choices,
        left_out=tuple(_left_out(qualification, gained, counted, way)),
        complete=complete,
        ends=ends,
        days_left=(ends - today).days if ends else None,
        sentence=_sentence(qualification, complete, credit, left),
        example=left.example,
        barring=left.barring,
        exact=left.exact,
    )


def end_of_time(registered: date | None, years: int | None) -> date | None:
    """The day so many years after registration; None without either, or beyond the calendar.

    A registration on 29 February ends on the 28th of a year that has none.
    """
    if registered is None or years is None or registered.year + years > date.max.year:
        return None
    day = 28 if (registered.month, registered.day) == _LEAP_DAY else registered.day
    return registered.replace(year=registered.year + years, day=day)


def _way(qualification: Qualification, gained: Set[str]) -> frozenset[str]:
    """Which units may count: the best way out of the barred pairs for somebody who passed `gained`."""
    barred = frozenset(gained & qualification.barred_with.keys())
    # Of ways that keep the same of these units the first stands for all, and keeping fewer is worth no more.
    ways: dict[frozenset[str], frozenset[str]] = {}
    for way in qualification.ways:
        kept = barred & way
        if kept == barred:
            return way
        ways.setdefault(kept, way)

    def worth(way: frozenset[str]) -> tuple[int, int]:
        kept = way.intersection(gained)
        short = sum(max(0, each.amount - each.gained(kept)) for each in qualification.requirements)
        return -short, sum(qualification.units[code].credit for code in kept)

    return max((way for kept, way in ways.items() if not any(kept < other for other in ways)), key=worth)


@dataclass(frozen=True, slots=True)
class _Outstanding:
    """What has to be passed whatever is chosen, what has to be chosen besides, and how the choices bar each other."""

    missing: tuple[GroupUnit, ...] = ()
    choices: tuple[Choice, ...] = ()
    example: tuple[GroupUnit, ...] = ()
    barring: tuple[tuple[str, str], ...] = ()
    exact: bool = True


def _outstanding(qualification: Qualification, counted: Set[str]) -> _Outstanding:
    """What is left to do for somebody for whom those units count."""
    usable = qualification.useful
    left = _one_by_one(qualification, counted, usable, ())
    barring = _barring(qualification, left.choices)
    # A unit that is forced can bar one that another rule asks for; what was left out for it shows as too little.
    too_little = any(
        sum(1 if choice.in_units else unit.credit for unit in choice.among) < choice.amount for choice in left.choices
    )
    if not barring and not too_little:
        return left
    found = qualification.completions.get(frozenset(counted))
    if found is None:
        found = completion(qualification, counted)
        qualification.completions[frozenset(counted)] = found
    if found.example is None:
        return replace(left, barring=barring, exact=found.exact)
    left = _one_by_one(qualification, counted, found.usable, found.missing)
    barring = _barring(qualification, left.choices)
    return replace(left, example=found.example if barring else (), barring=barring, exact=found.exact)


def _one_by_one(
    qualification: Qualification, counted: Set[str], usable: Set[str], needed: Iterable[str]
) -> _Outstanding:
    """What each rule asks for by itself, of the units that are `usable`, those that are `needed` being passed."""
    missing = {code: unit for code, unit in qualification.units.items() if code in set(needed)}
    assumed = set(counted) | missing.keys()
    while True:
        choices = _open_choices(qualification, assumed, usable)
        forced = {unit.code: unit for choice in choices for unit in _forced(choice)}
        if not forced:
            return _Outstanding(tuple(missing.values()), _without_implied(choices))
        missing |= forced
        assumed |= forced.keys()


def _barring(qualification: Qualification, choices: Iterable[Choice]) -> tuple[tuple[str, str], ...]:
    """The pairs among what can be chosen of which only one counts."""
    among = {unit.code for choice in choices for unit in choice.among}
    order = {code: place for place, code in enumerate(qualification.units)}
    pairs = ((one, other) for one in among for other in qualification.barred_with.get(one, ()) if other in among)
    return tuple(sorted({(one, other) for one, other in pairs if order[one] < order[other]}))


def _open_choices(qualification: Qualification, assumed: Set[str], usable: Set[str]) -> list[Choice]:
    """What each rule still asks for when those units are passed, and the units that may serve it."""
    barred = {other for code in assumed for other in qualification.barred_with.get(code, ())}
    free = usable - assumed - barred
    choices = []
    for each in qualification.requirements:
        short = each.amount - each.gained(assumed)
        if short > 0:
            among = tuple(unit for unit in each.pool if unit.code in free)
            choices.append(Choice(each.rule, short, each.in_units, among))
    return choices


def _forced(choice: Choice) -> Iterable[GroupUnit]:
    """The units of a choice that it cannot do without."""
    available = len(choice.among) if choice.in_units else sum(unit.credit for unit in choice.among)
    return (unit for unit in choice.among if available - (1 if choice.in_units else unit.credit) < choice.amount)


def _without_implied(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """`choices` without those that are made by making the others; the narrower ones come first."""
    narrow_first = sorted(choices, key=lambda choice: isinstance(choice.rule, TotalCredits))
    kept: list[Choice] = []
    for place, choice in enumerate(narrow_first):
        others = kept + narrow_first[place + 1 :]
        if not any(_implies(other, choice) and (other in kept or not _implies(choice, other)) for other in others):
            kept.append(choice)
    groups: dict[int, int] = {}
    for choice in kept:
        if isinstance(choice.rule, UnitsOfGroup | CreditsOfGroup):
            groups[choice.rule.group] = max(groups.get(choice.rule.group, 0), _least_credits(choice))
    in_groups = sum(groups.values())
    return tuple(choice for choice in kept if not isinstance(choice.rule, TotalCredits) or choice.amount > in_groups)


def _implies(one: Choice, other: Choice) -> bool:
    """Whether whoever makes the one choice has made the other."""
    if not {unit.code for unit in one.among} <= {unit.code for unit in other.among}:
        return False
    if not other.in_units:
        return _least_credits(one) >= other.amount
    if one.in_units:
        return one.amount >= other.amount
    largest = sorted((unit.credit for unit in one.among), reverse=True)
    return sum(largest[: other.amount - 1]) < one.amount


def _least_credits(choice: Choice) -> int:
    """The credits that making the choice gives at least."""
    if not choice.in_units:
        return choice.amount
    return sum(sorted(unit.credit for unit in choice.among)[: choice.amount])


def _verdicts(qualification: Qualification, gained: Set[str], counted: Set[str]) -> tuple[RuleVerdict, ...]:
    verdicts = [_verdict(each, each.gained(counted)) for each in qualification.requirements]
    for rule in qualification.rules:
        if isinstance(rule, Barred):
            both = rule.first != rule.second and rule.first in gained and rule.second in gained
            told = "both are passed, and one counts" if both else "not both are passed"
            sentence = f"{rule.first} and {rule.second} do not count together: {told}."
            verdicts.append(RuleVerdict(rule, not both, sentence))
    return tuple(verdicts)


def _verdict(requirement: Requirement, gained: int) -> RuleVerdict:
    rule, amount = requirement.rule, requirement.amount
    match rule:
        case TotalCredits():
            asked = f"{counted(amount, 'credit')} in all"
        case AllOfGroup():
            asked = f"All of group {rule.group} ({counted(len(requirement.pool), 'unit')})"
        case UnitsOfGroup():
            asked = f"At least {counted(amount, 'unit')} of group {rule.group}"
        case CreditsOfGroup():
            asked = f"At least {counted(amount, 'credit')} of group {rule.group}"
        case CreditsAtLevel():
            asked = f"At least {counted(amount, 'credit')} at level {rule.level} or above"
    done = "passed" if requirement.in_units else "gained"
    return RuleVerdict(rule, gained >= amount, f"{asked}: {gained} {done}.")


def _left_out(
    qualification: Qualification, gained: Set[str], counted: Set[str], way: frozenset[str]
) -> Iterable[LeftOut]:
    for code, unit in qualification.units.items():
        if code not in gained or code in counted:
            continue
        others = [other for other in qualification.units if other in qualification.barred_with[code] and other in way]
        beside = next((other for other in others if other in counted), others[0])
        does = "counts" if beside in counted else "is needed"
        sentence = f"{code} is passed and does not count: it is barred with {beside}, which {does}."
        yield LeftOut(unit, qualification.units[beside], sentence)


def _sentence(
    qualification: Qualification,
    complete: bool,
    credit: int,
    left: _Outstanding,
) -> str:
    missing, choices = left.missing, left.choices
    if complete:
        return f"It is complete, with {counted(credit, 'credit')}."
    if not qualification.requirements:
        return "It has no rules of combination, so nothing completes it."
    if not qualification.reachable:
        return "It cannot be completed: its rules ask for more than the listed units can give."
    total = choices[-1] if len(choices) > 1 and isinstance(choices[-1].rule, TotalCredits) else None
    parts = [*map(_named, missing), *(str(choice) for choice in choices if choice is not total)]
    in_all = f", and with these choices at least {counted(total.amount, 'more credit')} in all," if total else ""
    told = f"Pass {_listed(parts, 'and')}{in_all} to complete it"
    told += f", for example {_listed([_named(unit) for unit in left.example], 'and')}." if left.example else "."
    if left.barring:
        named = [f"{one} and {other}" for one, other in left.barring[:_MOST_NAMED]]
        more = " and more pairs" if len(left.barring) > _MOST_NAMED else ""
        told += f" Only one counts of {_listed(named, 'and of')}{more}."
    return told if left.exact else f"{told} {_NOT_EXACT}"


def _named(unit: GroupUnit) -> str:
    return f"{unit.code} ({counted(unit.credit, 'credit')})"


def _listed(texts: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
