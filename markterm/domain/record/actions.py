"""The actions on a unit, as their steps tell: what has to be done by whom until when, and whether it is.

Two people may act on one action without having seen each other. Both steps are kept, and what is the less finished
stands: nothing counts as done or accepted that somebody set anew or gave to another at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from markterm.domain.record.bodies.actions import Acknowledged, Action, ActionStep
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.decision import attempt_of
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.steps import in_order
from markterm.domain.words.uid import short


class ActionState(StrEnum):
    """Where an action stands. One that is done waits for the verifier to accept it."""

    OPEN = "open"
    DONE = "done"
    ACCEPTED = "accepted"


COMES_TO = {
    ActionStep.SET: ActionState.OPEN,
    ActionStep.REASSIGNED: ActionState.OPEN,
    ActionStep.DONE: ActionState.DONE,
    ActionStep.ACCEPTED: ActionState.ACCEPTED,
}
"""Where an action stands after each step."""
FINISHED = {state: place for place, state in enumerate(ActionState)}
"""How finished an action in that state is."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of an action, by whom and when; `owner` and `due` where it says them."""

    uid: str
    step: ActionStep
    text: str
    actor: str
    at: datetime
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action on a unit: `uid` is that of the event that set it, `criterion` empty where it is on the unit.

    Of what minutes, a brief or a visit ask for `attempt` is None, and `uid` begins with its place among their actions.
    `text`, `owner` and `due` are as they were said last; `rests_on` are the uids of the decisions that the verifier did
    not agree with, `verification` that of the answer. `steps` are in their order, and `heads` the uids of those that no
    other one replaced.
    """

    uid: str
    criterion: str
    attempt: int | None
    text: str
    owner: str
    due: date | None
    state: ActionState
    steps: tuple[StepTaken, ...]
    heads: tuple[str, ...]
    verification: str = ""
    rests_on: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The beginning of its uid, by which people name it."""
        return short(self.uid)

    @property
    def first(self) -> StepTaken:
        """The step that set it."""
        return next(each for each in self.steps if each.uid == self.uid)

    @property
    def last(self) -> StepTaken:
        """The step that it stands at."""
        return next(each for each in reversed(self.steps) if COMES_TO[each.step] is self.state)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is ActionState.OPEN

    @property
    def is_finished(self) -> bool:
        """Whether a verifier accepted what was done."""
        return self.state is ActionState.ACCEPTED

    @property
    def holds(self) -> bool:
        """Whether feedback and the next attempt wait for it: it is on decisions that were not agreed, and is not
        finished."""
        return bool(self.rests_on) and not self.is_finished

    def is_overdue(self, today: date) -> bool:
        """Whether it is to be done, and its day is past."""
        return self.state is ActionState.OPEN and self.due is not None and self.due < today

    def in_words(self, today: date) -> str:
        """Where it stands: `open`, `overdue`, `done`, `accepted`."""
        return "overdue" if self.is_overdue(today) else self.state.value


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That an assessor has read the report of the verification of that uid, and what they say to it."""

    uid: str
    verification: str
    word: str
    actor: str
    at: datetime


def actions_of(events: Iterable[Event]) -> tuple[ActionRecord, ...]:
    """The actions that these events of one unit tell of, in the order in which they were set."""
    steps: dict[str, dict[str, tuple[Event, Action]]] = {}
    for event in events:
        if event.kind == Kind.ACTION and (said := said_in(event, Action)) is not None:
            steps.setdefault(said.action or event.uid, {})[event.uid] = event, said
    # Steps of an action of which the beginning is not there are shown in the log, and say nothing of any other one.
    return tuple(_action(uid, own) for uid, own in steps.items() if uid in own and not own[uid][1].action)


def acknowledgements_of(events: Iterable[Event]) -> tuple[Acknowledgement, ...]:
    """The reports that were read, as these events of one unit tell."""
    read = ((event, said_in(event, Acknowledged)) for event in events if event.kind == Kind.ACKNOWLEDGED)
    return tuple(
        Acknowledgement(event.uid, said.verification, said.word, event.actor, event.at)
        for event, said in read
        if said is not None
    )


def _action(uid: str, steps: Mapping[str, tuple[Event, Action]]) -> ActionRecord:
    event, first = steps[uid]
    order, heads = in_order(step for step, _ in steps.values())
    taken = [_taken(*steps[each]) for each in order]
    given = [each for each in taken if each.owner]
    asked = [each for each in taken if each.step is ActionStep.SET]
    return ActionRecord(
        uid,
        first.criterion,
        attempt_of(event),
        asked[-1].text,
        given[-1].owner if given else "",
        next((each.due for each in reversed(given) if each.due is not None), None),
        min((COMES_TO[steps[each][1].step] for each in heads), key=FINISHED.__getitem__, default=ActionState.OPEN),
        tuple(taken),
        heads,
        first.verification,
        first.rests_on,
    )


def _taken(event: Event, said: Action) -> StepTaken:
    return StepTaken(event.uid, said.step, said.text, event.actor, event.at, said.owner, said.due)


def in_words(event: Event) -> str:
    """What a step of an action tells, in a line: `action 3f2a91c0 set on 1.2 for asha, due 2026-03-16`."""
    said = Action.read(event.body)
    on = f" on {said.criterion}" if said.criterion else ""
    whose = f" {'to' if said.step is ActionStep.REASSIGNED else 'for'} {said.owner}" if said.owner else ""
    again = " again" if said.step is ActionStep.SET and said.action else ""
    due = f", due {said.due.isoformat()}" if said.due is not None else ""
    return f"action {short(said.action or event.uid)} {said.step}{again}{on}{whose}{due}"
