"""What was claimed for a learner, as the steps of each claim tell: claimed, certificate received, sent, exempt.

A step that was taken back counts no more. Of two who acted without having seen each other both steps count: a
certificate that one of them received is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event
from markterm.domain.record.steps import in_order
from markterm.domain.words.local_time import local

_WORDS = {
    ClaimStep.CLAIMED: "claimed",
    ClaimStep.RECEIVED: "certificate received",
    ClaimStep.SENT: "certificate sent",
    ClaimStep.EXEMPT: "exempt",
    ClaimStep.TAKEN_BACK: "taken back",
}


@dataclass(frozen=True, slots=True)
class ClaimStepTaken:
    """One step of a claim, by whom and when it was recorded; `on` is the day of it."""

    uid: str
    step: ClaimStep
    on: date
    number: str
    text: str
    actor: str
    at: datetime
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """What was claimed of one unit, or of one qualification, where `unit` is None.

    `steps` are all that were taken, in their order; `heads` are the uids of those that no other one replaced, and
    `undone` of those that were taken back.
    """

    unit: UnitKey | None
    qualification: str
    steps: tuple[ClaimStepTaken, ...]
    heads: tuple[str, ...]
    undone: frozenset[str]

    def last(self, step: ClaimStep) -> ClaimStepTaken | None:
        """The last such step that was not taken back; None where there is none."""
        return next((each for each in reversed(self.steps) if each.step is step and each.uid not in self.undone), None)

    @property
    def state(self) -> ClaimStep | None:
        """How far it is: the furthest step that was not taken back; None when nothing stands."""
        far = (ClaimStep.SENT, ClaimStep.RECEIVED, ClaimStep.CLAIMED, ClaimStep.EXEMPT)
        return next((step for step in far if self.last(step) is not None), None)

    @property
    def in_words(self) -> str:
        """How far it is: `claimed, number 17, 2026-03-02`; empty when nothing stands."""
        state = self.state
        step = self.last(state) if state is not None else None
        if state is None or step is None:
            return ""
        number = next((each.number for each in reversed(self.steps) if each.number and each.uid not in self.undone), "")
        return ", ".join(filter(None, (words_of(state), f"number {number}" if number else "", step.on.isoformat())))

    @property
    def place(self) -> str:
        """What is claimed: the code of the unit or of the qualification."""
        return self.unit.code if self.unit is not None else self.qualification


def words_of(step: ClaimStep) -> str:
    """A step in words: `certificate received`."""
    return _WORDS[step]


def claims_of(events: Iterable[Event], placed: Callable[[UnitKey], UnitKey]) -> tuple[ClaimRecord, ...]:
    """What these events tell of claims, in the order in which each began; `placed` says where what was of a unit goes
    on."""
    steps: dict[tuple[UnitKey | None, str], dict[str, tuple[Event, Claimed]]] = {}
    for event in events:
        if (said := said_in(event, Claimed)) is not None and (event.subject.unit is not None or said.qualification):
            unit = placed(event.subject.unit) if event.subject.unit is not None else None
            of = (unit, "" if unit is not None else said.qualification)
            steps.setdefault(of, {})[event.uid] = event, said
    return tuple(_claim(unit, qualification, own) for (unit, qualification), own in steps.items())


def _claim(unit: UnitKey | None, qualification: str, steps: Mapping[str, tuple[Event, Claimed]]) -> ClaimRecord:
    order, heads = in_order(event for event, _ in steps.values())
    undone = {gone for event, said in steps.values() if said.step is ClaimStep.TAKEN_BACK for gone in event.supersedes}
    return ClaimRecord(unit, qualification, tuple(_taken(*steps[each]) for each in order), heads, frozenset(undone))


def _taken(event: Event, said: Claimed) -> ClaimStepTaken:
    on = said.on if said.on is not None else local(event.at).date()
    return ClaimStepTaken(event.uid, said.step, on, said.number, said.text, event.actor, event.at, said.rests_on)


def in_words(event: Event) -> str:
    """What a step of a claim tells, in a line: `8580 certificate received, number 17, as of 2026-03-02`."""
    said = Claimed.read(event.body)
    of = f"{said.qualification} " if event.subject.unit is None and said.qualification else ""
    number = f", number {said.number}" if said.number else ""
    day = f", as of {said.on.isoformat()}" if said.on is not None else ""
    return f"{of}{words_of(said.step)}{number}{day}"
