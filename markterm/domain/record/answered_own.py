"""Who answered for their own work after a verification or in a case, as a record tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markterm.domain.record.actions import ActionRecord, actions_of
from markterm.domain.record.bodies.actions import Action, ActionStep
from markterm.domain.record.bodies.cases import Case, CaseAbout, CaseStep
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.who_did_what import OWN_ACTION, OWN_APPEAL, Line, Told, in_places
from markterm.domain.words.finding import Severity


def answered_own(lines: Iterable[Line], every: Sequence[Event]) -> Iterator[Told]:
    """What of these lines, however it came to be there, accepts an action of whoever accepts it, or on a unit that they
    marked; and what decides again, or settles, an appeal against whoever does so. `every` are all events of the
    learner, in their order."""
    if not any(event.kind in (Kind.ACTION, Kind.CASE) for event in every):
        return
    places = {event.uid: place for place, event in enumerate(every)}
    for line in in_places(lines):
        event = line.event
        before = every[: places.get(event.uid, 0)]
        if event.kind == Kind.ACTION and (said := said_in(event, Action)) is not None:
            if said.step is ActionStep.ACCEPTED and (why := _own_action(event, said, before)):
                yield Told(OWN_ACTION, Severity.ERROR, line, f"{event.actor} accepted an action {why}")
        elif event.kind == Kind.DECIDED and event.supersedes:
            for case in _open_appeals(before):
                appealed = set(event.supersedes).intersection(case.rests_on)
                if any(each.uid in appealed and each.actor == event.actor for each in before):
                    message = f"{event.actor} decided again what is appealed against: a decision of their own"
                    yield Told(OWN_APPEAL, Severity.ERROR, line, message)
        elif event.kind == Kind.CASE and (step := said_in(event, Case)) is not None and step.step is CaseStep.DECIDED:
            against = _rests_on(step.case, before)
            if any(each.uid in against and each.actor == event.actor for each in before):
                message = f"{event.actor} settled an appeal against a decision of their own"
                yield Told(OWN_APPEAL, Severity.ERROR, line, message)


def _own_action(event: Event, said: Action, before: Sequence[Event]) -> str:
    """Why it is not theirs to accept; empty when it is."""
    unit = event.subject.unit
    action: ActionRecord | None = next((each for each in actions_of(before) if each.uid == said.action), None)
    if action is not None and action.owner == event.actor:
        return "that was theirs to do"
    marked = (Kind.DECIDED, Kind.COUNTERSIGNED, Kind.CLOSED)
    if any(each.kind in marked and each.subject.unit == unit and each.actor == event.actor for each in before):
        return "on a unit that they marked themselves"
    return ""


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


def _rests_on(case: str, before: Iterable[Event]) -> tuple[str, ...]:
    opened = next((event for event in before if event.uid == case), None)
    said = said_in(opened, Case) if opened is not None else None
    return said.rests_on if said is not None else ()
