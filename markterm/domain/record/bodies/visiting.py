"""What is recorded of a visit of the external quality assurer: its report, what it signs off, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, day, needed_text, others, text, texts
from markterm.domain.record.event import Json


class VisitStep(StrEnum):
    """What is recorded of a visit. One that is dropped was recorded by mistake, and counts as nothing."""

    RECORDED = "recorded"
    ASKED = "asked"
    DROPPED = "dropped"


class Held(StrEnum):
    """What an action of the external quality assurer can hold until it is accepted."""

    CLAIMS = "claims"
    RETENTION = "retention"


VISIT_STEPS = {step.value: step for step in VisitStep}


@dataclass(frozen=True, slots=True)
class Visited:
    """A step of a visit, of which `visit` is the uid, empty in the first.

    Where it is recorded, `organisation` is the awarding organisation, `by` who came, `on` the day, `rating` and `scope`
    are in their words, `report` and `sha256` the name and the hash of their report, `signed_off` the qualifications of
    which what was closed by then may be claimed. Where it asks for something, `text` says what, by the member of the id
    `owner`, until the day `due`; until it is accepted it holds what `holds` says, of that `qualification` or of all.
    """

    step: VisitStep
    visit: str = ""
    organisation: str = ""
    by: str = ""
    on: date | None = None
    rating: str = ""
    scope: str = ""
    report: str = ""
    sha256: str = ""
    signed_off: tuple[str, ...] = ()
    text: str = ""
    owner: str = ""
    due: date | None = None
    qualification: str = ""
    holds: tuple[str, ...] = ()
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known, of no visit, or of no day."""
        step, visit, on = VISIT_STEPS.get(needed_text(body, "step")), text(body, "visit"), day(body.get("on"))
        if step is None or (step is VisitStep.RECORDED) is bool(visit):
            raise NotSaid("no step that is known, or of no visit")
        if step is VisitStep.RECORDED and on is None:
            raise NotSaid("no day")
        return cls(
            step,
            visit,
            text(body, "organisation"),
            text(body, "by"),
            on,
            text(body, "rating"),
            text(body, "scope"),
            text(body, "report"),
            text(body, "sha256"),
            texts(body.get("signed_off")),
            text(body, "text"),
            text(body, "owner"),
            day(body.get("due")),
            text(body, "qualification"),
            texts(body.get("holds")),
            others(body, _KNOWN),
        )

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        body: dict[str, Json] = {**self.more, "step": self.step.value}
        body |= {name: said for name in _TEXTS if (said := getattr(self, name))}
        days = {"on": self.on, "due": self.due}
        body |= {name: said.isoformat() for name, said in days.items() if said is not None}
        lists = {"signed_off": self.signed_off, "holds": self.holds}
        return body | {name: list(said) for name, said in lists.items() if said}

    @property
    def words(self) -> str:
        """What is said of it, or asked for."""
        return self.text


_TEXTS = ("visit", "organisation", "by", "rating", "scope", "report", "sha256", "text", "owner", "qualification")
_KNOWN = frozenset({"step", "on", "due", "signed_off", "holds", *_TEXTS})
