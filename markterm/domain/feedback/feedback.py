"""Feedback to the learner: strengths and what is missing by learning outcome, from the decisions as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.record.bodies.closing import Released
from markterm.domain.record.citation import Citation, Passage
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.portfolio import Closing, Portfolio, UnitRecord
from markterm.domain.record.states import CriterionState
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.rules.holding import held_back
from markterm.domain.rules.verification import settled_closing
from markterm.domain.words.errors import Refused


@dataclass(frozen=True, slots=True)
class Remark:
    """What the learner is told of one criterion.

    `wording` is the sheet's at the time of the decision, or when it was carried over; `citations` are those of the
    decision's attempt, or earlier ones where nothing new was cited.
    """

    criterion: Criterion
    wording: str
    result: Result
    note: str
    attempt: int
    citations: tuple[Citation, ...] = ()

    @property
    def refers(self) -> bool:
        """Whether it says what is missing for a pass."""
        return self.result is Result.REFER and self.criterion.gates

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The words that were cited."""
        return tuple(citation.passage for citation in self.citations)


@dataclass(frozen=True, slots=True)
class OutcomeFeedback:
    """The remarks on the criteria of one learning outcome, in the sheet's order; those not decided are left out.
    `label` is what stands before its title, `LO1`; a kind of statements of a standard has none. `not_achieved` are
    for a higher grade, and refer nobody."""

    number: int
    title: str
    strengths: tuple[Remark, ...]
    missing: tuple[Remark, ...]
    label: str = ""
    not_achieved: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class UnitFeedback:
    """The feedback on one attempt at a unit. `closing` is None for one that is not closed; `waiting` are the numbers of
    the criteria that are not decided, `higher_open` those that are for a higher grade and need not be. `due_on` is the
    day until which it is to be handed in, or handed in again; None where there is none."""

    unit: Unit
    attempt: int
    closing: Closing | None
    outcomes: tuple[OutcomeFeedback, ...]
    waiting: tuple[str, ...]
    higher_open: tuple[str, ...] = ()
    due_on: date | None = None

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """All of them, outcome by outcome, strengths first."""
        return tuple(each for of in self.outcomes for each in (*of.strengths, *of.missing, *of.not_achieved))


@dataclass(frozen=True, slots=True)
class Following:
    """A unit of an assignment on which there is no feedback yet: `held` is why that of a closed one may not go,
    `due_on` the day until which it is to be handed in."""

    unit: Unit
    held: Refused | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Feedback:
    """What is to go to the learner about a unit, or about an assignment as far as its units can be told of.

    `assignment` is the assignment's code, empty for feedback on a unit alone.
    """

    title: str
    units: tuple[UnitFeedback, ...]
    following: tuple[Following, ...] = ()
    assignment: str = ""

    @cached_property
    def code(self) -> str:
        """The code of the assignment, or of the one unit."""
        return self.assignment or self.units[0].unit.code


def feedback_on_unit(unit: Unit, portfolio: Portfolio, due_on: date | None = None) -> Feedback:
    """The feedback on a unit, also on one that is not closed yet: as far as it is decided. It is `due_on` that day."""
    return Feedback(unit.title, (_unit_feedback(unit, portfolio.unit(unit.key), due_on),))


def feedback_on_assignment(
    assignment: Assignment,
    units: Iterable[Unit],
    portfolio: Portfolio,
    policy: Policy,
    learner: str,
    due_on: Callable[[Unit], date | None] = lambda _: None,
) -> Feedback:
    """The feedback on the units of an assignment that are closed and not held; the others follow.

    `units` are the learner's, `due_on` says on which day each is due. A referral in one unit does not hold back
    another, and neither does an open one.
    """
    by_code = {unit.code: unit for unit in units}
    own = [by_code[code] for code in assignment.units if code in by_code]
    ready: list[UnitFeedback] = []
    following: list[Following] = []
    for unit in own:
        record = portfolio.unit(unit.key)
        why = held_back(policy, learner, unit, portfolio)
        if record.closing is None or why is not None:
            following.append(Following(unit, why, due_on(unit) if record.closing is None else None))
        else:
            ready.append(_unit_feedback(unit, record, due_on(unit)))
    return Feedback(assignment.title, tuple(ready), tuple(following), assignment.code)


