"""How closely an assessor's decisions in a unit are looked at, and why: points for each ground, by the strategy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from markterm.domain.assessed.strategy import Risk, RiskPoints
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.planning import Rated
from markterm.domain.record.event import Event, Kind


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is known of an assessor in a unit: their decisions and referrals there, what verifiers looked at and did not
    agree with, the day of their last standardisation, and the others' decisions and referrals in the unit."""

    decisions: int = 0
    referrals: int = 0
    looked_at: int = 0
    not_agreed: int = 0
    in_training: bool = False
    standardised: date | None = None
    others_decisions: int = 0
    others_referrals: int = 0


@dataclass(frozen=True, slots=True)
class Override:
    """A person's own rating in place of the points', with a reason, up to and including a day."""

    risk: Risk
    reason: str
    actor: str
    until: date


def own_ratings(events: Iterable[Event]) -> Mapping[tuple[str, str], Override]:
    """The ratings that persons gave, by assessor and unit: the last of each that the centre's record tells of."""
    found: dict[tuple[str, str], Override] = {}
    for event in events:
        said = said_in(event, Rated) if event.kind == Kind.RATED else None
        if said is not None and said.risk in _RISKS:
            found[said.assessor, said.unit] = Override(_RISKS[said.risk], said.reason, event.actor, said.until)
    return found


_RISKS = {risk.value: risk for risk in Risk}


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating with its grounds in words, each with its points; of a person's own, their reason is the ground."""

    risk: Risk
    points: int
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessorRating:
    """How closely an assessor, by their id, is looked at in the unit of that code, and what that rests on.

    `own` is the rating that a person gave and that holds today; `rating` is then theirs.
    """

    assessor: str
    unit: str
    rating: Rating
    grounds: Grounds
    own: Override | None = None


def rating(grounds: Grounds, points: RiskPoints, today: date, override: Override | None = None) -> Rating:
    """The rating of an assessor in a unit on that day."""
    told: list[tuple[int, str]] = []
    if grounds.in_training:
        told.append((points.in_training, "in training for the unit"))
    if grounds.decisions < points.few:
        told.append((points.new_to_unit, f"{grounds.decisions} decisions in the unit: fewer than {points.few}"))
    if grounds.not_agreed:
        given = min(points.not_agreed * grounds.not_agreed, points.not_agreed_at_most)
        told.append((given, f"{grounds.not_agreed} of {grounds.looked_at} criteria looked at were not agreed"))
    elif grounds.looked_at:
        told.append((0, f"all {grounds.looked_at} criteria looked at were agreed"))
    if grounds.standardised is None:
        told.append((points.not_standardised, "never took part in a standardisation"))
    elif (days := (today - grounds.standardised).days) > points.long_ago:
        told.append((points.not_standardised, f"{days} days since the last standardisation"))
    if (unlike := _unlike(grounds, points)) is not None:
        told.append((points.unlike_the_others, unlike))
    total = sum(each for each, _ in told)
    if override is not None and today <= override.until:
        words = f"{override.actor} set it until {override.until.isoformat()}: {override.reason.strip()}"
        return Rating(override.risk, total, (words,))
    risk = Risk.RED if total >= points.red_from else Risk.AMBER if total >= points.amber_from else Risk.GREEN
    return Rating(risk, total, tuple(f"{words} ({each} points)" if each else words for each, words in told))


def _unlike(grounds: Grounds, points: RiskPoints) -> str | None:
    """How far the rate of referral is from the others', where there are enough decisions to say so."""
    if min(grounds.decisions, grounds.others_decisions) < points.enough:
        return None
    own = 100 * grounds.referrals / grounds.decisions
    others = 100 * grounds.others_referrals / grounds.others_decisions
    if abs(own - others) < points.far:
        return None
    return (
        f"refers {grounds.referrals} of {grounds.decisions}, "
        f"the others {grounds.others_referrals} of {grounds.others_decisions}"
    )
