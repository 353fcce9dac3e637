"""Observing assessors, and asking learners and witnesses about their work: planned, recorded, or dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep, SeenHow
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.observation import Observation, ObservationState
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.words.errors import Refused


def plan(act: Act, assessor: Member, by: Member | None, said: AssessorObserved, today: date) -> Event:
    """The plan of an observation or interview: `said` is what it is about, `by` whoever is to do it, whoever plans it
    where nobody is named.

    Raises `Refused` when the member is no verifier, the other no assessor, or `by` neither a verifier nor another one;
    and when the day is over.
    """
    member = in_role(act, Role.VERIFIER, "Only a verifier plans observations", "Ask a verifier")
    by = by or member
    _require_assessor(assessor)
    _require_other(assessor, by)
    if Role.VERIFIER not in by.roles:
        raise Refused(
            "Only a verifier observes",
            f"{by.name} ({by.id}) is no verifier at this centre. Nothing was recorded.",
            "Name a verifier.",
        )
    if said.due is None or said.due < today:
        raise Refused(
            "That day is over",
            f"Something is planned until today, {today.isoformat()}, or a later day. Nothing was recorded.",
            "Give the day by which it is to be done.",
        )
    return _event(act, member, replace(said, step=ObservingStep.PLANNED, verifier=by.id))


def record(act: Act, assessor: Member, planned: Observation | None, said: AssessorObserved, today: date) -> Event:
    """What was seen or said: `planned` is what it was planned as, None where nobody had planned it.

    Raises `Refused` when the member is no verifier or is observed themselves, it does not wait to be recorded, nothing
    is told, the day is to come, or nobody says which learner or witness was asked.
    """
    member = in_role(act, Role.VERIFIER, "Only a verifier records observations", "Ask a verifier")
    _require_assessor(assessor)
    _require_other(assessor, member)
    if planned is not None:
        _require_planned(planned)
        plan = planned.said
        said = replace(
            said,
            observation=planned.uid,
            how=plan.how,
            unit=said.unit or plan.unit,
            learner=said.learner or plan.learner,
            witness=said.witness or plan.witness,
        )
    if not said.text.strip() or said.on is None:
        raise Refused(
            "What was seen, and on which day?",
            "A record says on which day it was, and what was seen or said. Nothing was recorded.",
            "Give both.",
        )
    if said.on > today:
        raise Refused(
            "That day is to come",
            f"{said.on.isoformat()} has not been yet. Nothing was recorded.",
            "Give the day on which it was.",
        )
    if (said.how is SeenHow.LEARNER and not said.learner) or (said.how is SeenHow.WITNESS and not said.witness):
        raise Refused(
            "Who was asked?",
            f"A {said.how} says who was asked. Nothing was recorded.",
            "Name the learner or the witness.",
        )
    return _event(act, member, replace(said, step=ObservingStep.RECORDED, verifier=member.id))


def drop(act: Act, planned: Observation, why: str) -> Event:
    """That it does not take place. Raises `Refused` when the member is no verifier, it is not planned any more, or no
    reason is given."""
    member = in_role(act, Role.VERIFIER, "Only a verifier drops observations", "Ask a verifier")
    _require_planned(planned)
    if not why.strip():
        raise Refused(
            "Dropping it needs a reason", "It is planned as before. Nothing was recorded.", "Say why it is dropped."
        )
    plan = planned.said
    said = AssessorObserved(ObservingStep.DROPPED, plan.assessor, plan.how, planned.uid, text=why.strip())
    return _event(act, member, said)


def _require_assessor(assessor: Member) -> None:
    if Role.ASSESSOR not in assessor.roles:
        raise Refused(
            "Only assessors are observed",
            f"{assessor.name} ({assessor.id}) is no assessor at this centre. Nothing was recorded.",
            "Name an assessor.",
        )


def _require_other(assessor: Member, by: Member) -> None:
    if assessor.id == by.id:
        raise Refused(
            "Nobody observes themselves",
            f"{by.name} ({by.id}) is whoever is observed. Nothing was recorded.",
            "Ask another verifier.",
        )


def _require_planned(planned: Observation) -> None:
    if planned.state is not ObservationState.PLANNED:
        raise Refused(
            f"It is {planned.state} already",
            f"The {planned.said.how} of {planned.said.assessor} does not wait any more. Nothing was recorded.",
            "Plan or record another one.",
        )


def _event(act: Act, member: Member, said: AssessorObserved) -> Event:
    event = entry(replace(act, learner=CENTRE), member, Kind.ASSESSOR_OBSERVED, Subject(), said)
    return replace(event, role=Role.VERIFIER.value)
