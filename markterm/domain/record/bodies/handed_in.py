"""What is recorded of handing in: the learner declares the work to be their own, and a unit is submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Self

from markterm.domain.record.bodies.body import Fields, all_texts, attempt_said, day, others, text, texts
from markterm.domain.record.event import Json


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration as the learner gave it: how, on which day (None: on that of its receipt), and whether the learner
    ticked the box which refuses anonymised use of the work for standardisation. Without an `attempt` it covers the
    first one at every unit."""

    form: str
    on: date | None = None
    refuses_use: bool = False
    attempt: int | None = None
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a declaration says."""
        return cls(
            text(body, "form"),
            day(text(body, "on")),
            body.get("refuses_use") is True,
            attempt_said(body),
            others(body, frozenset({"form", "on", "refuses_use", "attempt"})),
        )

    def write(self) -> dict[str, Json]:
        """The body of a declaration, and what a submission says of the one that came with it."""
        body: dict[str, Json] = {**self.more, "form": self.form, "refuses_use": self.refuses_use}
        if self.on is not None:
            body["on"] = self.on.isoformat()
        return body | {"attempt": self.attempt} if self.attempt is not None else body

    @property
    def words(self) -> str:
        """Nothing."""
        return ""


class Allowed(NamedTuple):
    """The centre's policy on the day on which another attempt was begun: how many there are, and the role that lets a
    learner begin one; `conditions` are what was said to be met then."""

    attempts: int
    authorised_by: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submitted:
    """A unit is handed in: `files` are the SHA-256 of each by name as it was recorded.

    `unread` is what could not be read and so is not fixed; `authorised_by` the id of the member who let the learner try
    again, under the `policy` of that day; `declaration` came with it. `at_closing` says that nobody submitted it and
    its evidence was fixed when the unit was closed, `no_evidence` why there was none then.
    """

    attempt: int | None
    files: Mapping[str, str]
    unread: tuple[str, ...] = ()
    authorised_by: str = ""
    policy: Allowed | None = None
    declaration: Declared | None = None
    at_closing: bool = False
    no_evidence: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a submission says."""
        files, declaration = body.get("files"), body.get("declaration")
        return cls(
            attempt_said(body),
            {name: str(sha256) for name, sha256 in files.items()} if isinstance(files, dict) else {},
            all_texts(body.get("unread")),
            text(body, "authorised_by"),
            _allowed(body.get("policy")),
            Declared.read(declaration) if isinstance(declaration, dict) else None,
            body.get("at_closing") is True,
            text(body, "no_evidence"),
            others(body, _SUBMITTED),
        )

    def write(self) -> dict[str, Json]:
        """The body of a submission."""
        body: dict[str, Json] = {**self.more, "attempt": self.attempt, "files": dict(self.files)}
        if self.at_closing:
            body["at_closing"] = True
        if self.no_evidence:
            body["no_evidence"] = self.no_evidence
        if self.unread:
            body["unread"] = list(self.unread)
        if self.authorised_by:
            body["authorised_by"] = self.authorised_by
        if self.policy is not None:
            policy: dict[str, Json] = {
                "attempts": self.policy.attempts,
                "authorised_by": self.policy.authorised_by,
            }
            body["policy"] = policy | ({"conditions": list(self.policy.conditions)} if self.policy.conditions else {})
        if self.declaration is not None:
            body["declaration"] = self.declaration.write()
        return body

    @property
    def words(self) -> str:
        """Nothing."""
        return ""


_SUBMITTED = frozenset(
    {"attempt", "files", "unread", "authorised_by", "policy", "declaration", "at_closing", "no_evidence"}
)


def _allowed(said: Json) -> Allowed | None:
    if not isinstance(said, dict):
        return None
    match said:
        case {"attempts": int(attempts), "authorised_by": str(role)}:
            return Allowed(attempts, role, texts(said.get("conditions")))
    return None
