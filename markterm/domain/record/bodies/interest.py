"""A conflict of interest: a member and a learner who are close, as the centre's own record keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, day, needed_text, others, text
from markterm.domain.record.event import Json


@dataclass(frozen=True, slots=True)
class InterestDeclared:
    """A member declares a conflict of interest with the learner of that registration, from the day `since` on (None:
    from when it was declared) until `ended`; `told` is the day on which the awarding organisation was told of it."""

    member: str
    learner: str
    why: str = ""
    since: date | None = None
    told: date | None = None
    ended: date | None = None
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What is declared. Raises `NotSaid` when it names no member or no learner."""
        member, learner = needed_text(body, "member"), needed_text(body, "learner")
        if not member or not learner:
            raise NotSaid("nobody is named")
        return cls(
            member,
            learner,
            text(body, "why"),
            day(body.get("since")),
            day(body.get("told")),
            day(body.get("ended")),
            others(body, frozenset({"member", "learner", "why", "since", "told", "ended"})),
        )

    def write(self) -> dict[str, Json]:
        """The body that declares it."""
        days = {"since": self.since, "told": self.told, "ended": self.ended}
        body: dict[str, Json] = {**self.more, "member": self.member, "learner": self.learner, "why": self.why}
        return body | {key: said.isoformat() for key, said in days.items() if said is not None}

    @property
    def of(self) -> tuple[str, str]:
        """The member and the learner."""
        return self.member, self.learner

    @property
    def words(self) -> str:
        """Why they are close."""
        return self.why
