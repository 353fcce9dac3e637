"""What is recorded when a learner leaves the course, transfers to another one, or comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import LEAST, Fields, NotSaid, day, needed_text, others, text
from markterm.domain.record.event import Json

WITH_LEAVING = "0.2.0"
"""The least version that asks nothing more of who left."""


class LeftStep(StrEnum):
    """What becomes of a learner: they withdrew from the course, went on elsewhere, or came back."""

    LEFT = "left"
    TRANSFERRED = "transferred"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Left:
    """In a learner's record: that they left, or came back, on the day `on`. `text` is why.

    It supersedes what was said of it before.
    """

    step: LeftStep
    on: date
    text: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What is said. Raises `NotSaid` where it is no step that is known, or says no day."""
        step, on = needed_text(body, "step"), day(body.get("on"))
        if step not in _STEPS or on is None:
            raise NotSaid("no step that is known, or no day")
        return cls(_STEPS[step], on, text(body, "text"), others(body, frozenset({LEAST, "step", "on", "text"})))

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        return {
            **self.more,
            LEAST: WITH_LEAVING,
            "step": self.step.value,
            "on": self.on.isoformat(),
            "text": self.text,
        }

    @property
    def words(self) -> str:
        """The reason."""
        return self.text


_STEPS: Mapping[str, LeftStep] = {step.value: step for step in LeftStep}
