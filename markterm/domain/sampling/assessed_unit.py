"""What a plan knows of one unit of one learner: who assessed it, when, how, and what verifiers said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.qualification import Qualification
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.moving import Carried
from markterm.domain.record.decision import Decision
from markterm.domain.record.event import Kind
from markterm.domain.record.methods_used import methods_used
from markterm.domain.record.plans import Given
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.states import VerificationState
from markterm.domain.record.verifying import INTERIM, SUMMATIVE, Sample, Verification
from markterm.domain.words.local_time import local


class Answered(NamedTuple):
    """What a verifier answered last: on which day, who, and what all answers come to beside what stands now.
    `interim` says that it was an interim look, `report` what became of what it says to the assessor; empty where it
    says nothing to them. `countersigned_by` is who countersigned it; empty where nobody did."""

    on: date
    verifier: str
    state: VerificationState
    interim: bool = False
    report: str = ""
    countersigned_by: str = ""

    @property
    def agrees(self) -> bool | None:
        """Whether what stands is agreed; None where the answer is stale, and so none to it, where verifiers contradict
        each other, or where it is not countersigned."""
        return None if self.state in _NO_ANSWER else self.state is VerificationState.AGREED


_NO_ANSWER = (VerificationState.STALE, VerificationState.CONFLICT, VerificationState.UNCOUNTERSIGNED)


class AssessedUnit(NamedTuple):
    """A learner's unit in which something is decided.

    `assessor` closed it, or decided most of it while it is open; `people` are all who decided, countersigned or closed
    anything in it. `began` is whoever decided something in it, each with the day of their first decision; `closed` is
    the day of the closing, None while it is open, and `outcome` what it was closed with. `labels` are what else a plan
    has to cover, each what it is and its name; `answered` is a verifier's answer to what stands, `not_agreed` that
    there was one against it, at any attempt. `was` are the codes that the unit had before it was renumbered, `sampled`
    says who sampled its present attempt and why, `given` when, to whom and until when, and `unfinished`
    that a verifier has begun with it. A named tuple: a centre has tens of thousands.
    """

    learner: str
    unit: str
    cohort: str
    assessor: str
    people: tuple[str, ...]
    began: tuple[tuple[str, date], ...]
    closed: date | None = None
    outcome: str = ""
    attempt: int = 1
    in_training: bool = False
    not_agreed: bool = False
    has_open_case: bool = False
    answered: Answered | None = None
    labels: tuple[tuple[str, str], ...] = ()
    was: tuple[str, ...] = ()
    sampled: str = ""
    unfinished: bool = False
    given: Given | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The learner and the unit: what a sample is of."""
        return self.learner, self.unit


def assessed_units(
    learner: Learner,
    units: Iterable[Unit],
    portfolio: Portfolio,
    assignments: Sequence[Assignment],
    qualifications: Sequence[Qualification],
) -> Iterator[AssessedUnit]:
    """The learner's units in which anything is decided now; `assignments` and `qualifications` are theirs."""
    cases = [case for case in portfolio.cases if case.is_open]
    for unit in units:
        record = portfolio.unit(unit.key)
        standing = _standing(record)
        if not standing:
            continue
        closing = record.closing
        assessor = assessor_of(record)
        yield AssessedUnit(
            learner.registration,
            unit.code,
            cohort_of(unit.code, qualifications, learner),
            assessor,
            people_of(record),
            _began(record),
            local(closing.at).date() if closing is not None else None,
            closing.word if closing is not None else "",
            record.attempt,
            any(decision.in_training for decision in standing) or _verified_in_training(record),
            any(not each.agrees for each in (*record.after.verifications, *record.after.looks)),
            any(case.concerns(unit.key) for case in cases),
            _answered(record),
            tuple(
                sorted(
                    {
                        *_labels(learner, record, standing, assignments),
                        *(("method", each.words) for each in methods_used(portfolio, unit.key)),
                    }
                )
            ),
            codes_before(unit, portfolio),
            sampled_in_words(record),
            record.verification is VerificationState.UNFINISHED,
            Given(sample.at, sample.stage, sample.verifier, sample.due) if (sample := _sample(record)) else None,
        )


_MARKING = (Kind.DECIDED, Kind.COUNTERSIGNED, Kind.CLOSED)


def people_of(record: UnitRecord) -> tuple[str, ...]:
    """Everybody who decided, countersigned or closed anything in a unit, also what was taken back since."""
    every = (*record.events, *(event for each in record.criteria.values() for event in each.events))
    return tuple(sorted({event.actor for event in every if event.kind in _MARKING}))


