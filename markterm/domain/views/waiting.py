"""Whom a unit of a learner waits for: every step that is due now, who takes it, and since when.

One rule for every surface. A unit that is closed was not told yet, and one that was told and is not to be verified
waits for nobody, until the whole qualification can be claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from markterm.domain.assessed.assignment import Assignment, Cell
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.after_closing import NOTHING_FOLLOWED
from markterm.domain.record.decision import Decision
from markterm.domain.record.event import Kind, Result
from markterm.domain.record.portfolio import Closing, Portfolio, UnitRecord
from markterm.domain.record.states import WAITING, CriterionState, VerificationState
from markterm.domain.record.verifying import INTERIM
from markterm.domain.rules.countersignature import waiting as waiting_for_countersignature
from markterm.domain.views.due import TO_MEND, Due, Person, Step, in_turn

_ON_THE_WHOLE_RECORD = (Step.LOOK, Step.CLOSE, Step.VERIFY, Step.RELEASE, Step.RESUBMIT, Step.CLAIM)

_TOLD = {Step.RELEASE, Step.RESUBMIT}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a unit's own record does not tell: whether there are files that could be marked, how many of its decisions
    do not fit the sheet, whether a part of the learner's record could not be read, and what is not marked before the
    brief of its assignment is verified; and the learner's assignments, of which each may have a day on which it is
    due."""

    has_evidence: bool = True
    stale: int = 0
    incomplete: bool = False
    held: frozenset[Cell] = frozenset()
    assignments: tuple[Assignment, ...] = ()


NOTHING_SPECIAL = Circumstances()


def steps_due(
    unit: Unit, portfolio: Portfolio, policy: Policy, around: Circumstances = NOTHING_SPECIAL
) -> tuple[Due, ...]:
    """The steps that the unit waits for, those that wait longest first; none when it waits for nobody.

    A record of which a part could not be read is mended before anything is done that rests on all of it. Of who left
    the course nothing is asked any more but to resolve the cases that are open.
    """
    record = portfolio.unit(unit.key)
    closing = record.closing
    if portfolio.is_away:
        return in_turn(_of_who_left(unit, portfolio, around))
    due = list(
        _until_closed(unit, portfolio, record, around)
        if closing is None
        else _after_closing(record, closing, policy, around)
    )
    if record.after is not NOTHING_FOLLOWED:
        due = list(_beside_answers(due, record))
    if portfolio.cases:
        due = list(_beside_cases(due, unit, portfolio))
    if around.incomplete:
        due = [TO_MEND, *(each for each in due if each.step not in _ON_THE_WHOLE_RECORD)]
    return in_turn(due)


def _beside_answers(due: Iterable[Due], record: UnitRecord) -> Iterator[Due]:
    """What is due beside what followed a verification: the actions on the unit, and a report to be read; what waits for
    them is left out."""
    after = record.after
    held = any(each.holds for each in after.actions)
    to_do = [each.last.at for each in after.actions if each.is_open]
    if to_do:
        yield Due(Step.ACT, Person.OWNER, min(to_do))
    done = [each.last.at for each in after.actions if not each.is_open and not each.is_finished]
    if done:
        yield Due(Step.ACCEPT, Person.VERIFIER, min(done))
    if after.looks or after.verifications:
        from markterm.domain.record.disagreement import disagreements, unread_report  # Most units have no answer.

        held = held or bool(disagreements(record))
        report = unread_report(record)
        if report is not None:
            yield Due(Step.ACKNOWLEDGE, Person.ASSESSOR, report.at)
    yield from (each for each in due if not (held and each.step in _TOLD))


def _of_who_left(unit: Unit, portfolio: Portfolio, around: Circumstances) -> Iterator[Due]:
    if around.incomplete:
        yield TO_MEND
    yield from (each for each in _beside_cases((), unit, portfolio) if each.step is Step.RESOLVE)


def _beside_cases(due: Iterable[Due], unit: Unit, portfolio: Portfolio) -> Iterator[Due]:
    """What is due beside the open cases that the unit is in: what one of them holds waits for it."""
    own = [each for each in portfolio.cases if each.is_open and each.concerns(unit.key)]
    if own:
        yield Due(Step.RESOLVE, Person.COORDINATOR, min(each.first.at for each in own))
    held: set[Step] = set()
    for case in own:
        if case.holds:
            held |= _TOLD
        if case.suspects:
            held |= {Step.CLOSE} if case.criterion else {Step.CLOSE, Step.MARK}
    yield from (each for each in due if each.step not in held)


def told(record: UnitRecord) -> datetime | None:
    """When the learner was told of the closing that stands; None if they were not, or the unit is open."""
    release = record.after.released(record.closing.uid) if record.closing is not None else None
    return release.at if release is not None else None


def to_claim(
    qualification: str, counted: Iterable[str], due: Mapping[str, tuple[Due, ...]], portfolio: Portfolio
) -> Due | None:
    """The claim of a qualification that is complete with the units of these codes, `due` being what each waits for.

    None while one of them waits for anybody or was not told to the learner, once it was claimed, and for who left: that
    blocks it.
    """
    codes = () if portfolio.is_away else tuple(counted)
    if any(each.unit is None and each.qualification == qualification and each.state for each in portfolio.claims):
        return None
    if not codes or any(each.step is not Step.ACKNOWLEDGE for code in codes for each in due.get(code, (TO_MEND,))):
        return None
    went = [told(portfolio.unit(key)) for key in map(portfolio.begun.get, codes) if key is not None]
    return Due(Step.CLAIM, Person.COORDINATOR, max((at for at in went if at is not None), default=None))


