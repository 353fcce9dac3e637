"""What is recorded of keeping and destroying: holds on what a learner has, and each step of a destruction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import LEAST, Fields, NotSaid, needed_text, objects, others, text, texts, whole
from markterm.domain.record.event import Json

WITH_DESTRUCTION = "0.2.0"
"""The least version that knows of holds, and of what was destroyed."""
Heads = Mapping[str, tuple[int, str]]
"""By segment how many lines it had and the hash of the last one."""


class HoldStep(StrEnum):
    """What happens to a hold."""

    SET = "set"
    LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class Hold:
    """A step of a hold, in a learner's record: while one is set nothing of the learner is destroyed. `text` is why.

    What lifts a hold supersedes it.
    """

    step: HoldStep
    text: str
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it is none that is known."""
        step = needed_text(body, "step")
        if step not in tuple(HoldStep):
            raise NotSaid("no step that is known")
        return cls(HoldStep(step), text(body, "text"), others(body, frozenset({LEAST, "step", "text"})))

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        return {**self.more, LEAST: WITH_DESTRUCTION, "step": self.step.value, "text": self.text}

    @property
    def words(self) -> str:
        """The reason."""
        return self.text


@dataclass(frozen=True, slots=True)
class EvidenceDestroyed:
    """In a learner's record: that the evidence was destroyed, and the record kept. `rule` allowed it, in words; `files`
    were there; `destruction` is the uid of its first step in the centre's record; `text` the reason. It `rests_on` the
    submissions and closings of which it was the evidence: what is handed in later is not gone."""

    destruction: str
    rule: str
    files: int
    text: str
    rests_on: tuple[str, ...]
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What it says. Raises `NotSaid` without the rule."""
        return cls(
            text(body, "destruction"),
            needed_text(body, "rule"),
            whole(body, "files") or 0,
            text(body, "text"),
            texts(body.get("rests_on")),
            others(body, _EVIDENCE_DESTROYED),
        )

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        said: dict[str, Json] = {"destruction": self.destruction, "rule": self.rule, "files": self.files}
        return {**self.more, LEAST: WITH_DESTRUCTION, **said, "text": self.text, "rests_on": list(self.rests_on)}

    @property
    def words(self) -> str:
        """The reason."""
        return self.text


_EVIDENCE_DESTROYED = frozenset({LEAST, "destruction", "rule", "files", "text", "rests_on"})


class DestructionStep(StrEnum):
    """What happens to a destruction: somebody means it, a second time it begins, and it is done or was not meant; or it
    began and is given up, for what was recorded at the same time keeps it."""

    INTENDED = "intended"
    BEGUN = "begun"
    DONE = "done"
    TAKEN_BACK = "taken back"
    GIVEN_UP = "given up"


class What(StrEnum):
    """What is destroyed of a learner."""

    EVIDENCE = "evidence"
    RECORD = "record"
    """The record, and the evidence with whatever else there is."""


@dataclass(frozen=True, slots=True)
class Destroyed:
    """A step of a destruction, in the centre's record.

    Nothing of it names the learner: `name` is the hash of `salt` and the record's name (`name_hash`). The first step
    has `destruction` empty and says `what`, the `rule` that allows it and why (`text`); later ones name the first by
    its uid. That it begins says how far each `record` went: the learner's own and those that it goes on from, by the
    hash of their names.
    """

    step: DestructionStep
    what: What
    salt: str
    name: str
    destruction: str = ""
    rule: str = ""
    text: str = ""
    records: Mapping[str, Heads] = field(default_factory=dict)
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a step says. Raises `NotSaid` when it does not say what is destroyed and of whom."""
        step, what = needed_text(body, "step"), needed_text(body, "what")
        if step not in tuple(DestructionStep) or what not in tuple(What):
            raise NotSaid("no step that is known")
        return cls(
            DestructionStep(step),
            What(what),
            needed_text(body, "salt"),
            needed_text(body, "name"),
            text(body, "destruction"),
            text(body, "rule"),
            text(body, "text"),
            {needed_text(each, "name"): _heads(each) for each in objects(body, "records")},
            others(body, _DESTROYED),
        )

    def write(self) -> dict[str, Json]:
        """The body of a step."""
        body: dict[str, Json] = {
            **self.more,
            LEAST: WITH_DESTRUCTION,
            "step": self.step.value,
            "what": self.what.value,
            "salt": self.salt,
            "name": self.name,
        }
        said = {"destruction": self.destruction, "rule": self.rule, "text": self.text}
        body |= {key: value for key, value in said.items() if value}
        if self.records:
            body["records"] = [
                {"name": name, "heads": {segment: list[Json](head) for segment, head in heads.items()}}
                for name, heads in self.records.items()
            ]
        return body

    @property
    def words(self) -> str:
        """The reason."""
        return self.text


_DESTROYED = frozenset({LEAST, "step", "what", "salt", "name", "destruction", "rule", "text", "records"})


def _heads(said: Fields) -> Heads:
    heads = said.get("heads")
    if not isinstance(heads, dict):
        raise NotSaid("no heads")
    found = {}
    for segment, head in heads.items():
        if not (isinstance(head, list) and len(head) == 2):
            raise NotSaid("no head")
        lines, digest = head
        if type(lines) is not int or not isinstance(digest, str):
            raise NotSaid("no head")
        found[segment] = (lines, digest)
    return found