def assessor_of(record: UnitRecord) -> str:
    """Who closed a unit, or decided most of what stands in it while it is open; empty where nothing does."""
    if record.closing is not None:
        return record.closing.actor
    counts = Counter(decision.actor for decision in _standing(record))
    return min(counts, key=lambda actor: (-counts[actor], actor), default="")


def _standing(record: UnitRecord) -> list[Decision]:
    return [decision for each in record.criteria.values() for decision in each.standing]


def cohort_of(unit_code: str, qualifications: Sequence[Qualification], learner: Learner) -> str:
    """The qualification that the learner takes the unit for: the first of theirs that has it, or else the first."""
    for each in qualifications:
        if any(unit_code == listed.code for group in each.groups for listed in group.units):
            return each.code
    return next(iter(learner.qualifications), "")


def _sample(record: UnitRecord) -> Sample | None:
    samples = (record.after.sample(record.attempt, stage) for stage in (SUMMATIVE, INTERIM))
    return next((each for each in samples if each is not None), None)


def sampled_in_words(record: UnitRecord) -> str:
    """Who sampled the present attempt, when and why; empty where nobody did."""
    sample = _sample(record)
    return f"sampled by {sample.actor} on {sample.at.date()}: {sample.why.strip()}" if sample is not None else ""


_ANSWERED = (
    VerificationState.AGREED,
    VerificationState.UNCOUNTERSIGNED,
    VerificationState.NOT_AGREED,
    VerificationState.CONFLICT,
    VerificationState.STALE,
)


def _verified_in_training(record: UnitRecord) -> bool:
    """Whether a verifier in training answered to the present attempt, and nobody has countersigned it."""
    answers = (*record.after.looks, *record.after.verifications)
    return any(each.in_training for each in answers if each.attempt == record.attempt)


def _answered(record: UnitRecord) -> Answered | None:
    """What was answered last at the present attempt, and what the answers come to."""
    if record.verification not in _ANSWERED:
        return None
    answers = [each for each in record.after.verifications if each.attempt == record.attempt]
    answers = answers or [each for each in record.after.looks if each.attempt == record.attempt]
    last = max(answers, key=lambda each: (each.at, each.uid), default=None)
    if last is None:
        return None
    return Answered(
        local(last.at).date(),
        last.countersigns or last.actor,
        record.verification,
        last.is_interim,
        _report(record, last),
        last.actor if last.countersigns else "",
    )


def _report(record: UnitRecord, last: Verification) -> str:
    if last.unfinished:
        return "not finished yet"
    if record.verification in (VerificationState.CONFLICT, VerificationState.UNCOUNTERSIGNED):
        return "not to be read yet"
    if not last.speaks_to_assessor:
        return ""
    read = record.after.acknowledged(last.uid)
    return f"acknowledged by {read.actor}" if read is not None else "not acknowledged yet"


def _labels(
    learner: Learner, record: UnitRecord, standing: Iterable[Decision], assignments: Sequence[Assignment]
) -> set[tuple[str, str]]:
    labels = {("records", f"attempt {record.attempt}")}
    if learner.site:
        labels.add(("location", learner.site))
    if record.submission is not None:
        labels.update(("evidence", _ending(name)) for name in record.submission.files)
    by_code = {each.code: each for each in assignments}
    for occasion in {decision.occasion for decision in standing if decision.occasion.assignment}:
        labels.add(("assignment", occasion.assignment))
        own = by_code.get(occasion.assignment)
        task = own.task(occasion.task) if own is not None and occasion.task is not None else None
        if task is not None and task.evidence:
            labels.add(("method", task.evidence))
    return labels


def _ending(name: str) -> str:
    """The kind of a file, as its name tells it."""
    base, _, ending = name.rpartition("/")[2].rpartition(".")
    return f".{ending.lower()}" if base else "without an ending"


def _began(record: UnitRecord) -> tuple[tuple[str, date], ...]:
    """Whoever made a decision that was not taken back, each with the day of their first one."""
    first: dict[str, datetime] = {}
    for decision in (decision for each in record.criteria.values() for decision in each.live):
        first[decision.actor] = min(first.get(decision.actor, decision.at), decision.at)
    return tuple((actor, local(at).date()) for actor, at in sorted(first.items()))


def codes_before(unit: Unit, portfolio: Portfolio) -> tuple[str, ...]:
    """The codes that the unit had before it was renumbered."""
    codes: dict[str, None] = {}
    for event in portfolio.events:
        if event.kind == Kind.CARRIED and (said := said_in(event, Carried)) is not None and said.to_unit:
            old = event.subject.unit
            if old is not None and old.code != unit.code and portfolio.placing.unit(old) == unit.key:
                codes[old.code] = None
    return tuple(codes)
