"""What is recorded of a whole unit: it is closed, reopened, and told to the learner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from markterm.domain.record.bodies.body import (
    LEAST,
    WITH_ACTIONS,
    Fields,
    all_texts,
    attempt_said,
    needed_text,
    others,
    result_in,
    text,
    the_closing,
)
from markterm.domain.record.event import Json, Result


@dataclass(frozen=True, slots=True)
class Closed:
    """A unit is closed with what its criteria come to. `rests_on` are the uids of the decisions, `submission` that of
    the evidence, and `evidence_changed` what had become of it since; `grade` is what a graded unit reached, empty for
    any other and for a referral."""

    outcome: Result
    feedback: str = ""
    attempt: int | None = None
    rests_on: tuple[str, ...] = ()
    submission: str = ""
    evidence_changed: tuple[str, ...] = ()
    grade: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a closing says. Raises `NotSaid` without an outcome that is known."""
        return cls(
            result_in(body.get("outcome")),
            text(body, "feedback"),
            attempt_said(body),
            all_texts(body.get("rests_on")),
            text(body, "submission"),
            all_texts(body.get("evidence_changed")),
            text(body, "grade"),
            others(body, _CLOSED | {LEAST} if "grade" in body else _CLOSED),
        )

    def write(self) -> dict[str, Json]:
        """The body of a closing."""
        body: dict[str, Json] = {
            **self.more,
            "outcome": self.outcome.value,
            "feedback": self.feedback,
            "attempt": self.attempt,
            "rests_on": list(self.rests_on),
        }
        if self.submission:
            body["submission"] = self.submission
        if self.evidence_changed:
            body["evidence_changed"] = list(self.evidence_changed)
        if self.grade:
            body |= {LEAST: WITH_ACTIONS, "grade": self.grade}
        return body

    @property
    def words(self) -> str:
        """The summary feedback."""
        return self.feedback


_CLOSED = frozenset({"outcome", "feedback", "attempt", "rests_on", "submission", "evidence_changed", "grade"})


@dataclass(frozen=True, slots=True)
class Reopened:
    """The closing that the event supersedes is taken back."""

    reason: str
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a reopening says."""
        return cls(text(body, "reason"), others(body, frozenset({"reason"})))

    def write(self) -> dict[str, Json]:
        """The body of a reopening."""
        return {**self.more, "reason": self.reason}

    @property
    def words(self) -> str:
        """The reason."""
        return self.reason


@dataclass(frozen=True, slots=True)
class Released:
    """Feedback on the closing of that uid went to the learner, as it stands in `text`; `assignment` is the code of that
    of which it was feedback on the whole."""

    closing: str
    text: str
    attempt: int | None = None
    assignment: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a release says. Raises `NotSaid` when it names not one closing, or has no text."""
        told = needed_text(body, "text")
        known = frozenset({"rests_on", "text", "attempt", "assignment"})
        return cls(the_closing(body), told, attempt_said(body), text(body, "assignment"), others(body, known))

    def write(self) -> dict[str, Json]:
        """The body of a release."""
        body: dict[str, Json] = {
            **self.more,
            "attempt": self.attempt,
            "text": self.text,
            "rests_on": [self.closing],
        }
        return body | {"assignment": self.assignment} if self.assignment else body

    @property
    def words(self) -> str:
        """The feedback as it went."""
        return self.text
