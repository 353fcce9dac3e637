"""What is recorded of a comment on a section of the sheet: a learning outcome of a unit, or a task of an assignment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, needed_text, others, text, whole
from markterm.domain.record.event import Json


@dataclass(frozen=True, slots=True)
class Commented:
    """A comment on the learning outcome of that number of the unit that the event is about, or on the `task` of an
    `assignment`. It replaces what it supersedes; an empty text takes that back."""

    text: str
    outcome: int | None = None
    assignment: str = ""
    task: int | None = None
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a comment says. Raises `NotSaid` without a text, or when it is on no section."""
        outcome, assignment, task = whole(body, "outcome"), text(body, "assignment"), whole(body, "task")
        if outcome is None and (not assignment or task is None):
            raise NotSaid("on no section")
        return cls(needed_text(body, "text"), outcome, assignment, task, others(body, _COMMENTED))

    def write(self) -> dict[str, Json]:
        """The body of a comment."""
        body: dict[str, Json] = {**self.more, "text": self.text}
        said = {"outcome": self.outcome, "assignment": self.assignment, "task": self.task}
        return body | {name: value for name, value in said.items() if value not in (None, "")}

    @property
    def words(self) -> str:
        """The comment."""
        return self.text


_COMMENTED = frozenset({"text", "outcome", "assignment", "task"})
