"""What is recorded of the day on which work is due: of a unit, or of an assignment, for the learner whose record it
is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, day, others, text
from markterm.domain.record.event import Json


@dataclass(frozen=True, slots=True)
class DueSet:
    """The day on which the unit that the event is about is due, or the `assignment`; without a day none is, whatever
    the sheet says. It replaces what it supersedes."""

    on: date | None = None
    assignment: str = ""
    why: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What is due when. Raises `NotSaid` for a day that is none: work that is due would count as not due."""
        said = body.get("on")
        on = day(said)
        if said is not None and on is None:
            raise NotSaid("on is no day")
        return cls(on, text(body, "assignment"), text(body, "why"), others(body, _DUE_SET))

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        body: dict[str, Json] = {**self.more, "on": self.on.isoformat() if self.on is not None else None}
        return body | {key: said for key, said in (("assignment", self.assignment), ("why", self.why)) if said}

    @property
    def words(self) -> str:
        """Why it is due then."""
        return self.why


_DUE_SET = frozenset({"on", "assignment", "why"})
