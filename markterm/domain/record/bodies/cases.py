"""What is recorded of a case: malpractice, an appeal, a complaint, a reasonable adjustment or recognition of prior
learning, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import (
    LEAST,
    WITH_ACTIONS,
    Fields,
    NotSaid,
    day,
    needed_text,
    others,
    text,
    texts,
)
from markterm.domain.record.event import Json


class CaseAbout(StrEnum):
    """What a case is about."""

    MALPRACTICE = "malpractice"
    APPEAL = "appeal"
    COMPLAINT = "complaint"
    ADJUSTMENT = "adjustment"
    RECOGNITION = "recognition"


class RecognisedAs(StrEnum):
    """What recognition of prior learning gives: the learner need not show again what they showed elsewhere, or a credit
    that was certified goes to another qualification."""

    EXEMPTION = "exemption"
    CREDIT_TRANSFER = "credit transfer"


class CaseStep(StrEnum):
    """What happens to a case."""

    OPENED = "opened"
    REPORTED = "reported"
    DECIDED = "decided"
    CLOSED = "closed"


CASES_ABOUT = {about.value: about for about in CaseAbout}
_RECOGNISED_AS = {each.value: each for each in RecognisedAs}
CASE_STEPS = {step.value: step for step in CaseStep}


@dataclass(frozen=True, slots=True)
class Case:
    """A step of a case of the learner: on the whole of their work, a unit, or one criterion of it.

    `case` is the uid of the event that opened it, empty in that one. `text` says what it is, what was reported or
    decided, and the outcome; `on` is the day of that, `to` whom it was reported to, and `upheld` whether it was decided
    for what was alleged, appealed, complained of or asked for. Of recognition of prior learning `recognised_as` says
    what it is to give, and `evidence` are the SHA-256 of what shows it, by name. None of it is for the learner's own
    papers.
    """

    step: CaseStep
    about: CaseAbout
    case: str = ""
    criterion: str = ""
    text: str = ""
    on: date | None = None
    to: str = ""
    upheld: bool | None = None
    rests_on: tuple[str, ...] = ()
    recognised_as: RecognisedAs | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known, about what is known, or not the first and
        of no case; and when it decides nothing though it says so."""
        step, about = CASE_STEPS.get(needed_text(body, "step")), CASES_ABOUT.get(needed_text(body, "about"))
        if step is None or about is None:
            raise NotSaid("no step that is known")
        case, upheld, evidence = text(body, "case"), body.get("upheld"), body.get("evidence")
        if step is not CaseStep.OPENED and not case:
            raise NotSaid("no case")
        if step is CaseStep.DECIDED and not isinstance(upheld, bool):
            raise NotSaid("nothing is decided")
        return cls(
            step,
            about,
            case,
            text(body, "criterion"),
            text(body, "text"),
            day(body.get("on")),
            text(body, "to"),
            upheld if isinstance(upheld, bool) else None,
            texts(body.get("rests_on")),
            _RECOGNISED_AS.get(text(body, "recognised_as")),
            {name: str(sha256) for name, sha256 in evidence.items()} if isinstance(evidence, dict) else {},
            others(body, _CASE),
        )

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        body: dict[str, Json] = {
            **self.more,
            LEAST: WITH_ACTIONS,
            "step": self.step.value,
            "about": self.about.value,
        }
        said = {"case": self.case, "criterion": self.criterion, "text": self.text, "to": self.to}
        body |= {name: value for name, value in said.items() if value}
        if self.on is not None:
            body["on"] = self.on.isoformat()
        if self.upheld is not None:
            body["upheld"] = self.upheld
        if self.recognised_as is not None:
            body["recognised_as"] = self.recognised_as.value
        if self.evidence:
            body["evidence"] = dict(self.evidence)
        return body | {"rests_on": list(self.rests_on)} if self.rests_on else body

    @property
    def words(self) -> str:
        """What the step says."""
        return self.text


_CASE = frozenset(
    {
        *(LEAST, "step", "about", "case", "criterion", "text", "on", "to", "upheld", "rests_on"),
        *("recognised_as", "evidence"),
    }
)
