"""What is recorded of verifying: an attempt is sampled, looked at while it is marked, verified when it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from markterm.domain.record.bodies.body import (
    RESULTS,
    Fields,
    NotSaid,
    attempt_said,
    day,
    needed_text,
    optional_text,
    others,
    text,
    texts,
    the_closing,
    truth,
)
from markterm.domain.record.event import Json, Result


@dataclass(frozen=True, slots=True)
class Sampled:
    """An attempt is sampled for verification: at which `stage`, by the `verifier` of that id, until the day `due`; each
    empty or None where it was not said. `taken_back` says that it is sampled no more."""

    attempt: int | None
    why: str = ""
    stage: str = ""
    verifier: str = ""
    due: date | None = None
    taken_back: bool = False
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a sample says."""
        return cls(
            attempt_said(body),
            text(body, "why"),
            text(body, "stage"),
            text(body, "verifier"),
            day(body.get("due")),
            body.get("taken_back") is True,
            others(body, frozenset({"attempt", "why", "stage", "verifier", "due", "taken_back"})),
        )

    def write(self) -> dict[str, Json]:
        """The body of a sample."""
        body: dict[str, Json] = {**self.more, "attempt": self.attempt, "why": self.why}
        if self.stage:
            body["stage"] = self.stage
        if self.verifier:
            body["verifier"] = self.verifier
        if self.taken_back:
            body["taken_back"] = True
        return body | {"due": self.due.isoformat()} if self.due is not None else body

    @property
    def words(self) -> str:
        """Why it was sampled, or is no more."""
        return self.why


class Sight(StrEnum):
    """How a verifier looked at a decision: it was seen on the screen, or they state it."""

    SEEN = "seen"
    STATED = "stated"


class Answer(NamedTuple):
    """A verifier's answer to the decision of that uid: agreed, or not and why.

    `looked` is how they looked at it, None where that was not said; `own` what they decided themselves in an
    independent second assessment, before they saw it; `by` whose answer it is, where another verifier's goes on beside
    those of whoever answers now.
    """

    criterion: str
    decision: str
    agrees: bool
    reason: str = ""
    looked: Sight | None = None
    own: Result | None = None
    by: str = ""


class Override(NamedTuple):
    """A rule of separation that a Lead IV let be passed over, by their id, and why."""

    rule: str
    authorised_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the report of a sample says to the assessor beside the answers.

    `valid` names what of the evidence was found to be so (valid, authentic, current, sufficient, reliable), `feedback`
    what of the assessor's feedback was; None where nobody looked for it, which is not the same as nothing found.
    """

    strengths: str = ""
    development: str = ""
    valid: tuple[str, ...] | None = None
    feedback: tuple[str, ...] | None = None

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a body says of it."""
        return cls(
            text(body, "strengths"),
            text(body, "development"),
            _ticked(body, "valid"),
            _ticked(body, "feedback"),
        )

    def write(self) -> dict[str, Json]:
        """The fields of a body that say it."""
        fields: dict[str, Json] = {}
        if self.strengths:
            fields["strengths"] = self.strengths
        if self.development:
            fields["development"] = self.development
        if self.valid is not None:
            fields["valid"] = list(self.valid)
        if self.feedback is not None:
            fields["feedback"] = list(self.feedback)
        return fields


NO_REPORT = Report()
_REPORT = frozenset({"strengths", "development", "valid", "feedback"})


