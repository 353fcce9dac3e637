"""The plan as a verifier works by it: each sample with where it stands now, and what the drawn part proves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from markterm.domain.assessed.strategy import Risk, Strategies
from markterm.domain.record.bodies.planning import PlannedSample
from markterm.domain.record.plans import Key, StandingPlan, StandingSample
from markterm.domain.record.states import VerificationState
from markterm.domain.sampling.assessed_unit import AssessedUnit
from markterm.domain.sampling.beside import NOTHING_BESIDE, BesidePlan
from markterm.domain.sampling.candidate import Stage
from markterm.domain.sampling.candidates import is_of
from markterm.domain.sampling.drawn import drawn_part
from markterm.domain.sampling.proof import in_words

NO_RISKS: Mapping[tuple[str, str], Risk] = {}
"""Nobody has another rating than amber."""
NOBODY: Mapping[Key, str] = {}
"""Somebody may look at every sample."""


class Where(StrEnum):
    """Where a sample stands; `PROPOSED` is one that nobody adopted yet, unless it was looked at all the same, and
    `SAMPLED` one that somebody sampled without the plan, which nobody adopted either.
    `UNFINISHED` is what a verifier has begun with in time, `NOT_READ` that of a learner whose record was not read yet,
    or cannot be."""

    PROPOSED = "proposed"
    SAMPLED = "sampled"
    NOT_CLOSED = "not closed yet"
    PLANNED = "planned"
    OVERDUE = "overdue"
    UNFINISHED = "not finished"
    AGREED = "agreed"
    NOT_COUNTERSIGNED = "not countersigned"
    NOT_AGREED = "not agreed"
    CONFLICT = "conflict"
    STALE = "stale"
    NOT_DECIDED = "nothing decided yet"
    LEFT = "the learner left"
    NOT_THERE = "not there any more"
    NOT_READ = "not read"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A sample with what it came to: `by` is the day by which it is to be looked at, `actual` that on which it was, and
    `nobody` why the verifier who was to look at it may not, or nobody may. `unit` is None where the learner is not
    there any more, or nothing is decided in the unit."""

    sample: StandingSample
    where: Where
    by: date | None = None
    unit: AssessedUnit | None = None
    actual: date | None = None
    nobody: str = ""

    @property
    def report(self) -> str:
        """What became of what the last answer says to the assessor; empty where there is none to them."""
        return self.unit.answered.report if self.unit is not None and self.unit.answered is not None else ""

    @property
    def is_looked_at(self) -> bool:
        """Whether a verifier looked at what stands, and that counts: no answer that is stale, or waits for another."""
        return self.actual is not None and self.where not in (Where.STALE, *_UNSETTLED)


_UNSETTLED = (Where.CONFLICT, Where.NOT_COUNTERSIGNED)
"""What is answered, and yet waits for another verifier."""


