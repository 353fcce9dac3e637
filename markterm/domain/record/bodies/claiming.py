"""What is recorded of a claim: that a certificate of a unit or a qualification was asked for, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import (
    LEAST,
    WITH_ACTIONS,
    Fields,
    day,
    known_step,
    others,
    text,
    texts,
)
from markterm.domain.record.event import Json


class ClaimStep(StrEnum):
    """What happens to a claim."""

    CLAIMED = "claimed"
    RECEIVED = "received"
    SENT = "sent"
    EXEMPT = "exempt"
    TAKEN_BACK = "taken back"


CLAIM_STEPS = {step.value: step for step in ClaimStep}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A step of a claim: of the unit that the event is about, or of a `qualification`.

    `claimed` asks the awarding organisation for the certificate, `received` is that the centre has it, `sent` that the
    learner was given it, `exempt` that none is needed; `taken back` says that an earlier step was no such thing. `on`
    is the day of that, `number` that of the claim or certificate, `text` a reason; `rests_on` are the closings that are
    claimed.
    """

    step: ClaimStep
    qualification: str = ""
    on: date | None = None
    number: str = ""
    text: str = ""
    rests_on: tuple[str, ...] = ()
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known."""
        step = known_step(body, CLAIM_STEPS)
        return cls(
            step,
            text(body, "qualification"),
            day(body.get("on")),
            text(body, "number"),
            text(body, "text"),
            texts(body.get("rests_on")),
            others(body, _CLAIMED),
        )

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        body: dict[str, Json] = {**self.more, LEAST: WITH_ACTIONS, "step": self.step.value}
        said = {"qualification": self.qualification, "number": self.number, "text": self.text}
        body |= {name: value for name, value in said.items() if value}
        if self.on is not None:
            body["on"] = self.on.isoformat()
        return body | {"rests_on": list(self.rests_on)} if self.rests_on else body

    @property
    def words(self) -> str:
        """The reason."""
        return self.text


_CLAIMED = frozenset({LEAST, "step", "qualification", "on", "number", "text", "rests_on"})
