"""What is noted while an external quality assurer is here: whom they opened, who was on a list that they read, and whom
they picked for the visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, day, known_step, others, text, texts
from markterm.domain.record.event import Json


class NoteStep(StrEnum):
    """What an external quality assurer did with learners: opened one, read a list or report with them on it, picked
    them for the visit's list, or put them back out of it. Earlier versions noted that somebody was looked at, and did
    not tell the first two apart."""

    OPENED = "opened"
    LISTED = "listed"
    LOOKED = "looked"
    PICKED = "picked"
    PUT_BACK = "put_back"


NOTE_STEPS = {step.value: step for step in NoteStep}


@dataclass(frozen=True, slots=True)
class VisitNoted:
    """A step with learners, by their registrations, on the visit whose first day is `visit`, and why in `text`."""

    step: NoteStep
    visit: date
    learners: tuple[str, ...]
    text: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a note says. Raises `NotSaid` when it is none that is known, of no visit, or of nobody."""
        step = known_step(body, NOTE_STEPS)
        visit, learners = day(body.get("visit")), texts(body.get("learners"))
        if visit is None or not learners:
            raise NotSaid("of no visit, or of nobody")
        return cls(step, visit, learners, text(body, "text"), others(body, _KNOWN))

    def write(self) -> dict[str, Json]:
        """The body of a note."""
        body: dict[str, Json] = {
            **self.more,
            "step": self.step.value,
            "visit": self.visit.isoformat(),
            "learners": list(self.learners),
        }
        return body | {"text": self.text} if self.text else body

    @property
    def words(self) -> str:
        """Why somebody was picked or put back."""
        return self.text


_KNOWN = frozenset({"step", "visit", "learners", "text"})
