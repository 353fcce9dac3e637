"""What was destroyed, or is meant to be, as the centre's record tells it. It names nobody.

Who knows a record's name finds whether it was destroyed; who does not learns it from nothing here. A registration is
short: somebody who tries all that there can be would find it, so a destruction record is kept like the centre's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.retaining import Destroyed, DestructionStep, Heads, What
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.steps import in_order
from markterm.domain.words.local_time import local
from markterm.domain.words.uid import short

LAPSES = timedelta(weeks=4)
"""How long what somebody means waits for the second time. Both answer for the same destruction: over a holiday whoever
meant it still means it, but nobody destroys by what somebody who may have left once meant."""

_FURTHER = {
    DestructionStep.INTENDED: 0,
    DestructionStep.TAKEN_BACK: 1,
    DestructionStep.GIVEN_UP: 1,
    DestructionStep.BEGUN: 2,
    DestructionStep.DONE: 3,
}


def name_hash(salt: str, name: str) -> str:
    """What a destruction record has in place of a record's name."""
    return sha256(f"{salt}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class DestructionStepTaken:
    """One step of a destruction: by whom, when, and why."""

    uid: str
    step: DestructionStep
    actor: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Destruction:
    """A destruction: `what` of the learner whose record has that `name`, hashed with `salt`, under which `rule`.

    `uid` is that of its first step; `records` are how far each record went when it began, by the hash of its name.
    """

    uid: str
    what: What
    salt: str
    name: str
    rule: str
    steps: tuple[DestructionStepTaken, ...]
    records: Mapping[str, Heads]

    @property
    def short(self) -> str:
        """The beginning of its uid, by which people name it."""
        return short(self.uid)

    @property
    def of_what(self) -> str:
        """What of the learner it is of, before what it came to: `everything`, `the evidence`."""
        return "the evidence" if self.what is What.EVIDENCE else "everything"

    @property
    def first(self) -> DestructionStepTaken:
        """That somebody meant it."""
        return next(each for each in self.steps if each.uid == self.uid)

    @property
    def last(self) -> DestructionStepTaken:
        """The step that it stands at: what began stands, whoever took it back at the same time."""
        return max(self.steps, key=lambda each: _FURTHER[each.step])

    @property
    def is_pending(self) -> bool:
        """Whether it is only meant: it waits for a second person."""
        return self.last.step is DestructionStep.INTENDED

    @property
    def is_begun(self) -> bool:
        """Whether it began, done or not."""
        return any(each.step in (DestructionStep.BEGUN, DestructionStep.DONE) for each in self.steps)

    @property
    def is_done(self) -> bool:
        """Whether it is done."""
        return any(each.step is DestructionStep.DONE for each in self.steps)

    @property
    def is_unfinished(self) -> bool:
        """Whether it began and is not done: it has to be completed."""
        return self.is_begun and not self.is_done

    def is_coming(self, now: datetime) -> bool:
        """Whether it is meant or begun, and not done: what is only meant lapses."""
        return self.is_unfinished or (self.is_pending and now <= self.lapses_at)

    @property
    def lapses_at(self) -> datetime:
        """Until when it may begin."""
        return self.first.at + LAPSES

    def is_of(self, record: str) -> bool:
        """Whether it is of the learner whose record has that name."""
        return name_hash(self.salt, record) == self.name

    def heads_of(self, record: str) -> Heads | None:
        """How far that record went when its destruction began: the learner's own, or one that it goes on from. None for
        any other, and while it did not begin."""
        if self.what is not What.RECORD or not self.is_begun:
            return None
        return self.records.get(name_hash(self.salt, record))

    @property
    def words(self) -> str:
        """Where it stands, in a clause: `destroyed on 2026-05-04 by cora, under the rule Pearson: …`."""
        day, who = local(self.last.at).date().isoformat(), self.last.actor
        if self.is_done:
            return f"destroyed on {day} by {who}, under the rule {self.rule}"
        if self.is_begun:
            return f"being destroyed since {day} by {who}, and not done: complete it"
        until = local(self.lapses_at).date().isoformat()
        return f"meant to be destroyed since {day} by {who}, which lapses after {until}: {self.first.text}"


def destructions(events: Iterable[Event]) -> tuple[Destruction, ...]:
    """Every destruction that the centre's record tells of, in the order in which each was first meant, but for what was
    taken back before it began, or given up after that."""
    steps: dict[str, dict[str, tuple[Event, Destroyed]]] = {}
    for event in events:
        if event.kind == Kind.DESTROYED and (said := said_in(event, Destroyed)) is not None:
            steps.setdefault(said.destruction or event.uid, {})[event.uid] = event, said
    found = (_destruction(uid, own) for uid, own in steps.items() if uid in own and not own[uid][1].destruction)
    return tuple(each for each in found if each.is_begun or each.is_pending)


def _destruction(uid: str, steps: Mapping[str, tuple[Event, Destroyed]]) -> Destruction:
    first = steps[uid][1]
    given_up = {
        gone for event, said in steps.values() if said.step is DestructionStep.GIVEN_UP for gone in event.supersedes
    }
    own = {each: step for each, step in steps.items() if step[1].name == first.name and each not in given_up}
    taken = []
    records: dict[str, Heads] = {}
    for each in in_order(event for event, _ in own.values()).order:
        event, said = own[each]
        taken.append(DestructionStepTaken(each, said.step, event.actor, event.at, said.text))
        records |= said.records
    return Destruction(uid, first.what, first.salt, first.name, first.rule, tuple(taken), records)


def in_words(said: Destroyed) -> str:
    """What an entry tells, in a line: `destruction of a record begun, under the rule …`. Whose is not said."""
    of = f" {short(said.destruction)}" if said.destruction else ""
    what = "a record" if said.what is What.RECORD else "evidence"
    rule = f", under the rule {said.rule}" if said.rule else ""
    return f"destruction{of} of {what} {said.step}{rule}"