def release(
    act: Act, policy: Policy, told: UnitFeedback, portfolio: Portfolio, text: str, assignment: str = ""
) -> Event:
    """The release to the learner of `text`, the feedback `told` as it goes, edited or not.

    It replaces what was released of the same attempt. Raises `Refused` when the unit is not closed, was closed anew or
    changed since the feedback was drawn up, when a case or its verification holds it, when there is no text, or when
    the member neither assesses the unit nor coordinates the centre.
    """
    unit = told.unit
    member = _sender(act, unit)
    closing = releasable_closing(policy, act.learner, told, portfolio)
    if not text.strip():
        raise Refused(
            "There is no feedback",
            f"Nothing was released of {unit.code}: the text is empty.",
            "Write what the learner is to be told, or release the draft as it is.",
        )
    said = Released(closing.uid, text, closing.attempt, assignment)
    releases = portfolio.unit(unit.key).releases
    replaced = tuple(each.uid for each in releases if each.attempt == closing.attempt)
    return entry(act, member, Kind.RELEASED, Subject(unit.key), said, replaced)


def releasable_closing(policy: Policy, learner: str, told: UnitFeedback, portfolio: Portfolio) -> Closing:
    """The closing that the feedback tells of, when that may go to the learner now.

    Raises `Refused` when the unit is not closed, was closed anew or changed since, or when a case or its verification
    holds it.
    """
    unit = told.unit
    record = portfolio.unit(unit.key)
    closing = settled_closing(learner, unit, record)
    if told.closing is None or told.closing.uid != closing.uid:
        raise Refused(
            "Closed anew since",
            f"{unit.code} of {learner} was closed by {closing.actor} after this feedback was drawn up.",
            "Read the feedback as it is now, then release it.",
        )
    waits = held_back(policy, learner, unit, portfolio)
    if waits is not None:
        raise waits
    return closing


def _unit_feedback(unit: Unit, record: UnitRecord, due_on: date | None) -> UnitFeedback:
    outcomes: list[OutcomeFeedback] = []
    waiting: list[str] = []
    higher_open: list[str] = []
    for outcome in unit.outcomes:
        strengths: list[Remark] = []
        missing: list[Remark] = []
        not_achieved: list[Remark] = []
        for criterion in outcome.criteria:
            own = record.criterion(criterion.number)
            decision = own.decision
            if decision is None or own.state in (CriterionState.RESUBMITTED, CriterionState.STALE):
                may_stay = own.state is CriterionState.OPEN and not criterion.gates
                (higher_open if may_stay else waiting).append(criterion.number)
                continue
            remark = _remark(criterion, own, decision)
            (strengths if remark.result is Result.PASS else missing if remark.refers else not_achieved).append(remark)
        told = (tuple(strengths), tuple(missing), outcome.label, tuple(not_achieved))
        outcomes.append(OutcomeFeedback(outcome.number, outcome.title, *told))
    attempt = record.closing.attempt if record.closing is not None else record.attempt
    return UnitFeedback(unit, attempt, record.closing, tuple(outcomes), tuple(waiting), tuple(higher_open), due_on)


def _remark(criterion: Criterion, record: CriterionRecord, decision: Decision) -> Remark:
    # A resubmission is decided on what is new; on what was there before only if nothing new was cited.
    cited = [citation for citation in record.citations if citation.attempt == decision.attempt] or record.citations
    return Remark(
        criterion,
        decision.stands_on or criterion.text,
        decision.result,
        decision.note,
        decision.attempt,
        tuple(cited),
    )


def _sender(act: Act, unit: Unit) -> Member:
    member = known(act)
    if Role.COORDINATOR in member.roles or (Role.ASSESSOR in member.roles and member.approved_for(unit.code)):
        return member
    raise Refused(
        "Not yours to release",
        f"{member.name} ({member.id}) neither assesses {unit.code} nor coordinates this centre.",
        "Ask an assessor of the unit or the coordinator.",
    )
