"""What follows the closing of a unit: it may be picked for verification, is verified, and goes to the learner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from markterm.domain.event import Event, Json, Kind


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
AFTER_CLOSING = (Kind.SAMPLED, Kind.VERIFIED, Kind.RELEASED)


def is_understood(event: Event) -> bool:
    """Whether an event of these kinds is about a whole unit and says what this version needs."""
    if event.subject.unit is None or event.subject.criterion is not None:
        return False
    if event.kind == Kind.SAMPLED:
        return True
    if event.kind == Kind.VERIFIED:
        return isinstance(event.body.get("agrees"), bool) and bool(_closing(event.body.get("rests_on")))
    return isinstance(event.body.get("text"), str) and bool(_closing(event.body.get("rests_on")))


def in_words(event: Event) -> str:
    """What an event of these kinds tells, in a line."""
    attempt = f"attempt {event.body.get('attempt')}"
    if event.kind == Kind.SAMPLED:
        return f"sampled: {attempt} picked for verification"
    if event.kind == Kind.VERIFIED:
        return f"verified: {attempt}, {'agrees' if event.body.get('agrees') is True else '✗ does not agree'}"
    assignment = event.body.get("assignment")
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
    )


def _standing(events: Iterable[Event], kind: Kind) -> Iterator[Event]:
    """Those of that kind that no other of the kind replaced."""
    own = [event for event in events if event.kind == kind]
    replaced = {uid for event in own for uid in event.supersedes}
    return (event for event in own if event.uid not in replaced)


def _sample(event: Event) -> Sample:
    return Sample(event.uid, _attempt(event), str(event.body.get("why", "")), event.actor, event.at)


def _verification(event: Event) -> Verification:
    body = event.body
    return Verification(
        event.uid,
        _closing(body.get("rests_on")),
        _attempt(event),
        body.get("agrees") is True,
        str(body.get("reason", "")),
        event.actor,
        event.at,
    )


def _release(event: Event) -> Release:
    body = event.body
    return Release(
        event.uid,
        _closing(body.get("rests_on")),
        _attempt(event),
        str(body.get("text", "")),
        str(body.get("assignment", "")),
        event.actor,
        event.at,
    )


def _closing(rests_on: Json) -> str:
    """The uid of the one closing that the event rests on."""
    return rests_on[0] if isinstance(rests_on, list) and len(rests_on) == 1 and isinstance(rests_on[0], str) else ""


def _attempt(event: Event) -> int:
    attempt = event.body.get("attempt")
    return attempt if type(attempt) is int else 1
