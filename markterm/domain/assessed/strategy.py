"""A centre's strategy of verification: how much is sampled, of what, what is always looked at, and what makes a risk.

It is the centre's own, as its policy is: every number here is an example, and no rule of anybody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Risk(StrEnum):
    """How closely an assessor's decisions in a unit are looked at."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Always(StrEnum):
    """What a strategy can have sampled always, whatever the shares ask for."""

    FIRST_DECISIONS = "first_decisions"
    RESUBMISSIONS = "resubmissions"
    IN_TRAINING = "in_training"
    NOT_AGREED_BEFORE = "not_agreed_before"
    OPEN_CASE = "open_case"

    @property
    def words(self) -> str:
        """Why such a unit is sampled, as the end of a sentence."""
        return _WORDS[self]


_WORDS = {
    Always.FIRST_DECISIONS: "the first decisions of a new assessor in the unit are always sampled",
    Always.RESUBMISSIONS: "a resubmission is always sampled",
    Always.IN_TRAINING: "what was decided or verified in training is always sampled",
    Always.NOT_AGREED_BEFORE: "what a verifier did not agree with before is sampled again",
    Always.OPEN_CASE: "the learner has an open case",
}


@dataclass(frozen=True, slots=True)
class Band:
    """The learners up to that number, of whom `percent` are sampled; no number: everybody above the band before."""

    up_to: int | None
    percent: int


EXAMPLE = (Band(17, 35), Band(100, 25), Band(200, 15), Band(None, 10))
"""After the tiers that EAL publishes for a centre at the beginning."""
EXAMPLE_LOW_RISK = (Band(17, 25), Band(100, 15), Band(200, 10), Band(None, 6))
"""After its tiers for a centre with good results."""
LEAST = 3
"""So many are sampled of any number, or all of fewer: EAL's own least."""


@dataclass(frozen=True, slots=True)
class RiskPoints:
    """What a strategy gives for each ground, and from how many points on it is amber or red.

    `few` decisions in a unit make somebody new to it; `long_ago` days since a standardisation are too many;
    `far` percentage points from the others' rate of referral, over at least `enough` decisions on both sides, are far.
    """

    new_to_unit: int = 3
    in_training: int = 4
    not_agreed: int = 2
    not_agreed_at_most: int = 6
    not_standardised: int = 2
    unlike_the_others: int = 1
    amber_from: int = 2
    red_from: int = 5
    few: int = 10
    long_ago: int = 365
    far: int = 25
    enough: int = 20


class Before(StrEnum):
    """What a summative sample is looked at before."""

    RELEASE = "release"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Strategy:
    """What `[verification]` in centre.toml says, or a qualification's own part of it.

    Shares are percentages of the learners of a unit and cohort, in bands, by the risk of their assessor; `by_root` asks
    for the square root instead. `least`, `least_of_assessor` and `least_of_unit` are asked however few the shares ask
    for, the latter two in the twelve months that end with a plan. `interim`, `summative` are the percentages of what
    can be looked at then; `drawn` is the percentage of what the shares ask for that is drawn at random.

    `vacsr` and `feedback_quality` say that verifiers answer these too; `summative_before` what waits for a summative
    sample, None for what the policy says; `due_days` how long a verifier has; `most_running` how many units running of
    the same assessor a verifier looks at, any number if it is 0.
    """

    red: tuple[Band, ...] = EXAMPLE
    amber: tuple[Band, ...] = EXAMPLE
    green: tuple[Band, ...] = EXAMPLE_LOW_RISK
    by_root: bool = False
    least: int = LEAST
    least_of_assessor: int = 2
    least_of_unit: int = 1
    interim: int = 0
    summative: int = 0
    drawn: int = 50
    always: frozenset[Always] = frozenset(Always)
    vacsr: bool = False
    feedback_quality: bool = False
    summative_before: Before | None = None
    due_days: int = 28
    most_running: int = 0

    def bands_of(self, risk: Risk) -> tuple[Band, ...]:
        """The bands for work that was assessed at that risk."""
        return {Risk.RED: self.red, Risk.AMBER: self.amber, Risk.GREEN: self.green}[risk]


@dataclass(frozen=True, slots=True)
class SeenEvery:
    """In how many months each assessor is observed at work once, and a learner and a witness asked about it; 0 says
    nothing of it."""

    observation: int = 0
    learner: int = 0
    witness: int = 0


Label = tuple[str, str]
"""What a plan has to cover one of: what it is (a method, a kind of evidence, a location, …), and its name."""
NAMED_BY_CENTRES = ("method", "evidence", "location")
"""What has names of learners' and tasks' making: a centre says which of them are one to it."""


@dataclass(frozen=True, slots=True)
class Strategies:
    """The strategy of the centre, those that qualifications have of their own by their codes, and the points of risk,
    which are an assessor's whatever they assess.

    `labels` says by what it is how the centre calls a name, so that several names are one; empty for what has not to be
    covered. `seen` is how often assessors are observed, and `verifiers` how many percent of what each verifier verified
    a Lead IV looks at.
    """

    usual: Strategy = field(default_factory=Strategy)
    own: Mapping[str, Strategy] = field(default_factory=dict)
    points: RiskPoints = field(default_factory=RiskPoints)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    seen: SeenEvery = field(default_factory=SeenEvery)
    verifiers: int = 0

    @property
    def most_running(self) -> int:
        """How many units running of the same assessor any of them lets a verifier look at, any number if it is 0."""
        said = [each.most_running for each in (self.usual, *self.own.values())]
        return max(said) if all(said) else 0

    def called(self, labels: Iterable[Label]) -> frozenset[Label]:
        """The labels as the centre calls them, without those that need not be covered."""
        named = ((what, self.labels.get(what, {}).get(name, name)) for what, name in labels)
        return frozenset((what, name) for what, name in named if name)

    def of(self, qualification: str) -> Strategy:
        """The strategy for learners on that qualification."""
        return self.own.get(qualification, self.usual)


def why_no_bands(bands: Sequence[Band]) -> str:
    """Why these bands are no shares, in a sentence; empty where they are."""
    if not bands:
        return "there is no share at all"
    for each in bands:
        if not 0 <= each.percent <= 100:
            return f"{each.percent} is no percentage: it is none from 0 to 100"
    tops = [each.up_to for each in bands]
    if tops[-1] is not None:
        return f"nothing is said of more than {tops[-1]} learners"
    below = 0
    for top in tops[:-1]:
        if top is None:
            return "a band without a number is everybody above, and another one follows it"
        if top <= below:
            return f"the bands do not rise: {top} comes after {below}"
        below = top
    return ""


def percent_at(bands: Sequence[Band], learner: int) -> int:
    """The percentage that holds for the learner of that number, counted from 1."""
    return next((each.percent for each in bands if each.up_to is None or learner <= each.up_to), 0)


def contradictions(strategy: Strategy) -> Iterator[tuple[str, str]]:
    """What of a strategy contradicts itself: each with a name of what it stands in, and a sentence."""
    for lower, higher in ((Risk.GREEN, Risk.AMBER), (Risk.AMBER, Risk.RED)):
        low, high = strategy.bands_of(lower), strategy.bands_of(higher)
        for place in sorted({1, *(each.up_to + 1 for each in (*low, *high) if each.up_to is not None)}):
            if percent_at(low, place) > percent_at(high, place):
                yield (
                    lower.value,
                    f"from {place} learners on, {percent_at(low, place)} % would be sampled at {lower} risk and only "
                    f"{percent_at(high, place)} % at {higher}",
                )
                break
