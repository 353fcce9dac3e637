"""What is recorded of an assessor who is observed, and of learners and witnesses who are asked about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, day, needed_text, others, text
from markterm.domain.record.event import Json


class ObservingStep(StrEnum):
    """What happens to an observation or interview."""

    PLANNED = "planned"
    RECORDED = "recorded"
    DROPPED = "dropped"


class SeenHow(StrEnum):
    """How an assessor's work is seen beside their decisions."""

    OBSERVATION = "observation"
    LEARNER = "learner interview"
    WITNESS = "witness interview"


@dataclass(frozen=True, slots=True)
class AssessorObserved:
    """A step of an observation of an assessor, or of an interview about their work.

    `observation` is the uid of the event that planned it, empty in that one and where nobody had planned it. `verifier`
    is the id of the member who is to do it until the day `due`, or did it `on` a day; `unit` and the registration
    `learner` are empty where it is about none, and `witness` says who else was asked. `text` is what was seen or said,
    or why it is planned or dropped; `strengths` and `development` are for the assessor.
    """

    step: ObservingStep
    assessor: str
    how: SeenHow
    observation: str = ""
    verifier: str = ""
    unit: str = ""
    learner: str = ""
    witness: str = ""
    due: date | None = None
    on: date | None = None
    text: str = ""
    strengths: str = ""
    development: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known, or of nobody, or lacks the day or the plan
        that it has to name."""
        step, how = _STEPS.get(needed_text(body, "step")), _HOWS.get(needed_text(body, "how"))
        assessor, observation = needed_text(body, "assessor"), text(body, "observation")
        due, on = day(body.get("due")), day(body.get("on"))
        if step is None or how is None or not assessor:
            raise NotSaid("no step that is known, or nobody is named")
        if step is ObservingStep.DROPPED and not observation:
            raise NotSaid("no plan")
        if (step is ObservingStep.PLANNED and due is None) or (step is ObservingStep.RECORDED and on is None):
            raise NotSaid("no day")
        return cls(
            step,
            assessor,
            how,
            observation,
            text(body, "verifier"),
            text(body, "unit"),
            text(body, "learner"),
            text(body, "witness"),
            due,
            on,
            text(body, "text"),
            text(body, "strengths"),
            text(body, "development"),
            others(body, _KNOWN),
        )

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        said = {
            "observation": self.observation,
            "verifier": self.verifier,
            "unit": self.unit,
            "learner": self.learner,
            "witness": self.witness,
            "due": self.due.isoformat() if self.due is not None else "",
            "on": self.on.isoformat() if self.on is not None else "",
            "text": self.text,
            "strengths": self.strengths,
            "development": self.development,
        }
        body: dict[str, Json] = {**self.more, "step": self.step.value, "assessor": self.assessor, "how": self.how.value}
        return body | {name: value for name, value in said.items() if value}

    @property
    def words(self) -> str:
        """What was seen or said, or why it is planned or dropped."""
        return self.text


_STEPS = {step.value: step for step in ObservingStep}
_HOWS = {how.value: how for how in SeenHow}
_KNOWN = frozenset(
    {
        "step",
        "assessor",
        "how",
        "observation",
        "verifier",
        "unit",
        "learner",
        "witness",
        "due",
        "on",
        "text",
        "strengths",
        "development",
    }
)
