"""Why a learner's unit is in a plan, or is not: from the plan as it was adopted, so that the answer stays the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markterm.domain.record.bodies.planning import ChosenFrom, Planned
from markterm.domain.record.plans import Key, StandingPlan
from markterm.domain.sampling.candidate import order_in
from markterm.domain.words.counted import counted


@dataclass(frozen=True, slots=True)
class RuleThen:
    """A rule that was about the unit: what it asked of how many and got, and why fewer."""

    words: str
    asked: int
    of: int
    got: int
    why: str


@dataclass(frozen=True, slots=True)
class Why:
    """The answer: whether it is sampled, in sentences why, and the rules that were about it.

    `place` is its place in the random order of everybody whom the plan chose from, from 1 on, `of` how many those were;
    both 0 where it was none of them, and where whoever asks may not see them all.
    """

    sampled: bool
    because: tuple[str, ...]
    rules: tuple[RuleThen, ...] = ()
    place: int = 0
    of: int = 0


def why(plan: StandingPlan, key: Key) -> Why:
    """Why that learner's unit is in the plan, or is not."""
    sample = plan.samples.get(key)
    then = [(each.said, group) for each in plan.adopted if (group := _group_of(each.said, key)) is not None]
    rules = tuple(
        RuleThen(rule.words, rule.asked, rule.of, rule.got, rule.why)
        for said, group in then
        for rule in (said.rules[number] for number in group.rules if number < len(said.rules))
    )
    place, of = _place(then[-1][0], key) if then and then[-1][0].is_whole else (0, 0)
    if sample is not None:
        return Why(True, (*sample.because, *_changes(plan, key, but_in=True)), rules, place, of)
    told = [*_changes(plan, key)]
    if key not in plan.dropped:
        told += _not_chosen(plan, place, of, bool(rules)) if place or not then else _passed_over(bool(rules))
    return Why(False, tuple(told), rules, place, of)


def in_words(plan: StandingPlan, name: str, answer: Why) -> Iterator[str]:
    """The answer line by line; `name` is what the unit and its learner are called. Lines that begin with spaces belong
    to the one before."""
    yield f"{name} {'is' if answer.sampled else 'is not'} in the sampling plan {plan.begins} to {plan.ends}, because"
    yield from (f"  {each}" for each in answer.because)
    if answer.rules:
        latest = plan.latest
        yield f"What was asked of it{f' on {latest.said.day}' if latest is not None else ''}:"
        for rule in answer.rules:
            fewer = f" ({rule.why})" if rule.why else ""
            yield f"  {rule.words}: asked {rule.asked} of {rule.of}, got {rule.got}{fewer}"
    if answer.place:
        yield f"Number {answer.place} of {answer.of} in the random order."


def _changes(plan: StandingPlan, key: Key, *, but_in: bool = False) -> Iterator[str]:
    """What was changed by hand; whether it is in the plan is said already where `but_in`."""
    for each in plan.by_hand.get(key, ()):
        if not (but_in and each.said.change.aspect == "in"):
            yield each.words


def _not_chosen(plan: StandingPlan, place: int, of: int, rules: bool) -> Iterator[str]:
    latest = plan.latest
    if latest is None:
        yield "nothing was proposed by the strategy: what is in the plan was added by hand"
        return
    on = latest.said.day
    if not place:
        every = sum(len(each.learners) for each in latest.said.candidates)
        units = counted(every, "unit") if latest.said.is_whole else "units"
        yield (
            f"on {on} it was none of the {units} to choose from: nothing was decided in it by then, "
            f"or it was closed outside {plan.begins} to {plan.ends}"
        )
        return
    yield f"the first {latest.said.drawn} of the random order of {of} were drawn, and it is number {place}"
    yield from _served_by_others(rules)


def _passed_over(rules: bool) -> Iterator[str]:
    """The same told to somebody who may not see everybody in the random order."""
    yield "it was none of those that were drawn at random"
    yield from _served_by_others(rules)


def _served_by_others(rules: bool) -> Iterator[str]:
    if rules:
        yield "what the rules about it ask for others serve, who came first in that order or serve more rules at once"
    else:
        yield "no rule is about it"


def _group_of(said: Planned, key: Key) -> ChosenFrom | None:
    learner, unit = key
    return next((each for each in said.candidates if each.unit == unit and learner in each.learners), None)


def _place(said: Planned, key: Key) -> tuple[int, int]:
    """The place in the random order, and how many are in it."""
    places = _places(said.seed, tuple((group.unit, group.learners) for group in said.candidates))
    return places[key], len(places)


@lru_cache(maxsize=4)
def _places(seed: str, candidates: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[Key, int]:
    """The place of each in the random order: made once of a plan, however many are asked for."""
    every = {(learner, unit) for unit, learners in candidates for learner in learners}
    return {key: place for place, key in enumerate(sorted(every, key=lambda key: (order_in(seed, key), key)), 1)}
