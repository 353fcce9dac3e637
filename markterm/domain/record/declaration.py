"""The learner's declaration of authenticity, as it was received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.decision import attempt_of
from markterm.domain.record.event import Event


@dataclass(frozen=True, slots=True)
class Declaration:
    """The learner's statement that the work is their own, and whether they refuse its anonymised use.

    `on` is the day on which they gave it, None when only its receipt `at` is known; `attempt` the one that it covers.
    """

    uid: str
    form: str
    refuses_use: bool
    actor: str
    at: datetime
    on: date | None = None
    attempt: int = 1


def declaration_of(event: Event, said: Declared) -> Declaration:
    """The declaration that an event tells of: its own, or that which came with a submission."""
    return Declaration(event.uid, said.form, said.refuses_use, event.actor, event.at, said.on, attempt_of(event))
