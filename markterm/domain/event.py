"""Events: what happened to a learner's portfolio, who did it, when and why. They are only ever added.

A change of mind is a new event that names, in `supersedes`, the decisions that it replaces. That alone tells a change
of mind from a conflict: a decision that does not name the one beside it was made without having seen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from markterm.domain.unit import UnitKey

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def texts_in(said: object) -> tuple[str, ...]:
    """The texts of a list; none where it is no list."""
    return tuple(each for each in said if isinstance(each, str)) if isinstance(said, (list, tuple)) else ()


class Kind(StrEnum):
    """The kinds of event that this version folds. A record may hold others, of a newer version: they are kept."""

    DECLARED = "declared"
    SUBMITTED = "submitted"
    CITED = "cited"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"
    COUNTERSIGNED = "countersigned"
    SAMPLED = "sampled"
    VERIFIED = "verified"
    RELEASED = "released"
    CARRIED = "carried"
    RENAMED = "renamed"


class Result(StrEnum):
    """What an assessor decides of a criterion, and what a closed unit comes to."""

    PASS = "pass"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: a unit, one criterion of it, or (both None) the learner's portfolio."""

    unit: UnitKey | None = None
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the record.

    `uid` is unique for ever; `kind` is a `Kind` or the name of a newer one; `at` is UTC and for people only, the order
    is the store's; `actor` is a member's id and `role` the role they acted in; `body` depends on the kind;
    `supersedes` are the uids of the events that this one replaces.
    """

    uid: str
    kind: str
    learner: str
    at: datetime
    actor: str
    role: str
    subject: Subject = field(default_factory=Subject)
    body: Mapping[str, Json] = field(default_factory=dict)
    supersedes: tuple[str, ...] = ()
