"""Who answered for their own work after a verification or in a case, or for somebody else, as a record tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markterm.domain.record.actions import ActionRecord, actions_of
from markterm.domain.record.bodies.actions import Acknowledged, Action, ActionStep
from markterm.domain.record.bodies.cases import Case, CaseAbout, CaseStep
from markterm.domain.record.bodies.criterion import Countersigned
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import Sampled
from markterm.domain.record.cases import ASKED_FOR
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.own_work import OWN, own_work
from markterm.domain.record.portfolio import fold
from markterm.domain.record.who_did_what import (
    OTHERS_ACTION,
    OTHERS_REPORT,
    OWN_ACTION,
    OWN_APPEAL,
    OWN_FOLLOWED_UP,
    Line,
    Told,
    in_places,
)
from markterm.domain.words.finding import Severity

_ASKED = (Kind.ACTION, Kind.CASE, Kind.ACKNOWLEDGED, Kind.SAMPLED)
_DECIDING = (Kind.DECIDED, Kind.COUNTERSIGNED, Kind.WITHDRAWN)


def answered_own(lines: Iterable[Line], every: Sequence[Event]) -> Iterator[Told]:
    """What of these lines answers, however it came to be there, for whoever made it or for somebody else: an action, a
    sample, an acknowledgement, an appeal, a case. `every` are all events of the learner, in their order."""
    if not any(event.kind in _ASKED for event in every):
        return
    places = {event.uid: place for place, event in enumerate(every)}
    has_cases = any(event.kind == Kind.CASE for event in every)
    for line in in_places(lines):
        event = line.event
        if event.kind not in _ASKED and not (has_cases and event.kind in _DECIDING):
            continue
        for code, message in _found(event, every[: places.get(event.uid, 0)]):
            yield Told(code, Severity.ERROR, line, f"{event.actor} {message}")


def _found(event: Event, before: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Codes, and what whoever made the event did."""
    if event.kind == Kind.ACTION and (action := said_in(event, Action)) is not None:
        yield from _of_action(event, action, before)
    elif event.kind == Kind.SAMPLED and (sample := said_in(event, Sampled)) is not None:
        if sample.verifier and _marked(event, sample.verifier, before):
            yield OWN_FOLLOWED_UP, f"sampled it for {sample.verifier}, who marked the unit themselves"
    elif event.subject.unit is not None and said_in(event, Acknowledged) is not None:
        # What was carried from another unit is work on this one: the record is asked as the front desk asks it.
        if not own_work(fold(before).unit(event.subject.unit), event.actor):
            yield OTHERS_REPORT, "acknowledged a report on work in which they had no part"
    elif event.kind in _DECIDING:
        if any(event.actor in _deciders(case, before) for case in _open_appeals(before) if _is_on(event, case, before)):
            yield OWN_APPEAL, "decided again what is appealed against: a decision of their own"
    elif event.kind == Kind.CASE and (step := said_in(event, Case)) is not None and step.step is CaseStep.DECIDED:
        opened = next((each for each in before if each.uid == step.case), None)
        case = said_in(opened, Case) if opened is not None else None
        if opened is not None and case is not None and case.about not in ASKED_FOR:
            what = "an appeal against" if case.about is CaseAbout.APPEAL else "a case on"
            if event.actor in (_deciders(case, before) if case.rests_on else _decided(opened, case, before)):
                yield OWN_APPEAL, f"settled {what} a decision of their own"


def _of_action(event: Event, said: Action, before: Sequence[Event]) -> Iterator[tuple[str, str]]:
    action: ActionRecord | None = next((each for each in actions_of(before) if each.uid == said.action), None)
    if said.step is ActionStep.SET and _marked(event, event.actor, before):
        yield OWN_FOLLOWED_UP, "set an action on a unit that they marked themselves"
    elif said.step is ActionStep.DONE and action is not None and action.owner != event.actor:
        yield OTHERS_ACTION, f"said that an action is done that was for {action.owner}"
    elif said.step is ActionStep.ACCEPTED:
        if action is not None and action.owner == event.actor:
            yield OWN_ACTION, "accepted an action that was theirs to do"
        elif _marked(event, event.actor, before):
            yield OWN_ACTION, "accepted an action on a unit that they marked themselves"


def _marked(event: Event, member: str, before: Iterable[Event]) -> bool:
    """Whether that member had decided, countersigned or closed anything of the unit that the event is on."""
    unit = event.subject.unit
    return any(each.kind in OWN and each.subject.unit == unit and each.actor == member for each in before)


def _open_appeals(before: Iterable[Event]) -> tuple[Case, ...]:
    """What opened the appeals that nobody closed by then."""
    opened: dict[str, Case] = {}
    for event in before:
        said = said_in(event, Case) if event.kind == Kind.CASE else None
        if said is None:
            continue
        if said.step is CaseStep.OPENED and said.about is CaseAbout.APPEAL:
            opened[event.uid] = said
        elif said.step is CaseStep.CLOSED:
            opened.pop(said.case, None)
    return tuple(opened.values())


def _is_on(event: Event, case: Case, before: Iterable[Event]) -> bool:
    """Whether the event is on a criterion of which a decision is appealed against."""
    return any(each.uid in case.rests_on and each.subject == event.subject for each in before)


def _deciders(case: Case, before: Iterable[Event]) -> frozenset[str]:
    """Who made or countersigned the decisions that a case rests on."""
    return frozenset(
        each.actor
        for each in before
        if each.uid in case.rests_on
        or ((signed := said_in(each, Countersigned)) is not None and signed.decision in case.rests_on)
    )


def _decided(opened: Event, case: Case, before: Iterable[Event]) -> frozenset[str]:
    """Who decided or countersigned what a case is on that rests on no decision: a criterion, a unit, or everything."""
    unit = opened.subject.unit
    return frozenset(
        each.actor
        for each in before
        if each.kind in (Kind.DECIDED, Kind.COUNTERSIGNED)
        and (unit is None or (each.subject.unit is not None and each.subject.unit.code == unit.code))
        and (not case.criterion or each.subject.criterion == case.criterion)
    )
