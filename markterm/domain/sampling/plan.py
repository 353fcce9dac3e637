"""A sampling plan: which units are looked at, and for each in words why.

Each rule is "at least k of these". The plan takes what stands already, what is always sampled, and what is drawn at
random; what the rules then still lack it chooses (`cover.py`), among equals the first in the random order of the seed.
So the same question has the same plan on every machine, and a learner who joins adds, and moves nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.sampling.candidate import Candidate, order_in
from markterm.domain.sampling.cover import Lacks
from markterm.domain.sampling.rules import Rule

EXACT_UP_TO = 15
"""Of so many candidates the smallest plan is looked for."""


class How(StrEnum):
    """What put a sample into a plan first."""

    STANDING = "standing"
    ALWAYS = "always"
    DRAWN = "drawn"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Planned:
    """A unit that is to be looked at; `because` are the rules that it serves, as the ends of sentences."""

    candidate: Candidate
    how: How
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule asked and what it got; `why` it got less, where it did."""

    rule: Rule
    got: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The samples in the order of learner and unit, and how each rule fared.

    `lower_bound` is a number of samples that no plan with what stands, is always sampled and was drawn can do without.
    `drawn_from` counts what the drawn part was drawn from, and `drawn` how many it holds, however else they came in.
    """

    samples: tuple[Planned, ...]
    answers: tuple[Answer, ...]
    drawn: frozenset[tuple[str, str]]
    drawn_from: int
    lower_bound: int
    seed: str


def propose(
    candidates: Sequence[Candidate],
    rules: Sequence[Rule],
    seed: str,
    drawn: int,
    *,
    standing: Mapping[tuple[str, str], tuple[str, ...]] | None = None,
    drawn_before: frozenset[tuple[str, str]] = frozenset(),
    dropped: Collection[tuple[str, str]] = (),
) -> Plan:
    """The plan for these candidates.

    `rules` count the candidates by their place; `standing` are samples that are in the plan already, each with why, and
    they stay as they are; `drawn` of all candidates are drawn at random, beside those that were `drawn_before`; what
    was `dropped` by hand comes in by no rule, and was drawn all the same where it was.
    """
    stands = standing or {}
    orders = [order_in(seed, each.key) for each in candidates]
    by_order = sorted(range(len(candidates)), key=orders.__getitem__)
    taken: dict[int, How] = {}
    for place, each in enumerate(candidates):
        if each.key in stands:
            taken[place] = How.STANDING
    out = frozenset(place for place, each in enumerate(candidates) if each.key in dropped) if dropped else frozenset()
    for rule in rules:
        for place in rule.among if rule.always else ():
            if place not in out:
                taken.setdefault(place, How.ALWAYS)
    first = _drawn(by_order, candidates, drawn, drawn_before)
    for place in by_order[: len(first)]:
        if place not in out:
            taken.setdefault(place, How.DRAWN)
    chosen, least = _chosen(Lacks(rules, len(candidates), taken, out), by_order)
    bound = len(taken) + least
    for place in chosen:
        taken[place] = How.CHOSEN
    because: defaultdict[int, list[str]] = defaultdict(list)
    answers = []
    for rule in rules:
        chosen = [place for place in rule.among if place in taken]
        for place in chosen if rule.before < rule.asked else ():  # What was enough before explains none of them.
            because[place].append(rule.words)
        got = rule.before + len(chosen)
        answers.append(Answer(rule, got, _why_fewer(rule, got, out)))
    samples = [
        Planned(
            candidates[place],
            how,
            stands[candidates[place].key]
            if how is How.STANDING
            else (*(("drawn at random",) if place in first else ()), *because[place]),
        )
        for place, how in taken.items()
    ]
    samples.sort(key=lambda each: each.candidate.key)
    return Plan(
        tuple(samples), tuple(answers), frozenset(candidates[each].key for each in first), len(candidates), bound, seed
    )


def _chosen(lacks: Lacks, by_order: Sequence[int]) -> tuple[Sequence[int], int]:
    """Whom to choose, and how many at least any choice takes."""
    if len(by_order) <= EXACT_UP_TO:
        chosen = lacks.fewest(by_order)
        return chosen, len(chosen)
    chosen, least = lacks.greedy(by_order), lacks.least_more()
    return chosen, least if least == len(chosen) else max(least, lacks.least_more_by_weights(len(chosen)))


def _drawn(
    by_order: Sequence[int], candidates: Sequence[Candidate], wanted: int, before: frozenset[tuple[str, str]]
) -> frozenset[int]:
    """The first of the random order: so many, and as far as the last that was drawn before.

    A beginning of the order is a random sample of whoever there is, also after some came and others went; anything
    else would not be one.
    """
    last = max((number for number, place in enumerate(by_order, 1) if candidates[place].key in before), default=0)
    return frozenset(by_order[: max(wanted, last)])


def _why_fewer(rule: Rule, got: int, out: frozenset[int]) -> str:
    """Why a rule got fewer than it asked for; empty where it did not."""
    if got >= rule.asked:
        return ""
    gone = sum(place in out for place in rule.among)
    there = rule.before + len(rule.among)
    only = f"there are only {there}" if there < rule.asked else ""
    return " and ".join(filter(None, (only, f"{gone} of them dropped by hand" if gone else "")))
