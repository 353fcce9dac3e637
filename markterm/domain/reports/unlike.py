"""Whose rate of referral is unlike the others': advice with its numbers, and never a verdict.

What is compared are learners, for whom something was referred or not: criteria of one script hang together, and as many
decisions would seem to prove more than they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from markterm.domain.record.event import Result
from markterm.domain.reports.around import Around, LeftOut
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.counted import CountedRecord, Decided
from markterm.domain.reports.grouped import By, Group
from markterm.domain.reports.referrals import entry_of
from markterm.domain.reports.report import Column, Entry, Report, Row, Shape, percent, share
from markterm.domain.sampling.fisher import by_chance
from markterm.domain.words.counted import counted

NAME = "unlike"
AXES = (Axis.UNIT, Axis.CRITERION)
_FIGURES = (
    Column("decided", "decided", Shape.COUNT),
    Column("referred", "referred", Shape.COUNT),
    Column("rate", "rate", Shape.SHARE),
    Column("others_decided", "decided", Shape.COUNT, shown=False),
    Column("others_referred", "referred", Shape.COUNT, shown=False),
    Column("others_rate", "others", Shape.SHARE),
    Column("learners", "learners", Shape.COUNT),
    Column("learners_referred", "with a referral", Shape.COUNT, shown=False),
    Column("others_learners", "others' learners", Shape.COUNT, shown=False),
    Column("others_learners_referred", "with a referral", Shape.COUNT, shown=False),
    Column("by_chance", "by chance", Shape.SHARE),
)
_NOTES = (
    "Advice, and no verdict: learners, evidence and cohorts differ, and whoever refers more may be right. Only first "
    "attempts are counted.",
    "By chance: in how many of such comparisons chance alone would make a difference as large or larger, if nothing "
    "told the assessors apart (Fisher's exact test, over learners for whom something was referred or not).",
)
_FAR = 0.05


@dataclass(slots=True)
class _Counts:
    decided: int = 0
    referred: int = 0
    learners: int = 0
    learners_referred: int = 0

    def add(self, decided: int, referred: int) -> None:
        """Count what was decided for one learner."""
        self.decided += decided
        self.referred += referred
        self.learners += 1
        self.learners_referred += referred > 0

    def less(self, other: _Counts) -> _Counts:
        """What is left without those."""
        return _Counts(
            self.decided - other.decided,
            self.referred - other.referred,
            self.learners - other.learners,
            self.learners_referred - other.learners_referred,
        )


class _Sides:
    """What each assessor decided, and what the others did. A learner whom several of the others assessed is one of
    the others' learners, and no more: Fisher's test is of learners."""

    def __init__(self) -> None:
        self.own: dict[Group, _Counts] = {}
        self._every: dict[Group, _Counts] = {}
        self._no_others: dict[Group, _Counts] = {}

    def add(self, of_learner: Mapping[Group, Sequence[int]]) -> None:
        """Count what was decided and referred for one learner: by whom, and in what."""
        by_all: dict[Group, list[tuple[Group, int, int]]] = {}
        for group, (decided, referred) in of_learner.items():
            self.own.setdefault(group, _Counts()).add(decided, referred)
            by_all.setdefault(group[1:], []).append((group, decided, referred))
        for what, several in by_all.items():
            decided = sum(own for _, own, _ in several)
            referred = sum(own for _, _, own in several)
            self._every.setdefault(what, _Counts()).add(decided, referred)
            for group, own_decided, own_referred in several:
                # What the others have less than everybody: the learner too, unless another one decided or referred.
                less = self._no_others.setdefault(group, _Counts())
                less.decided += own_decided
                less.referred += own_referred
                less.learners += len(several) == 1
                less.learners_referred += own_referred > 0 and own_referred == referred

    def others(self, group: Group) -> _Counts:
        """What the others than that assessor decided in the same."""
        return self._every[group[1:]].less(self._no_others[group])


def unlike(records: Callable[[], Iterable[CountedRecord]], asked: Asked, around: Around) -> Report:
    """Each assessor's rate of referral beside that of the others, in each unit or criterion; `records` gives what is
    counted of every record, as often as it is called."""
    by, left_out = By((Axis.ASSESSOR, *asked.by), around.name_of), LeftOut()
    sides = _Sides()
    for record in records():
        left_out.add(record)
        left_out.add_unsettled(record, asked.unit, asked.criterion)
        of_learner: dict[Group, list[int]] = {}
        for each in _first_attempts(record, asked):
            left_out.note(each)
            counts = of_learner.setdefault(by.of(each), [0, 0])
            counts[0] += 1
            counts[1] += each.result is Result.REFER
        sides.add(of_learner)

    groups = by.sorted(group for group in sides.own if asked.assessor in ("", group[0]))
    found = [(group, sides.own[group], sides.others(group)) for group in groups]

    def behind(group: Group) -> Iterator[Entry]:
        for record in records():
            for each in _first_attempts(record, asked):
                if by.of(each) == group:
                    yield entry_of(record.learner, each)

    def everything() -> Iterator[Entry]:
        for group in groups:
            yield from behind(group)

    compared = sum(_is_enough(one, others, around.enough) for _, one, others in found)
    return Report(
        NAME,
        f"Referrals of each assessor beside the others', {asked.in_words}",
        (*by.columns(groups, names_shown=False), *_FIGURES),
        tuple(_row(by, group, one, others, around.enough, partial(behind, group)) for group, one, others in found),
        (*_NOTES, *_of_many(compared)),
        tuple(left_out.in_words(around)),
        behind=everything,
    )


def _first_attempts(record: CountedRecord, asked: Asked) -> Iterator[Decided]:
    """What was decided at first attempts, also by others than the assessor who is asked for."""
    for each in record.decided:
        if (
            each.may_refer
            and each.attempt < 2
            and asked.takes(each.unit.code, asked.assessor, "", each.on, each.criterion)
        ):
            yield each


def _row(
    by: By, group: Group, own: _Counts, others: _Counts, enough: int, behind: Callable[[], Iterator[Entry]]
) -> Row:
    chance = None
    if _is_enough(own, others, enough):
        chance = by_chance(own.learners_referred, own.learners, others.learners_referred, others.learners)
    figures = (
        own.decided,
        own.referred,
        share(own.referred, own.decided),
        others.decided,
        others.referred,
        share(others.referred, others.decided),
        own.learners,
        own.learners_referred,
        others.learners,
        others.learners_referred,
        Fraction(chance) if chance is not None else None,
    )
    return Row((*by.cells(group), *figures), behind, _said(own, others, enough, chance))


def _is_enough(own: _Counts, others: _Counts, enough: int) -> bool:
    return min(own.learners, others.learners) >= max(1, enough)


def _said(own: _Counts, others: _Counts, enough: int, chance: float | None) -> str:
    """What a row says, in a sentence."""
    if not others.learners:
        return "Nobody else decided here: there is nothing to compare with."
    if chance is None:
        what = counted(own.learners, "learner")
        return f"Too few to say: {what}, the others {others.learners}; {enough} are asked for on each side."
    told = (
        f"Something was referred for {own.learners_referred} of {own.learners} learners, by the others for "
        f"{others.learners_referred} of {others.learners}: "
    )
    if chance >= _FAR:
        return f"{told}chance alone would often make them as different."
    return f"{told}chance alone makes {percent(Fraction(chance))} as different. Worth a look together."


def _of_many(compared: int) -> Iterator[str]:
    """What has to be said where many were compared."""
    if compared > 1:
        expected = max(1, round(_FAR * compared))
        yield (
            f"{compared} comparisons had enough learners: about {expected} of them would be as different as 1 in 20 "
            "by chance alone."
        )
