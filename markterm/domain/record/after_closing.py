"""What follows the closing of a unit: it may be sampled for verification, is verified, and goes to the learner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from markterm.domain.record import verifying
from markterm.domain.record.bodies.closing import Released
from markterm.domain.record.decision import attempt_of
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.states import VerificationState
from markterm.domain.record.verifying import (
    INTERIM,
    SUMMATIVE,
    Sample,
    Verification,
    is_taken_back,
    sample_of,
    standing_of,
    state_of,
    verification_of,
)

if TYPE_CHECKING:
    from markterm.domain.record.actions import Acknowledgement, ActionRecord


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
    looks: tuple[Verification, ...] = ()
    verifications: tuple[Verification, ...] = ()
    releases: tuple[Release, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()

    def acknowledged(self, verification: str) -> Acknowledgement | None:
        """That the report of that verification was read; None if nobody said so."""
        return next((each for each in self.acknowledgements if each.verification == verification), None)

    def sample(self, attempt: int, stage: str = SUMMATIVE) -> Sample | None:
        """Why that attempt was sampled for that stage, as it was said last; None if nobody did."""
        own = (each for each in reversed(self.samples) if each.attempt == attempt and each.stage == stage)
        return next(own, None)

    def is_sampled(self, attempt: int) -> bool:
        """Whether that attempt is verified once it is closed: it was sampled for it, or is a resubmission."""
        return attempt > 1 or self.sample(attempt) is not None

    def verification(self, closing: str, attempt: int, why_stale: Callable[[Verification], str]) -> VerificationState:
        """What the verification of that attempt comes to: the answers to its closing, which is empty while it is open,
        before interim ones. `why_stale` says of an answer why it is not to what stands now."""
        if self is NOTHING_FOLLOWED:  # As in most units: a resubmission is verified all the same.
            return VerificationState.OPEN if attempt > 1 else VerificationState.NONE
        if answers := self.verified(closing):
            return state_of(answers, why_stale)
        if any(each.attempt == attempt for each in self.verifications):
            return VerificationState.STALE  # It was reopened since.
        looked = state_of([each for each in self.looks if each.attempt == attempt], why_stale)
        if self.is_sampled(attempt) and (closing or looked is not VerificationState.NOT_AGREED):
            return VerificationState.OPEN
        if looked is VerificationState.NONE and self.sample(attempt, INTERIM) is not None:
            return VerificationState.INTERIM
        return looked

    def verified(self, closing: str) -> tuple[Verification, ...]:
        """The answers to that closing: several when two verifiers answered without seeing each other's."""
        return tuple(each for each in self.verifications if each.closing == closing)

    def released(self, closing: str) -> Release | None:
        """The last feedback on that closing which went to the learner."""
        return next((each for each in reversed(self.releases) if each.closing == closing), None)


NOTHING_FOLLOWED = AfterClosing()
_ACTED = (Kind.ACTION, Kind.ACKNOWLEDGED)
_VERIFYING = (Kind.SAMPLED, Kind.LOOKED, Kind.VERIFIED)
AFTER_CLOSING = (*_VERIFYING, Kind.RELEASED, *_ACTED)


def in_words(event: Event) -> str:
    """What an event of these kinds tells, in a line."""
    if event.kind in _VERIFYING:
        return verifying.in_words(event)
    attempt = f"attempt {attempt_of(event)}"
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
        tuple(sample_of(event) for event in standing_of(followed, Kind.SAMPLED) if not is_taken_back(event)),
        tuple(map(verification_of, standing_of(followed, Kind.LOOKED))),
        tuple(map(verification_of, standing_of(followed, Kind.VERIFIED))),
        tuple(map(_release, standing_of(followed, Kind.RELEASED))),
        *_acted(followed),
    )


def _acted(events: Sequence[Event]) -> tuple[tuple[ActionRecord, ...], tuple[Acknowledgement, ...]]:
    if not any(event.kind in _ACTED for event in events):
        return (), ()
    from markterm.domain.record.actions import acknowledgements_of, actions_of  # Few units have one.

    return actions_of(events), acknowledgements_of(events)


def _release(event: Event) -> Release:
    said = Released.read(event.body)
    attempt = attempt_of(event)
    return Release(event.uid, said.closing, attempt, said.text, said.assignment, event.actor, event.at)
