"""What a strategy asks of a plan: so many of these units, each rule with the words that explain a sample by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markterm.domain.assessed.strategy import Always, Risk, Strategy
from markterm.domain.sampling.candidate import Candidate, Stage
from markterm.domain.sampling.share import asked_of, root_of


@dataclass(frozen=True, slots=True)
class Rule:
    """At least `asked` of the candidates at the places `among`; `words` say what it is for."""

    words: str
    asked: int
    among: tuple[int, ...]


def rules_of(strategy: Strategy, candidates: Sequence[Candidate]) -> tuple[Rule, ...]:
    """The rules of the strategy for these candidates: shares first, then what has to be covered."""
    return (
        *_always(strategy, candidates),
        *_shares(strategy, candidates),
        *_least(strategy, candidates),
        *_stages(strategy, candidates),
        *_covered(candidates),
    )


def _always(strategy: Strategy, candidates: Sequence[Candidate]) -> Iterable[Rule]:
    for each in Always:
        if each in strategy.always:
            among = tuple(place for place, candidate in enumerate(candidates) if each in candidate.always)
            if among:
                yield Rule(each.words, len(among), among)


def _shares(strategy: Strategy, candidates: Sequence[Candidate]) -> Iterable[Rule]:
    """So many of each unit and cohort: by the risk of who assessed them, and never fewer than the least."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        groups[candidate.unit, candidate.cohort].append(place)
    for (unit, cohort), among in sorted(groups.items()):
        of = f"of {unit}{f', {cohort}' if cohort else ''}"
        if strategy.by_root:
            asked = root_of(len(among), strategy.least)
            yield Rule(f"the square root of the {len(among)} learners {of}", asked, tuple(among))
            continue
        by_risk: defaultdict[Risk, list[int]] = defaultdict(list)
        for place in among:
            by_risk[candidates[place].risk].append(place)
        for risk, some in sorted(by_risk.items()):
            asked = asked_of(len(some), strategy.bands_of(risk), 0)
            if asked:
                yield Rule(f"{asked} of the {len(some)} learners {of}, assessed at {risk} risk", asked, tuple(some))
        asked = min(strategy.least, len(among))
        yield Rule(f"at least {asked} of the {len(among)} learners {of}", asked, tuple(among))


def _least(strategy: Strategy, candidates: Sequence[Candidate]) -> Iterable[Rule]:
    """So many of each assessor and of each unit, however few the shares ask for."""
    assessors: defaultdict[str, list[int]] = defaultdict(list)
    units: defaultdict[str, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        units[candidate.unit].append(place)
        if candidate.assessor:
            assessors[candidate.assessor].append(place)
    for words, asked, groups in (
        ("assessed by", strategy.least_of_assessor, assessors),
        ("of unit", strategy.least_of_unit, units),
    ):
        for name, among in sorted(groups.items()) if asked else ():
            yield Rule(f"at least {asked} {words} {name} in twelve months", asked, tuple(among))


def _stages(strategy: Strategy, candidates: Sequence[Candidate]) -> Iterable[Rule]:
    for stage, percent in ((Stage.INTERIM, strategy.interim), (Stage.SUMMATIVE, strategy.summative)):
        among = tuple(place for place, candidate in enumerate(candidates) if candidate.stage is stage)
        asked = -(-len(among) * percent // 100)
        if asked:
            yield Rule(f"{asked} {stage} of the {len(among)} that can be", asked, among)


def _covered(candidates: Sequence[Candidate]) -> Iterable[Rule]:
    """One of each: every label that any candidate has, and every outcome of every unit."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        for what, name in candidate.labels:
            groups[f"{what} {name}"].append(place)
        if candidate.outcome:
            groups[f"{candidate.unit} with the outcome {candidate.outcome}"].append(place)
    for name, among in sorted(groups.items()):
        yield Rule(f"one of every kind: {name}", 1, tuple(among))