@dataclass(frozen=True, slots=True)
class Looked:
    """An interim look: a verifier's answers to what is decided so far of a unit that is not closed; `unfinished` while
    they go on with it, `in_training` and `countersigns` as in a verification."""

    answers: tuple[Answer, ...]
    attempt: int | None = None
    report: Report = NO_REPORT
    overrides: tuple[Override, ...] = ()
    unfinished: bool = False
    in_training: bool = False
    countersigns: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was looked at. Raises `NotSaid` when that was nothing, or it is not understood."""
        answers = _read_answers(body)
        if not answers:
            raise NotSaid("nothing was looked at")
        known = frozenset({"answers", "attempt", "overrides"}) | _REPORT | _STANDING
        return cls(
            answers,
            attempt_said(body),
            Report.read(body),
            _read_overrides(body),
            truth(body, "unfinished"),
            truth(body, "in_training"),
            optional_text(body, "countersigns"),
            others(body, known),
        )

    def write(self) -> dict[str, Json]:
        """The body of an interim look."""
        body: dict[str, Json] = {**self.more, "attempt": self.attempt, "answers": _write_answers(self.answers)}
        return body | self.report.write() | _write_overrides(self.overrides) | _write_standing(self)

    @property
    def words(self) -> str:
        """The reasons of what was not agreed, else what was found good."""
        return _reasons(self.answers) or self.report.strengths


@dataclass(frozen=True, slots=True)
class Verified:
    """A verifier agrees with the closing of that uid, or not: as a whole, or in `answers` to each decision that they
    looked at. Without answers it was verified as a whole, as every one was before there were any.

    While it is `unfinished` the verifier goes on with it: of the unit nothing is agreed yet but what they answered. One
    that was made `in_training` waits for a countersignature: for a verification that `countersigns` the one of the
    member of that id, and takes its place. Both are written as not agreed, so that a version that does not know the
    fields lets nothing go that waits for them.
    """

    closing: str
    agrees: bool
    attempt: int | None = None
    reason: str = ""
    answers: tuple[Answer, ...] = ()
    report: Report = NO_REPORT
    overrides: tuple[Override, ...] = ()
    unfinished: bool = False
    in_training: bool = False
    countersigns: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a verification says. Raises `NotSaid` when it names not one closing, neither agrees nor does not, agrees
        as a whole beside an answer that does not, has answers that are not understood, or none while it is
        unfinished or waits for a countersignature."""
        agrees, answers = body.get("agrees"), _read_answers(body)
        unfinished, in_training = truth(body, "unfinished"), truth(body, "in_training")
        if not isinstance(agrees, bool):
            raise NotSaid("neither agreed nor not")
        if (unfinished or in_training) and not answers:
            raise NotSaid("it is unfinished or not countersigned, and nothing was answered")
        if unfinished or in_training:
            agrees = all(each.agrees for each in answers)
        if agrees and not all(each.agrees for each in answers):
            raise NotSaid("it is agreed, and one of it is not")
        return cls(
            the_closing(body),
            agrees,
            attempt_said(body),
            text(body, "reason"),
            answers,
            Report.read(body),
            _read_overrides(body),
            unfinished,
            in_training,
            optional_text(body, "countersigns"),
            others(body, _VERIFIED),
        )

    def write(self) -> dict[str, Json]:
        """The body of a verification."""
        body: dict[str, Json] = {
            **self.more,
            "attempt": self.attempt,
            "agrees": self.agrees and not (self.unfinished or self.in_training),
            "reason": self.reason,
            "rests_on": [self.closing],
        }
        if self.answers:
            body["answers"] = _write_answers(self.answers)
        return body | self.report.write() | _write_overrides(self.overrides) | _write_standing(self)

    @property
    def words(self) -> str:
        """The reason."""
        return self.reason or _reasons(self.answers)


_STANDING = frozenset({"unfinished", "in_training", "countersigns"})
_VERIFIED = frozenset({"rests_on", "agrees", "attempt", "reason", "answers", "overrides"}) | _REPORT | _STANDING
_SIGHTS = {each.value: each for each in Sight}


def _ticked(body: Fields, key: str) -> tuple[str, ...] | None:
    said = body.get(key)
    return None if said is None else texts(said)


def _reasons(answers: Sequence[Answer]) -> str:
    return "; ".join(f"{each.criterion}: {each.reason}" for each in answers if not each.agrees and each.reason)


def _read_answers(body: Fields) -> tuple[Answer, ...]:
    """The answers. Raises `NotSaid` when they are not understood: half of them would agree where the rest does not."""
    said = body.get("answers", [])
    if not isinstance(said, (list, tuple)):
        raise NotSaid("the answers are no list")
    return tuple(map(_read_answer, said))


def _read_answer(said: Json) -> Answer:
    if not isinstance(said, dict):
        raise NotSaid("an answer is no object")
    criterion, decision, agrees = said.get("criterion"), said.get("decision"), said.get("agrees")
    if not (isinstance(criterion, str) and isinstance(decision, str) and isinstance(agrees, bool)):
        raise NotSaid("an answer names no decision, or neither agrees nor does not")
    looked, own = said.get("looked"), said.get("own")
    return Answer(
        criterion,
        decision,
        agrees,
        text(said, "reason"),
        _SIGHTS.get(looked) if isinstance(looked, str) else None,
        RESULTS.get(own) if isinstance(own, str) else None,
        text(said, "by"),
    )


def _write_answers(answers: Sequence[Answer]) -> list[Json]:
    return [_write_answer(each) for each in answers]


def _write_answer(answer: Answer) -> dict[str, Json]:
    body: dict[str, Json] = {"criterion": answer.criterion, "decision": answer.decision, "agrees": answer.agrees}
    if answer.reason:
        body["reason"] = answer.reason
    if answer.looked is not None:
        body["looked"] = answer.looked.value
    if answer.own is not None:
        body["own"] = answer.own.value
    return body | {"by": answer.by} if answer.by else body


def _read_overrides(body: Fields) -> tuple[Override, ...]:
    said = body.get("overrides")
    if not isinstance(said, (list, tuple)):
        return ()
    return tuple(
        Override(needed_text(each, "rule"), text(each, "authorised_by"), text(each, "reason"))
        for each in said
        if isinstance(each, dict)
    )


def _write_standing(said: Looked | Verified) -> dict[str, Json]:
    """How far it stands: each where it was said."""
    fields: dict[str, Json] = {}
    if said.unfinished:
        fields["unfinished"] = True
    if said.in_training:
        fields["in_training"] = True
    return fields | {"countersigns": said.countersigns} if said.countersigns else fields


def _write_overrides(overrides: Sequence[Override]) -> dict[str, Json]:
    said: list[Json] = [
        {"rule": each.rule, "authorised_by": each.authorised_by, "reason": each.reason} for each in overrides
    ]
    return {"overrides": said} if said else {}
