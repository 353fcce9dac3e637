"""What follows the closing of a unit: it may be picked for verification, is verified, and goes to the learner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from markterm.domain.record.bodies.body import attempt_said
from markterm.domain.record.bodies.closing import Released
from markterm.domain.record.bodies.verifying import Sampled, Verified
from markterm.domain.record.decision import attempt_of
from markterm.domain.record.event import Event, Kind

if TYPE_CHECKING:
    from markterm.domain.record.actions import Acknowledgement, ActionRecord


@dataclass(frozen=True, slots=True)
class Sample:
    """An attempt at a unit that was picked for verification, and why. It covers every closing of that attempt."""

    uid: str
    attempt: int
    why: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Verification:
    """A verifier's answer to one closing of a unit, by its uid: `agrees`, or not and why."""

    uid: str
    closing: str
    attempt: int
    agrees: bool
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """Feedback that went to the learner: the Markdown as it went, and the uid of the closing that it tells of.

    `assignment` is that of which it was feedback on the whole; empty for feedback on the unit alone.
    """

    uid: str
    closing: str
    attempt: int
    text: str
    assignment: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AfterClosing:
    """What followed the closings of one unit, each in the order of the record; what was replaced since is left out."""

    samples: tuple[Sample, ...] = ()
    verifications: tuple[Verification, ...] = ()
    releases: tuple[Release, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()

    def acknowledged(self, verification: str) -> Acknowledgement | None:
        """That the report of that verification was read; None if nobody said so."""
        return next((each for each in self.acknowledgements if each.verification == verification), None)

    def sample(self, attempt: int) -> Sample | None:
        """Why that attempt was picked; None if nobody picked it."""
        return next((sample for sample in self.samples if sample.attempt == attempt), None)

    def verified(self, closing: str) -> tuple[Verification, ...]:
        """The answers to that closing: several when two verifiers answered without seeing each other's."""
        return tuple(each for each in self.verifications if each.closing == closing)

    def released(self, closing: str) -> Release | None:
        """The last feedback on that closing which went to the learner."""
        return next((each for each in reversed(self.releases) if each.closing == closing), None)


NOTHING_FOLLOWED = AfterClosing()
_ACTED = (Kind.ACTION, Kind.ACKNOWLEDGED)
AFTER_CLOSING = (Kind.SAMPLED, Kind.VERIFIED, Kind.RELEASED, *_ACTED)


def in_words(event: Event) -> str:
    """What an event of these kinds tells, in a line."""
    attempt = f"attempt {attempt_said(event.body)}"
    if event.kind == Kind.SAMPLED:
        return f"sampled: {attempt} picked for verification"
    if event.kind == Kind.VERIFIED:
        agrees = Verified.read(event.body).agrees
        return f"verified: {attempt}, {'agrees' if agrees else '✗ does not agree'}"
    if event.kind == Kind.ACTION:
        from markterm.domain.record.actions import in_words as action_in_words  # Few units have one.

        return action_in_words(event)
    if event.kind == Kind.ACKNOWLEDGED:
        return f"acknowledged: the report of the verification, {attempt}"
    assignment = Released.read(event.body).assignment
    return f"released: feedback on {attempt}{f', as part of {assignment}' if assignment else ''}"


def after_closing(events: Iterable[Event]) -> AfterClosing:
    """What of a unit's events, in the order of the record, followed its closings."""
    followed = [event for event in events if event.kind in AFTER_CLOSING]
    if not followed:
        return NOTHING_FOLLOWED
    return AfterClosing(
        tuple(_sample(event) for event in followed if event.kind == Kind.SAMPLED),
        tuple(_verification(event) for event in _standing(followed, Kind.VERIFIED)),
        tuple(_release(event) for event in _standing(followed, Kind.RELEASED)),
        *_acted(followed),
    )


def _acted(events: Sequence[Event]) -> tuple[tuple[ActionRecord, ...], tuple[Acknowledgement, ...]]:
    if not any(event.kind in _ACTED for event in events):
        return (), ()
    from markterm.domain.record.actions import acknowledgements_of, actions_of  # Few units have one.

    return actions_of(events), acknowledgements_of(events)


def _standing(events: Iterable[Event], kind: Kind) -> Iterator[Event]:
    """Those of that kind that no other of the kind replaced."""
    own = [event for event in events if event.kind == kind]
    replaced = {uid for event in own for uid in event.supersedes}
    return (event for event in own if event.uid not in replaced)


def _sample(event: Event) -> Sample:
    said = Sampled.read(event.body)
    return Sample(event.uid, attempt_of(event), said.why, event.actor, event.at)


def _verification(event: Event) -> Verification:
    said = Verified.read(event.body)
    attempt = attempt_of(event)
    return Verification(event.uid, said.closing, attempt, said.agrees, said.reason, event.actor, event.at)


def _release(event: Event) -> Release:
    said = Released.read(event.body)
    attempt = attempt_of(event)
    return Release(event.uid, said.closing, attempt, said.text, said.assignment, event.actor, event.at)