def _until_closed(unit: Unit, portfolio: Portfolio, record: UnitRecord, around: Circumstances) -> Iterator[Due]:
    attempt = record.attempt
    submission = record.submission
    if submission is not None and submission.attempt < attempt:
        submission = None  # What is marked now was not handed in here.
    handed_in = submission is not None
    if not handed_in or portfolio.declared(unit.key) is None:
        yield Due(Step.SUBMIT, Person.LEARNER, submission.at if submission is not None else None)
    own = [record.criterion(criterion.number) for criterion in unit.criteria]
    states = {each.state for each in own}
    # What is for a higher grade may stay open: nobody waits for it, and the unit can be closed.
    gating = set(record.states(unit.gating)) if unit.higher else states
    if unit.no_sheet or unit.faulty:
        yield TO_MEND
    if unit.faulty:
        return  # Nothing is decided, settled or closed on a sheet that cannot be relied on.
    settles = {CriterionState.CONFLICT, CriterionState.STALE} & states or (around.stale and not unit.no_sheet)
    if settles:
        clash = [d.at for each in own if each.state is CriterionState.CONFLICT for d in each.standing]
        yield Due(Step.SETTLE, Person.ASSESSOR, max(clash, default=None))
    begun = any(each.live or each.citations for each in record.criteria.values())
    to_decide = not states or CriterionState.OPEN in gating or CriterionState.RESUBMITTED in gating
    if to_decide and not unit.no_sheet and (around.has_evidence or handed_in or begun):
        since = _marking_began(record, attempt)
        held = _held(unit, record, around)
        if any(held):
            yield Due(Step.VERIFY_BRIEF, Person.VERIFIER, since)
        if not all(held) or not held:
            yield Due(Step.MARK, Person.ASSESSOR, since)
    unsigned = [decision.at for _, decision in waiting_for_countersignature(unit, portfolio)]
    if unsigned:
        yield Due(Step.COUNTERSIGN, Person.ASSESSOR, min(unsigned))
    if record.after is not NOTHING_FOLLOWED:
        yield from _looked_at(record, attempt)
    if not to_decide and not unsigned and not settles and not unit.no_sheet:
        yield Due(Step.CLOSE, Person.ASSESSOR, _latest(each.decision for each in own))


def _held(unit: Unit, record: UnitRecord, around: Circumstances) -> list[bool]:
    """Of each criterion that is still to be decided whether its brief is verified first; nothing where none is held."""
    if not around.held:
        return []
    to_decide = (each.number for each in unit.gating if record.criterion(each.number).state in WAITING)
    return [Cell(unit.code, number) in around.held for number in to_decide]


def _looked_at(record: UnitRecord, attempt: int) -> Iterator[Due]:
    """What a unit that is still marked waits for since an interim look, or because it was sampled for one."""
    state = record.verification
    own = [each for each in record.after.looks if each.attempt == attempt]
    if state is VerificationState.NOT_AGREED and not record.closing:
        yield Due(Step.SETTLE, Person.ASSESSOR, max(each.at for each in own))
    looks = [each.at for each in own if not (each.unfinished or each.in_training)]
    sample = record.after.sample(attempt, INTERIM)
    decided = _latest(each.decision for each in record.criteria.values())
    if sample is not None and decided is not None and (not looks or state is VerificationState.CONFLICT):
        yield Due(Step.LOOK, Person.VERIFIER, max((sample.at, decided, *looks)))


def _after_closing(record: UnitRecord, closing: Closing, policy: Policy, around: Circumstances) -> Iterator[Due]:
    if around.stale or record.changed_since_closing:
        since = _latest(each.decision for each in record.criteria.values())
        yield Due(Step.SETTLE, Person.ASSESSOR, since if record.changed_since_closing else None)
        return
    answers = record.after.verified(closing.uid)
    if record.verification is VerificationState.CONFLICT:
        yield Due(Step.VERIFY, Person.VERIFIER, max(each.at for each in answers))
        return
    against = [each.at for each in answers if not each.agrees]
    if against:
        yield Due(Step.SETTLE, Person.ASSESSOR, max(against))
        if goes_on := [each.at for each in answers if each.unfinished or each.in_training]:
            yield Due(Step.VERIFY, Person.VERIFIER, max(*goes_on, *against))
        return
    if record.awaits_verification:
        sampled = record.after.sample(closing.attempt)
        yield Due(Step.VERIFY, Person.VERIFIER, max(closing.at, sampled.at) if sampled is not None else closing.at)
        if policy.feedback_waits_for_verification:
            return
    release = told(record)
    if release is None:
        yield Due(Step.RELEASE, Person.ASSESSOR, max((closing.at, *(each.at for each in answers))))
    elif closing.outcome is Result.REFER:
        left = closing.attempt < policy.attempts
        yield Due(Step.RESUBMIT, Person.LEARNER if left else Person.COORDINATOR, release)


def _marking_began(record: UnitRecord, attempt: int) -> datetime | None:
    """When the marking of that attempt could begin: when it was handed in or the unit was reopened; else with the first
    thing that was recorded of the unit."""
    began = [each.at for each in record.submissions if each.attempt == attempt][:1]
    began += [event.at for event in record.events if event.kind == Kind.REOPENED]
    if not began:
        began = [event.at for each in record.criteria.values() for event in each.events[:1]]
        return min(began, default=None)
    return max(began)


def _latest(decisions: Iterable[Decision | None]) -> datetime | None:
    return max((decision.at for decision in decisions if decision is not None), default=None)
