"""What is recorded of assessing by other means than files: accounts of what was seen and said, that they were
confirmed, and by which method files show something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.assessed.method import Method
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.body import (
    Fields,
    NotSaid,
    day,
    known_step,
    needed_text,
    objects,
    others,
    text,
    texts,
    whole,
)
from markterm.domain.record.event import Json

_METHODS = {method.value: method for method in Method}


class AccountStep(StrEnum):
    """What happens to an account."""

    KEPT = "kept"
    CONFIRMED = "confirmed"


_STEPS = {step.value: step for step in AccountStep}


@dataclass(frozen=True, slots=True)
class Witness:
    """Who gives a testimony: their name, what they are at the place of work, what they are to the learner, and how they
    are reached."""

    name: str
    role: str
    relationship: str
    contact: str


@dataclass(frozen=True, slots=True)
class Covered:
    """The criteria of a unit, by their numbers, that an account says it covers."""

    unit: UnitKey
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A step of an account of what was seen and said.

    It was kept: by which `method`, as which `file` with which bytes, `on` which day, at which `place`, who was
    `present` beside the learner and whoever wrote it, how many `minutes` it took, what it `covers`; a testimony is its
    `witness`'s. What it replaces is in the event. Or the account with the uid `account` was confirmed: `said_by` whom,
    `how`, `on` which day, and `seen_by` which member. `attached` are the SHA-256 of recordings and signed forms by
    their names.
    """

    step: AccountStep
    method: Method | None = None
    file: str = ""
    sha256: str = ""
    on: date | None = None
    place: str = ""
    present: tuple[str, ...] = ()
    minutes: int | None = None
    covers: tuple[Covered, ...] = ()
    witness: Witness | None = None
    attached: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    said_by: str = ""
    how: str = ""
    seen_by: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known, keeps no file, or confirms nothing."""
        step = known_step(body, _STEPS)
        method = method_said(body)
        if step is AccountStep.KEPT and (method is None or not text(body, "file") or not text(body, "sha256")):
            raise NotSaid("no account of a method that is known")
        if step is AccountStep.CONFIRMED and not text(body, "account"):
            raise NotSaid("no account")
        attached = body.get("attached")
        return cls(
            step,
            method,
            text(body, "file"),
            text(body, "sha256"),
            day(body.get("on")),
            text(body, "place"),
            texts(body.get("present")),
            whole(body, "minutes"),
            tuple(map(_covered, objects(body, "covers"))),
            _witness(body.get("witness")),
            {name: str(sha256) for name, sha256 in attached.items()} if isinstance(attached, dict) else {},
            text(body, "account"),
            text(body, "said_by"),
            text(body, "how"),
            text(body, "seen_by"),
            others(body, _ACCOUNT),
        )

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        body: dict[str, Json] = {**self.more, "step": self.step.value}
        if self.method is not None:
            body["method"] = self.method.value
        said = {"file": self.file, "sha256": self.sha256, "place": self.place, "account": self.account}
        said |= {"said_by": self.said_by, "how": self.how, "seen_by": self.seen_by}
        body |= {name: value for name, value in said.items() if value}
        if self.on is not None:
            body["on"] = self.on.isoformat()
        if self.present:
            body["present"] = list(self.present)
        if self.minutes is not None:
            body["minutes"] = self.minutes
        if self.covers:
            body["covers"] = [
                {"unit": each.unit.code, "version": each.unit.version, "criteria": list(each.criteria)}
                for each in self.covers
            ]
        if self.witness is not None:
            witness = self.witness
            body["witness"] = {
                "name": witness.name,
                "role": witness.role,
                "relationship": witness.relationship,
                "contact": witness.contact,
            }
        return body | {"attached": dict(self.attached)} if self.attached else body

    @property
    def words(self) -> str:
        """Nothing: what was written is in the file."""
        return ""


_ACCOUNT = frozenset(
    {
        *("step", "method", "file", "sha256", "on", "place", "present", "minutes", "covers", "witness", "attached"),
        *("account", "said_by", "how", "seen_by"),
    }
)


def _covered(said: Fields) -> Covered:
    return Covered(UnitKey(needed_text(said, "unit"), text(said, "version")), texts(said.get("criteria")))


def _witness(said: Json) -> Witness | None:
    if not isinstance(said, dict):
        return None
    return Witness(text(said, "name"), text(said, "role"), text(said, "relationship"), text(said, "contact"))


def method_said(body: Fields) -> Method | None:
    """The method that a body names; None where it names none that is known."""
    return _METHODS.get(text(body, "method"))


@dataclass(frozen=True, slots=True)
class MethodSet:
    """By which method these files show something: `files` are the SHA-256 of each by name as it was then."""

    method: Method
    files: Mapping[str, str]
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What it says. Raises `NotSaid` for a method that is not known, and without a file."""
        method, files = _METHODS.get(needed_text(body, "method")), body.get("files")
        if method is None or not isinstance(files, dict) or not files:
            raise NotSaid("no method of files")
        named = {name: str(sha256) for name, sha256 in files.items()}
        return cls(method, named, others(body, frozenset({"method", "files"})))

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        return {**self.more, "method": self.method.value, "files": dict(self.files)}

    @property
    def words(self) -> str:
        """Nothing."""
        return ""
