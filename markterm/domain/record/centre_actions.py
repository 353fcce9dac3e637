"""What minutes, verified briefs and visits ask for, as the centre's record tells it: by whom until when, and whether it
is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from markterm.domain.record.actions import COMES_TO, FINISHED, ActionRecord, ActionState, StepTaken
from markterm.domain.record.bodies.actions import ActionStep, FollowedUp
from markterm.domain.record.bodies.briefs import BriefVerified
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.visiting import Held
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.standardisation import StandardisationState, standardisations
from markterm.domain.record.steps import in_order
from markterm.domain.record.visits import visits
from markterm.domain.words.local_time import local
from markterm.domain.words.uid import short

_LOOKED_AGAIN = "The brief was verified again."


class Source(StrEnum):
    """What an action of the centre comes from."""

    MINUTES = "minutes"
    BRIEF = "brief"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class CentreAction:
    """An action that minutes, a brief or a visit set: `about` is the code of the qualification that was standardised,
    or of the assignment, or the awarding organisation; `on` the day of the meeting, verification or visit; `set_by` and
    `place` name it in the record. Until it is accepted that of a visit holds what `holds` says, of a `qualification`
    or, where that is empty, of all."""

    source: Source
    about: str
    on: date
    set_by: str
    place: int
    action: ActionRecord
    holds: tuple[str, ...] = ()
    qualification: str = ""

    @property
    def uid(self) -> str:
        """By its beginning people name it."""
        return self.action.uid

    @property
    def where(self) -> str:
        """What it is on: `the minutes of 8580-CERT, 2026-10-07`."""
        return f"the {self.source} of {self.about}, {self.on.isoformat()}"

    @property
    def holding(self) -> str:
        """What waits for it: `claims and retention of 8580-CERT`; nothing once it is accepted."""
        if self.action.is_finished or not self.holds:
            return ""
        return " and ".join(self.holds) + (f" of {self.qualification}" if self.qualification else "")

    def holds_now(self, what: Held) -> bool:
        """Whether that waits for it."""
        return what.value in self.holds and not self.action.is_finished


@dataclass(frozen=True, slots=True)
class _Asked:
    source: Source
    about: str
    on: date
    set_by: str
    place: int
    first: StepTaken
    accepted: StepTaken | None = None
    holds: tuple[str, ...] = ()
    qualification: str = ""


def centre_actions(events: Iterable[Event]) -> tuple[CentreAction, ...]:
    """Every action that the centre's own record tells of, in the order in which they were set. That of a brief is
    accepted as soon as a verifier has looked at the brief again."""
    every = tuple(events)
    steps: dict[tuple[str, int], dict[str, tuple[Event, FollowedUp]]] = {}
    for event in every:
        if event.kind == Kind.FOLLOWED_UP and (said := said_in(event, FollowedUp)) is not None:
            steps.setdefault((said.set_by, said.place), {})[event.uid] = event, said
    asked = sorted(
        (*_of_minutes(every), *_of_briefs(every), *_of_visits(every)), key=lambda each: (each.first.at, each.first.uid)
    )
    return tuple(_action(each, steps.get((each.set_by, each.place), {})) for each in asked)


def action_of_brief(uid: str, events: Iterable[Event]) -> ActionRecord | None:
    """The action that the verification of a brief of that uid set; None where it set none."""
    return next((each.action for each in centre_actions(events) if each.set_by == uid), None)


def _of_minutes(events: Sequence[Event]) -> Iterator[_Asked]:
    for told in standardisations(events):
        if told.state is StandardisationState.DROPPED:
            continue
        for minutes in told.minutes:
            for place, each in enumerate(minutes.said.actions, 1):
                first = _first(minutes.uid, place, each.text, minutes.actor, minutes.at, each.owner, each.due)
                yield _Asked(Source.MINUTES, told.qualification, minutes.on, minutes.uid, place, first)


def _of_briefs(events: Sequence[Event]) -> Iterator[_Asked]:
    briefs = {event.uid: (event, said) for event in events if (said := said_in(event, BriefVerified)) is not None}
    again = {gone: event for event, _ in briefs.values() for gone in event.supersedes}
    for uid, (event, said) in briefs.items():
        if said.action:
            first = _first(uid, 1, said.action, event.actor, event.at, said.owner, said.due)
            by = again.get(uid)
            seen = StepTaken(by.uid, ActionStep.ACCEPTED, _LOOKED_AGAIN, by.actor, by.at) if by is not None else None
            on = said.on or local(event.at).date()
            yield _Asked(Source.BRIEF, said.assignment, on, uid, 1, first, seen)


def _of_visits(events: Sequence[Event]) -> Iterator[_Asked]:
    for visit in visits(events):
        for each in visit.asked if not visit.dropped else ():
            said = each.said
            first = _first(each.uid, 1, said.text, each.actor, each.at, said.owner, said.due)
            about = visit.said.organisation
            yield _Asked(*(Source.VISIT, about, visit.on, each.uid, 1, first), None, said.holds, said.qualification)


def _first(uid: str, place: int, text: str, actor: str, at: datetime, owner: str, due: date | None) -> StepTaken:
    return StepTaken(f"{place}-{uid}", ActionStep.SET, text, actor, at, owner, due)


def _action(asked: _Asked, steps: Mapping[str, tuple[Event, FollowedUp]]) -> CentreAction:
    order, heads = in_order(event for event, _ in steps.values())
    taken = [asked.first, *(_taken(*steps[each]) for each in order)]
    state = min((COMES_TO[steps[each][1].step] for each in heads), key=FINISHED.__getitem__, default=ActionState.OPEN)
    if asked.accepted is not None:
        taken.append(asked.accepted)
        state = ActionState.ACCEPTED
    given = [each for each in taken if each.owner]
    action = ActionRecord(
        asked.first.uid,
        "",
        None,
        [each for each in taken if each.step is ActionStep.SET][-1].text,
        given[-1].owner if given else "",
        next((each.due for each in reversed(taken) if each.due is not None), None),
        state,
        tuple(taken),
        heads,
    )
    return CentreAction(
        asked.source, asked.about, asked.on, asked.set_by, asked.place, action, asked.holds, asked.qualification
    )


def _taken(event: Event, said: FollowedUp) -> StepTaken:
    return StepTaken(event.uid, said.step, said.text, event.actor, event.at, said.owner, said.due)


def in_words(event: Event) -> str:
    """What a step tells, in a line: `action 1-3f2a91 done`."""
    said = FollowedUp.read(event.body)
    whose = f" {'to' if said.step is ActionStep.REASSIGNED else 'for'} {said.owner}" if said.owner else ""
    again = " again" if said.step is ActionStep.SET else ""
    due = f", due {said.due.isoformat()}" if said.due is not None else ""
    return f"action {short(f'{said.place}-{said.set_by}')} {said.step}{again}{whose}{due}"