class Counts(NamedTuple):
    """Of how many samples how many were looked at as they stand, not agreed, and looked at before they changed; and how
    many are answered and wait for another verifier: verifiers differ, or nobody countersigned."""

    samples: int
    looked_at: int
    not_agreed: int
    stale: int
    conflict: int = 0
    not_countersigned: int = 0

    @property
    def left_in_words(self) -> tuple[str, ...]:
        """What is answered and counts for nothing yet, in a few words each."""
        every = ((self.stale, "stale"), (self.conflict, "in conflict"), (self.not_countersigned, "not countersigned"))
        return tuple(f"{count} {word}" for count, word in every if count)

    @classmethod
    def of(cls, rows: Collection[PlanRow]) -> Counts:
        """What these rows come to."""
        return cls(
            len(rows),
            sum(row.is_looked_at for row in rows),
            sum(row.where is Where.NOT_AGREED for row in rows),
            *(sum(row.where is where for row in rows) for where in (Where.STALE, *_UNSETTLED)),
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The rows in the order of assessor, learner and unit; what the part that was drawn `proves`, in a sentence, and of
    the others what they come to; and what is to be seen `beside` the samples."""

    rows: tuple[PlanRow, ...]
    proves: str
    others: Counts
    beside: BesidePlan = NOTHING_BESIDE

    @property
    def of_others(self) -> str:
        """What those that were not drawn come to, in a sentence."""
        of = self.others
        told = f"Chosen by a rule or by hand: {of.samples}; {of.looked_at} looked at, {of.not_agreed} not agreed"
        return f"{', '.join((told, *of.left_in_words))}."


def table(
    plan: StandingPlan,
    units: Sequence[AssessedUnit],
    learners: Collection[str],
    now_called: Mapping[Key, Key],
    today: date,
    strategies: Strategies,
    why_not: Callable[[str, Key], str],
    new: Collection[Key] = (),
    nobody: Mapping[Key, str] = NOBODY,
    unread: Collection[str] = (),
    risks: Mapping[tuple[str, str], Risk] = NO_RISKS,
    without: Sequence[StandingSample] = (),
    left: Collection[str] = (),
) -> Table:
    """The plan beside the units as they are assessed now, and the registrations of the `learners`; `why_not` says why a
    verifier may not look at a sample, `nobody` of which nobody may and why. What is `new` is only proposed, and of
    those who are `unread`, by any registration they had, it is not known where anything stands. What was added by hand
    says nothing of the assessor: it is as the unit is now, at the risk that `risks` have for assessor and unit.
    Samples `without` the plan stand among the others, and are in it no more than what is new. Of the registrations that
    `left` nobody is asked to look at anything any more.
    """
    by_key = {each.key: each for each in units}
    rows = []
    new = {*new, *(each.key for each in without)}
    for key, sample in (*plan.samples.items(), *((each.key, each) for each in without)):
        unit = by_key.get(now_called.get(key, key))
        if unit is not None:
            rows.append(_row(_as_it_is(sample.as_given(unit.given), unit, risks), unit, today, strategies, why_not))
        else:
            rows.append(PlanRow(sample, _without_unit(key[0], learners, unread, left), sample.planned_for))
    rows = [_as_proposed(row, row.sample.key in new, nobody.get(row.sample.key, "")) for row in rows]
    rows.sort(key=lambda row: (row.sample.planned.assessor, row.sample.key))
    drawn, answered = drawn_part(plan), {row.sample.key: _answer(row) for row in rows}
    others = Counts.of([row for row in rows if row.sample.key not in drawn])
    of_drawn = Counts.of([row for row in rows if row.sample.key in drawn])
    return Table(tuple(rows), _proves(plan, drawn, answered, of_drawn), others)


def sampled_without(
    plan: StandingPlan, units: Sequence[AssessedUnit], now_called: Mapping[Key, Key], today: date
) -> tuple[StandingSample, ...]:
    """What somebody sampled without the plan, of the units that it chooses from: what is adopted next has it."""
    known = {now_called.get(key, key) for key in (*plan.samples, *plan.dropped)}
    return tuple(
        StandingSample(
            PlannedSample(
                *each.key,
                (each.sampled,),
                stage=(Stage.INTERIM if each.closed is None else Stage.SUMMATIVE).value,
                verifier=each.given.verifier if each.given is not None else "",
                due=each.given.due if each.given is not None else None,
            )
        )
        for each in units
        if each.sampled and each.key not in known and is_of(each, *plan.period, today)
    )


def _as_it_is(sample: StandingSample, unit: AssessedUnit, risks: Mapping[tuple[str, str], Risk]) -> StandingSample:
    if sample.planned.assessor:
        return sample
    planned = replace(
        sample.planned,
        assessor=unit.assessor,
        stage=sample.planned.stage or Stage.SUMMATIVE.value,
        risk=sample.planned.risk or risks.get((unit.assessor, unit.unit), Risk.AMBER).value,
    )
    return replace(sample, planned=planned)


def _without_unit(learner: str, learners: Collection[str], unread: Collection[str], left: Collection[str]) -> Where:
    if learner in unread:
        return Where.NOT_READ
    if learner in left:
        return Where.LEFT
    return Where.NOT_DECIDED if learner in learners else Where.NOT_THERE


def _as_proposed(row: PlanRow, is_new: bool, nobody: str) -> PlanRow:
    where = row.where
    if is_new and row.actual is None:
        where = Where.SAMPLED if row.unit is not None and row.unit.sampled else Where.PROPOSED
    return replace(row, where=where, nobody=nobody or row.nobody) if where is not row.where or nobody else row


def _row(
    sample: StandingSample,
    unit: AssessedUnit,
    today: date,
    strategies: Strategies,
    why_not: Callable[[str, Key], str],
) -> PlanRow:
    by = sample.due_since(unit.closed, strategies.of(unit.cohort).due_days)
    if unit.answered is not None:
        return PlanRow(sample, _ANSWERED[unit.answered.state], by, unit, unit.answered.on)
    if unit.closed is None and sample.planned.stage == Stage.SUMMATIVE:
        where = Where.NOT_CLOSED
    else:
        begun = Where.UNFINISHED if unit.unfinished else Where.PLANNED
        where = Where.OVERDUE if by is not None and by < today else begun
    return PlanRow(sample, where, by, unit, nobody=why_not(sample.verifier, unit.key))


_ANSWERED = {
    VerificationState.AGREED: Where.AGREED,
    VerificationState.UNCOUNTERSIGNED: Where.NOT_COUNTERSIGNED,
    VerificationState.NOT_AGREED: Where.NOT_AGREED,
    VerificationState.CONFLICT: Where.CONFLICT,
    VerificationState.STALE: Where.STALE,
}


def _answer(row: PlanRow) -> bool | None:
    """Whether what stands of it was agreed; None where nobody has answered to it. An interim look is none: it is not to
    the whole unit."""
    answered = row.unit.answered if row.unit is not None else None
    return None if answered is None or answered.interim else answered.agrees


def _proves(plan: StandingPlan, drawn: frozenset[Key], answered: Mapping[Key, bool | None], of_drawn: Counts) -> str:
    """What the drawn part proves. What was dropped from it by hand counts as not agreed: somebody chose to leave it
    out, and a sample that is chosen proves nothing. An answer that waits for another verifier is none yet, and said."""
    if plan.latest is not None and not plan.latest.said.is_whole:
        return "What the part drawn at random proves is told to those who see every learner."
    if plan.latest is None or not plan.latest.said.drawn_from:
        return "Nothing was drawn at random: nothing is proved of the rest."
    gone = len(drawn & plan.dropped.keys())
    answers = [answer for key in drawn if (answer := answered.get(key)) is not None]
    told = in_words(plan.latest.said.drawn_from, len(answers) + gone, answers.count(False) + gone)
    left_out = f" {gone} of the drawn were dropped by hand and count as not agreed." if gone else ""
    waits = ", ".join(of_drawn._replace(stale=0).left_in_words)
    return told + left_out + (f" {waits} of the drawn: not counted yet." if waits else "")
