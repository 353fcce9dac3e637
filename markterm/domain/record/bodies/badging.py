"""What is recorded of a badge: that the learner agreed to one, that it was issued, and that it was revoked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import Fields, day, known_step, needed_text, others, text
from markterm.domain.record.event import Json


class BadgeStep(StrEnum):
    """What happens to a badge."""

    AGREED = "agreed"
    ISSUED = "issued"
    REVOKED = "revoked"


_STEPS = {step.value: step for step in BadgeStep}
_KNOWN = frozenset({"step", "on", "said_by", "how", "why", "credential", "rests_on"})


@dataclass(frozen=True, slots=True)
class Badge:
    """A step of the badge of the unit that the event is about.

    The learner agreed to it: `said_by` whom, `how` (signed sheet, e-mail) and `on` which day, as declarations are
    recorded. It was issued: `credential` is the whole of it, signed, and `rests_on` the uid of the closing. It was
    revoked, and `why`; the event replaces that of the issuing.
    """

    step: BadgeStep
    on: date | None = None
    said_by: str = ""
    how: str = ""
    why: str = ""
    credential: str = ""
    rests_on: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known, and for a badge that is not there."""
        step = known_step(body, _STEPS)
        if step is BadgeStep.ISSUED:
            needed_text(body, "credential")
        said = {key: text(body, key) for key in ("said_by", "how", "why", "credential", "rests_on")}
        return cls(step, day(body.get("on")), **said, more=others(body, _KNOWN))

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        said = {"said_by": self.said_by, "how": self.how, "why": self.why, "credential": self.credential}
        said |= {"rests_on": self.rests_on}
        body: dict[str, Json] = {**self.more, "step": self.step.value}
        body |= {key: value for key, value in said.items() if value}
        return body | {"on": self.on.isoformat()} if self.on is not None else body

    @property
    def words(self) -> str:
        """Why it was revoked."""
        return self.why
