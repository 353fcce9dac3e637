"""What a learner is told of themselves: what was released to them, how far they are by that, what is outstanding, and
how they rated themselves. Of decisions, closings, verification and cases that were not released it says nothing, and
nothing can be told from what it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from enum import StrEnum

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.qualification_progress import QualificationProgress
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.after_closing import Release
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import Closing, Portfolio, UnitRecord
from markterm.domain.record.self_ratings import SelfRating, self_ratings
from markterm.domain.words.local_time import local


class Standing(StrEnum):
    """Where a unit stands, as far as the learner was told."""

    NOT_SUBMITTED = "no submission recorded yet"
    BEING_MARKED = "being marked"
    PASSED = "passed"
    REFERRED = "referred: something is missing"
    LOOKED_AT_AGAIN = "being looked at again"


@dataclass(frozen=True, slots=True)
class UnitTold:
    """A unit of theirs: `reached` is the outcome that was released, in a word; `on` the day of what is told; `due` the
    day on which the work is due, where one is set and it is the learner's turn."""

    code: str
    title: str
    standing: Standing
    reached: str = ""
    on: date | None = None
    attempt: int = 1
    due: date | None = None

    @property
    def is_outstanding(self) -> bool:
        """Whether it is the learner's turn."""
        return self.standing in (Standing.NOT_SUBMITTED, Standing.REFERRED)


@dataclass(frozen=True, slots=True)
class FeedbackTold:
    """Feedback that went to them, on a unit or an assignment; `stands` says that nothing was opened or closed anew
    since."""

    code: str
    title: str
    release: Release
    on: date
    stands: bool


@dataclass(frozen=True, slots=True)
class ToldToLearner:
    """All of it, as on the day `today`. `incomplete` says that the record cannot be read whole just now."""

    learner: Learner
    today: date
    units: tuple[UnitTold, ...]
    feedback: tuple[FeedbackTold, ...]
    progress: tuple[QualificationProgress, ...]
    ratings: tuple[SelfRating, ...]
    left: bool = False
    incomplete: bool = False

    @property
    def outstanding(self) -> tuple[UnitTold, ...]:
        """What it is their turn to hand in; nothing of who left."""
        return () if self.left else tuple(each for each in self.units if each.is_outstanding)


def told_to_learner(
    learner: Learner,
    units: Sequence[Unit],
    portfolio: Portfolio,
    today: date,
    due_on: Callable[[Unit, datetime | None], date | None],
    progress: Callable[[Portfolio], tuple[QualificationProgress, ...]],
    *,
    titles: Callable[[str], str],
    incomplete: bool = False,
    zone: tzinfo | None = None,
) -> ToldToLearner:
    """What that learner is told. `due_on` gives the day on which a unit is due, after the referral of that time if the
    learner was told of one. `progress` is asked of a portfolio that holds what was released alone; `titles` gives
    what an assignment is called."""
    return ToldToLearner(
        learner,
        today,
        tuple(_unit(unit, portfolio.unit(unit.key), due_on, zone) for unit in units),
        tuple(_feedback(units, portfolio, titles, zone)),
        progress(released_alone(portfolio)),
        tuple(_last(self_ratings(portfolio.events).values())),
        portfolio.is_away,
        incomplete,
    )


def released_alone(portfolio: Portfolio) -> Portfolio:
    """The portfolio with those units alone whose outcome as it stands went to the learner."""
    return replace(portfolio, units={key: each for key, each in portfolio.units.items() if _standing_release(each)})


def _standing_release(record: UnitRecord) -> Release | None:
    """What went to the learner of the outcome that stands; None when nothing did."""
    if record.closing is None or record.changed_since_closing:
        return None
    return record.after.released(record.closing.uid)


def _unit(
    unit: Unit, record: UnitRecord, due_on: Callable[[Unit, datetime | None], date | None], zone: tzinfo | None
) -> UnitTold:
    submission = record.submission
    handed_in = None if submission is None or submission.at_closing else submission
    told = _standing_release(record)
    last = told or (record.releases[-1] if record.releases else None)
    if handed_in is not None and (last is None or handed_in.attempt > last.attempt):
        on = _day(handed_in.at, zone)
        return UnitTold(unit.code, unit.title, Standing.BEING_MARKED, on=on, attempt=handed_in.attempt)
    if last is None:
        # Marking that began without a submission is not told of: what is worked on is not known to be handed in.
        return UnitTold(unit.code, unit.title, Standing.NOT_SUBMITTED, due=due_on(unit, None))
    on = _day(last.at, zone)
    if told is None or record.closing is None:
        return UnitTold(unit.code, unit.title, Standing.LOOKED_AT_AGAIN, on=on, attempt=last.attempt)
    if record.closing.outcome is Result.REFER:
        due = due_on(unit, record.closing.at)
        return UnitTold(unit.code, unit.title, Standing.REFERRED, _reached(record.closing), on, told.attempt, due)
    return UnitTold(unit.code, unit.title, Standing.PASSED, _reached(record.closing), on, told.attempt)


def _reached(closing: Closing) -> str:
    return "refer" if closing.outcome is Result.REFER else closing.word


def _feedback(
    units: Sequence[Unit], portfolio: Portfolio, titles: Callable[[str], str], zone: tzinfo | None
) -> Iterator[FeedbackTold]:
    """What went, the newest first; one text that went for several units once."""
    found: dict[tuple[str, str], FeedbackTold] = {}
    for unit in units:
        record = portfolio.unit(unit.key)
        standing = _standing_release(record)
        for each in record.releases:
            code, title = (each.assignment, titles(each.assignment)) if each.assignment else (unit.code, unit.title)
            told = FeedbackTold(code, title, each, _day(each.at, zone), standing is not None and each is standing)
            before = found.get((code, each.text))
            if before is None or (told.stands and not before.stands):
                found[code, each.text] = told
    yield from sorted(found.values(), key=lambda each: each.release.at, reverse=True)


def _last(ratings: Iterable[Sequence[SelfRating]]) -> Iterator[SelfRating]:
    for of_statement in ratings:
        if of_statement and of_statement[-1].rating:
            yield of_statement[-1]


def _day(at: datetime, zone: tzinfo | None) -> date:
    return local(at, zone).date()
