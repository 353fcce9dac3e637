"""What a strategy asks of a plan: so many of these units, each rule with the words that explain a sample by it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markterm.domain.assessed.strategy import Always, Risk, Strategies, Strategy
from markterm.domain.sampling.before import NOTHING_BEFORE, LookedAtBefore
from markterm.domain.sampling.candidate import Candidate, Stage
from markterm.domain.sampling.share import asked_of, root_of
from markterm.domain.words.counted import counted


@dataclass(frozen=True, slots=True)
class Rule:
    """At least `asked` of the candidates at the places `among`; `words` say what it is for, `always` that it is about
    what is sampled whatever else is, `covers` that it asks for one of a kind, and `stage` of which it asks for a share.
    """

    words: str
    asked: int
    among: tuple[int, ...]
    always: bool = False
    covers: bool = False
    stage: Stage | None = None
    before: int = 0


def rules_of(
    strategies: Strategies, candidates: Sequence[Candidate], before: LookedAtBefore = NOTHING_BEFORE
) -> tuple[Rule, ...]:
    """The rules for these candidates: what is always sampled, the shares, and what has to be covered.

    What was looked at `before` counts towards the least of each assessor and of each unit.
    What a qualification has of its own holds for the learners on it, everything else for all others together.
    """
    rules: list[Rule] = []
    for qualification, places in _by_strategy(strategies, candidates).items():
        strategy, of = strategies.of(qualification), f" on {qualification}" if qualification else ""
        rules += _always(strategy, candidates, places)
        rules += _shares(strategy, candidates, places)
        beside = {key: count for key, count in before.items() if _own_name(strategies, key[2]) == qualification}
        rules += _least(strategy, candidates, places, of, beside)
        rules += _stages(strategy, candidates, places, of)
    return (*rules, *_covered(candidates))


def to_draw(strategies: Strategies, candidates: Sequence[Candidate]) -> int:
    """How many are drawn at random: the percentage that a strategy says of what its shares ask for, rounded up."""
    hundredths = 0
    for qualification, places in _by_strategy(strategies, candidates).items():
        strategy = strategies.of(qualification)
        for group in _groups(candidates, places).values():
            asked = sum(count for _, count, _ in _asked_by_shares(strategy, candidates, group))
            hundredths += strategy.drawn * max(asked, min(strategy.least, len(group)))
    return min(-(-hundredths // 100), len(candidates))


def _by_strategy(strategies: Strategies, candidates: Sequence[Candidate]) -> Mapping[str, list[int]]:
    """The places of those on each qualification that has a strategy of its own, and of all others under no name."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        found[_own_name(strategies, candidate.cohort)].append(place)
    return dict(sorted(found.items()))


def _own_name(strategies: Strategies, cohort: str) -> str:
    """Under which name that cohort has its strategy: its own, or none."""
    return cohort if cohort in strategies.own else ""


def _groups(candidates: Sequence[Candidate], places: Iterable[int]) -> Mapping[tuple[str, str], list[int]]:
    """The places by unit and cohort."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place in places:
        groups[candidates[place].unit, candidates[place].cohort].append(place)
    return dict(sorted(groups.items()))


def _always(strategy: Strategy, candidates: Sequence[Candidate], places: Sequence[int]) -> Iterable[Rule]:
    for each in Always:
        if each in strategy.always:
            among = tuple(place for place in places if each in candidates[place].always)
            if among:
                yield Rule(each.words, len(among), among, always=True)


def _asked_by_shares(
    strategy: Strategy, candidates: Sequence[Candidate], group: Sequence[int]
) -> Iterable[tuple[str, int, Sequence[int]]]:
    """How many of a unit and cohort the shares ask for: in words, how many, and of whom."""
    if strategy.by_root:
        yield f"the square root of {counted(len(group), 'learner')}", root_of(len(group), strategy.least), group
        return
    by_risk: defaultdict[Risk, list[int]] = defaultdict(list)
    for place in group:
        by_risk[candidates[place].risk].append(place)
    for risk in Risk:
        if some := by_risk[risk]:
            asked = asked_of(len(some), strategy.bands_of(risk), 0)
            yield f"{asked} of {counted(len(some), 'learner')} assessed at {risk} risk", asked, some


def _shares(strategy: Strategy, candidates: Sequence[Candidate], places: Sequence[int]) -> Iterable[Rule]:
    """So many of each unit and cohort: by the risk of who assessed them, and never fewer than the least."""
    for (unit, cohort), group in _groups(candidates, places).items():
        of = f"in {unit}{f', {cohort}' if cohort else ''}"
        for words, asked, some in _asked_by_shares(strategy, candidates, group):
            if asked:
                yield Rule(f"{words} {of}", asked, tuple(some))
        asked = min(strategy.least, len(group))
        if asked and not strategy.by_root:
            yield Rule(f"at least {asked} of {counted(len(group), 'learner')} {of}", asked, tuple(group))


def _least(
    strategy: Strategy, candidates: Sequence[Candidate], places: Sequence[int], of: str, before: LookedAtBefore
) -> Iterable[Rule]:
    """So many of each assessor and of each unit in twelve months, however few the shares ask for."""
    assessors: defaultdict[str, list[int]] = defaultdict(list)
    units: defaultdict[str, list[int]] = defaultdict(list)
    for place in places:
        candidate = candidates[place]
        units[candidate.unit].append(place)
        if candidate.assessor:
            assessors[candidate.assessor].append(place)
    of_assessor, of_unit = Counter[str](), Counter[str]()
    for (assessor, unit, _), count in before.items():
        of_assessor[assessor] += count
        of_unit[unit] += count
    for words, asked, groups, counted_before in (
        ("assessed by", strategy.least_of_assessor, assessors, of_assessor),
        ("of unit", strategy.least_of_unit, units, of_unit),
    ):
        for name, among in sorted(groups.items()) if asked else ():
            beside = counted_before[name]
            told = f", {beside} of them beside this plan" if beside else ""
            yield Rule(f"at least {asked} {words} {name}{of} in 12 months{told}", asked, tuple(among), before=beside)


def _stages(strategy: Strategy, candidates: Sequence[Candidate], places: Sequence[int], of: str) -> Iterable[Rule]:
    for stage, percent in ((Stage.INTERIM, strategy.interim), (Stage.SUMMATIVE, strategy.summative)):
        among = tuple(place for place in places if candidates[place].stage is stage)
        asked = -(-len(among) * percent // 100)
        if asked:
            yield Rule(f"{asked} {stage} of the {len(among)}{of} that can be", asked, among, stage=stage)


def _covered(candidates: Sequence[Candidate]) -> Iterable[Rule]:
    """One of each: every label that any candidate has, and every outcome of every unit."""
    alike: defaultdict[tuple[frozenset[tuple[str, str]], str, str], list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        alike[candidate.labels, candidate.unit, candidate.outcome].append(place)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for (labels, unit, outcome), places in alike.items():
        for what, name in labels:
            groups[f"{what} {name}"] += places
        if outcome:
            groups[f"{unit} with the outcome {outcome}"] += places
    for name, among in sorted(groups.items()):
        yield Rule(f"one of every kind: {name}", 1, tuple(sorted(among)), covers=True)
