"""Who rated or observed themselves, or answered for their own action, as the centre's record tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markterm.domain.record.bodies.actions import ActionStep, FollowedUp
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep
from markterm.domain.record.bodies.planning import Rated
from markterm.domain.record.centre_actions import centre_actions
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.who_did_what import OF_THEMSELVES, OTHERS_ACTION, OWN_ACTION, Line, Told, in_places
from markterm.domain.words.finding import Severity


def of_themselves(lines: Iterable[Line], every: Sequence[Event]) -> Iterator[Told]:
    """What of these lines, however it came to be there, is a rating or an observation of whoever recorded it, accepts
    an action of theirs or says of another's that it is done. `every` are all events of the record, in their order."""
    for line in in_places(lines):
        event = line.event
        if event.kind == Kind.RATED:
            rated = said_in(event, Rated)
            if rated is not None and rated.assessor == event.actor:
                yield Told(OF_THEMSELVES, Severity.ERROR, line, f"{event.actor} rated themselves in {rated.unit}")
        elif event.kind == Kind.ASSESSOR_OBSERVED:
            seen = said_in(event, AssessorObserved)
            if seen is not None and seen.step is ObservingStep.RECORDED and seen.assessor == event.actor:
                yield Told(OF_THEMSELVES, Severity.ERROR, line, f"{event.actor} recorded the {seen.how} of themselves")
        elif event.kind == Kind.FOLLOWED_UP and (step := said_in(event, FollowedUp)) is not None:
            owner = _owner(step, every[: next((n for n, each in enumerate(every) if each.uid == event.uid), 0)])
            if step.step is ActionStep.ACCEPTED and owner == event.actor:
                yield Told(OWN_ACTION, Severity.ERROR, line, f"{event.actor} accepted an action that was theirs to do")
            elif step.step is ActionStep.DONE and owner not in ("", event.actor):
                message = f"{event.actor} said that an action is done that was for {owner}"
                yield Told(OTHERS_ACTION, Severity.ERROR, line, message)


def _owner(step: FollowedUp, before: Sequence[Event]) -> str:
    """Whose the action was by then; empty where nothing tells."""
    known = ((each.set_by, each.place, each.action.owner) for each in centre_actions(before))
    return next((owner for set_by, place, owner in known if (set_by, place) == (step.set_by, step.place)), "")
