"""How far those who marked the same evidence alone agree: criterion by criterion, and beyond chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from markterm.domain.record.bodies.standardising import Standardised, View, Viewed
from markterm.domain.record.standardisation import Standardisation
from markterm.domain.sampling.kappa import cohen, fleiss


@dataclass(frozen=True, slots=True)
class CriterionAgreement:
    """One criterion of an exhibit: who said what, by member's ids, and what was agreed at the meeting.

    `percent` is how many of those who answered said what most of them said; None where fewer than two did. `differed`
    are those who said something else than was agreed, or than most said while nothing is agreed; nobody in a draw.
    """

    exhibit: int
    criterion: str
    said: Mapping[View, tuple[str, ...]]
    agreed: tuple[Viewed, ...]
    percent: int | None
    differed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeyondChance:
    """κ of those who answered everything of one sort: whose it is, over how many raters and criteria, and its value.

    The value is None where it is undefined, and `undefined` says why.
    """

    of: Standardised
    name: str
    raters: int
    criteria: int
    value: Fraction | None
    undefined: str = ""


def agreement(standardisation: Standardisation) -> Iterator[CriterionAgreement]:
    """How far the members agree on each criterion, in the order of the exhibits."""
    for asked in standardisation.asked:
        exhibit = standardisation.exhibits[asked[0] - 1]
        views = {member: own[asked].view for member, own in standardisation.views.items() if asked in own}
        said = {
            view: who
            for view in exhibit.of.answers
            if (who := tuple(member for member, own in views.items() if own is view))
        }
        agreed = standardisation.agreed(asked)
        most = max(map(len, said.values()), default=0)
        right = {each.view for each in agreed} or {view for view, who in said.items() if len(who) == most}
        differed = tuple(member for member, view in views.items() if view not in right)
        percent = round(100 * most / len(views)) if len(views) > 1 else None
        yield CriterionAgreement(*asked, said, agreed, percent, differed)


def beyond_chance(standardisation: Standardisation) -> Iterator[BeyondChance]:
    """κ for each sort of what was looked at: decisions, feedback and verification have answers of their own."""
    for of in Standardised:
        asked = [each for each in standardisation.asked if standardisation.exhibits[each[0] - 1].of is of]
        if not asked:
            continue
        raters = [own for own in standardisation.views.values() if all(each in own for each in asked)]
        name = "Cohen's κ" if len(raters) == 2 else "Fleiss' κ"
        if len(raters) < 2:
            yield BeyondChance(of, name, len(raters), len(asked), None, "fewer than two have answered all of it")
            continue
        answers = of.answers
        if len(raters) == 2:
            pairs = [(raters[0][each].view, raters[1][each].view) for each in asked]
            value = cohen([[pairs.count((one, other)) for other in answers] for one in answers])
        else:
            value = fleiss([[sum(own[each].view is view for own in raters) for view in answers] for each in asked])
        undefined = "" if value is not None else "everybody always said the same, and chance could do nothing else"
        yield BeyondChance(of, name, len(raters), len(asked), value, undefined)
