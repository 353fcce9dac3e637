"""What is recorded after a verification: an action that has to close, step by step, and that its report was read; and
the steps of what minutes, a verified brief or a visit ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import (
    LEAST,
    WITH_ACTIONS,
    Fields,
    NotSaid,
    attempt_said,
    day,
    known_step,
    needed_text,
    others,
    text,
    texts,
    whole,
)
from markterm.domain.record.event import Json


class ActionStep(StrEnum):
    """What happens to an action. One that is set again, because what was done is not enough, is open again."""

    SET = "set"
    DONE = "done"
    ACCEPTED = "accepted"
    REASSIGNED = "reassigned"


ACTION_STEPS = {step.value: step for step in ActionStep}


@dataclass(frozen=True, slots=True)
class Action:
    """A step of an action on a unit, or on one criterion of it.

    `action` is the uid of the event that set it, empty in that one. `text` says what is to be done, or is the word that
    goes with the step; `owner` is the id of the member who is to do it until the day `due`, said where it is set or
    reassigned. `verification` is the uid of the answer that it came with, and `rests_on` are those of the decisions
    that it is about.
    """

    step: ActionStep
    action: str = ""
    criterion: str = ""
    text: str = ""
    owner: str = ""
    due: date | None = None
    attempt: int | None = None
    verification: str = ""
    rests_on: tuple[str, ...] = ()
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known, or not the first and of no action."""
        step = known_step(body, ACTION_STEPS)
        action = text(body, "action")
        if step is not ActionStep.SET and not action:
            raise NotSaid("no action")
        return cls(
            step,
            action,
            text(body, "criterion"),
            text(body, "text"),
            text(body, "owner"),
            day(body.get("due")),
            attempt_said(body),
            text(body, "verification"),
            texts(body.get("rests_on")),
            others(body, _ACTION),
        )

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        body: dict[str, Json] = {**self.more, LEAST: WITH_ACTIONS, "step": self.step.value, "attempt": self.attempt}
        said = {
            "action": self.action,
            "criterion": self.criterion,
            "text": self.text,
            "owner": self.owner,
            "verification": self.verification,
        }
        body |= {name: value for name, value in said.items() if value}
        if self.due is not None:
            body["due"] = self.due.isoformat()
        return body | {"rests_on": list(self.rests_on)} if self.rests_on else body

    @property
    def words(self) -> str:
        """What is to be done, or the word that goes with the step."""
        return self.text


_ACTION = frozenset(
    {LEAST, "step", "action", "criterion", "text", "owner", "due", "attempt", "verification", "rests_on"}
)


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A step of an action that minutes, a brief or a visit set: `set_by` is the uid of the event that did, and `place`
    which of its actions it is, from 1 on; the rest is as of `Action`."""

    step: ActionStep
    set_by: str
    place: int = 1
    text: str = ""
    owner: str = ""
    due: date | None = None
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known, or of no action."""
        step, set_by, place = (
            ACTION_STEPS.get(needed_text(body, "step")),
            needed_text(body, "set_by"),
            whole(body, "place"),
        )
        if step is None or not set_by or place is None or place < 1:
            raise NotSaid("no step that is known, or of no action")
        return cls(
            step,
            set_by,
            place,
            text(body, "text"),
            text(body, "owner"),
            day(body.get("due")),
            others(body, frozenset({"step", "set_by", "place", "text", "owner", "due"})),
        )

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        body: dict[str, Json] = {**self.more, "step": self.step.value, "set_by": self.set_by, "place": self.place}
        body |= {name: value for name, value in {"text": self.text, "owner": self.owner}.items() if value}
        return body | {"due": self.due.isoformat()} if self.due is not None else body

    @property
    def words(self) -> str:
        """What is to be done, or the word that goes with the step."""
        return self.text


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An assessor has read the report of a verification, of which `verification` is the uid; `word` is what they say to
    it."""

    verification: str
    word: str = ""
    attempt: int | None = None
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was read. Raises `NotSaid` when no verification is named."""
        verification = needed_text(body, "verification")
        if not verification:
            raise NotSaid("no verification")
        known = frozenset({"verification", "word", "attempt"})
        return cls(verification, text(body, "word"), attempt_said(body), others(body, known))

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        body: dict[str, Json] = {**self.more, "verification": self.verification, "attempt": self.attempt}
        return body | {"word": self.word} if self.word else body

    @property
    def words(self) -> str:
        """What the assessor says to it."""
        return self.word
