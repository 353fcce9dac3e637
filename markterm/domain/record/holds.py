"""What holds everything of a learner from being destroyed, and that their evidence was, as their record tells it.

A hold is lifted by whoever names it. Of two who acted without having seen each other, whoever did not lift it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.retaining import EvidenceDestroyed, Hold, HoldStep
from markterm.domain.record.event import Event
from markterm.domain.words.counted import counted
from markterm.domain.words.local_time import local


@dataclass(frozen=True, slots=True)
class HoldSet:
    """A hold that was set by `actor`; `lifted` says that it holds no more."""

    uid: str
    text: str
    actor: str
    at: datetime
    lifted: bool = False


class DestroyedEvidence(NamedTuple):
    """That the evidence was destroyed: by whom, when, under which rule and why; how many files there were. It was that
    of the submissions and closings with the uids `rests_on`; `destruction` names it in the centre's record."""

    destruction: str
    rule: str
    files: int
    text: str
    actor: str
    at: datetime
    rests_on: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """That in a clause: `destroyed under the rule of … on 2026-05-04`."""
        return f"destroyed on {local(self.at).date().isoformat()} under the rule {self.rule}"


def holds_of(events: Iterable[Event]) -> tuple[HoldSet, ...]:
    """The holds that these events tell of, in their order, lifted ones too."""
    every = [(event, said) for event in events if (said := said_in(event, Hold)) is not None]
    lifted = {uid for event, said in every if said.step is HoldStep.LIFTED for uid in event.supersedes}
    return tuple(
        HoldSet(event.uid, said.text, event.actor, event.at, event.uid in lifted)
        for event, said in every
        if said.step is HoldStep.SET
    )


def evidence_destroyed_in(events: Iterable[Event]) -> DestroyedEvidence | None:
    """That the evidence was destroyed, as it was recorded last, with all that it was the evidence of; None when nobody
    did."""
    last: DestroyedEvidence | None = None
    for event in events:
        if (said := said_in(event, EvidenceDestroyed)) is not None:
            of = frozenset(said.rests_on) | (last.rests_on if last is not None else frozenset())
            last = DestroyedEvidence(said.destruction, said.rule, said.files, said.text, event.actor, event.at, of)
    return last


def in_words(event: Event) -> str:
    """What an entry of these kinds tells, in a line."""
    if (destroyed := said_in(event, EvidenceDestroyed)) is not None:
        return f"evidence destroyed, {counted(destroyed.files, 'file')}, under the rule {destroyed.rule}"
    hold = said_in(event, Hold)
    return f"hold {hold.step}" if hold is not None else event.kind
