"""Events: what happened to a learner's portfolio, who did it, when and why. They are only ever added.

A change of mind is a new event that names, in `supersedes`, the decisions that it replaces. That alone tells a change
of mind from a conflict: a decision that does not name the one beside it was made without having seen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from markterm.domain.assessed.unit import UnitKey

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Kind(StrEnum):
    """The kinds of event that this version folds. A record may hold others, of a newer version: they are kept.

    The last ones stand in the centre's own record, all others in those of learners.
    """

    DECLARED = "declared"
    SUBMITTED = "submitted"
    CITED = "cited"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"
    COUNTERSIGNED = "countersigned"
    SAMPLED = "sampled"
    LOOKED = "looked"
    VERIFIED = "verified"
    RELEASED = "released"
    ACTION = "action"
    ACKNOWLEDGED = "acknowledged"
    CASE = "case"
    CLAIMED = "claimed"
    COMMENTED = "commented"
    DUE_SET = "due_set"
    OPENED = "opened"
    HOLD = "hold"
    EVIDENCE_DESTROYED = "evidence_destroyed"
    SKILLS_RATED = "skills_rated"
    CPD_PLANNED = "cpd_planned"
    CPD_DONE = "cpd_done"
    BADGE = "badge"
    ACCOUNT = "account"
    METHOD_SET = "method_set"
    CARRIED = "carried"
    LEFT = "left"
    RENAMED = "renamed"
    RECEIVED = "received"
    SIGNED = "signed"
    MEMBER_CHANGED = "member_changed"
    REMARK_PINNED = "remark_pinned"
    REMARK_UNPINNED = "remark_unpinned"
    REMARK_RETIRED = "remark_retired"
    REMARK_RESTORED = "remark_restored"
    INTEREST_DECLARED = "interest_declared"
    PLANNED = "planned"
    PLAN_CHANGED = "plan_changed"
    RATED = "rated"
    STANDARDISED = "standardised"
    ASSESSOR_OBSERVED = "assessor_observed"
    BRIEF_VERIFIED = "brief_verified"
    FOLLOWED_UP = "followed_up"
    VISITED = "visited"
    VISIT_NOTED = "visit_noted"
    DESTROYED = "destroyed"
    KEY_ENTERED = "key_entered"
    KEY_ENDED = "key_ended"
    STANDARD_CARRIED = "standard_carried"
    PROFILE_KEPT = "profile_kept"
    PROFILE_ENDED = "profile_ended"


OF_EITHER = frozenset({Kind.SKILLS_RATED, Kind.CPD_PLANNED, Kind.CPD_DONE})
"""The kinds of both records: about the learner whose record it is, or about the member whom the centre's names."""
OF_THE_CENTRE = frozenset(
    {
        Kind.MEMBER_CHANGED,
        Kind.REMARK_PINNED,
        Kind.REMARK_UNPINNED,
        Kind.REMARK_RETIRED,
        Kind.REMARK_RESTORED,
        Kind.INTEREST_DECLARED,
        Kind.PLANNED,
        Kind.PLAN_CHANGED,
        Kind.RATED,
        Kind.STANDARDISED,
        Kind.ASSESSOR_OBSERVED,
        Kind.BRIEF_VERIFIED,
        Kind.FOLLOWED_UP,
        Kind.VISITED,
        Kind.VISIT_NOTED,
        Kind.DESTROYED,
        Kind.KEY_ENTERED,
        Kind.KEY_ENDED,
        Kind.STANDARD_CARRIED,
        Kind.PROFILE_KEPT,
        Kind.PROFILE_ENDED,
        *OF_EITHER,
    }
)
"""The kinds of the centre's own record. In that of a learner they are none that is known, but for those of either."""
OF_A_LEARNER = frozenset(Kind) - OF_THE_CENTRE | OF_EITHER
CENTRE = ""
"""The learner whom events of the centre's own record name: nobody."""


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
    is the store's; `actor` is a member's id and `role` the role they acted in; `body` depends on the kind, and is read
    and written in `markterm.domain.record.bodies` alone; `supersedes` are the uids of the events that this one
    replaces.
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
