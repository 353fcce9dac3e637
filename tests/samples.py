"""Events, units and members to test with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit, UnitKey
from markterm.domain.record.event import Event, Json, Kind, Result, Subject

LEARNER = "ENR1234567"
AT = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
KEY = UnitKey("8580-501", "1")

UNIT = Unit(
    "8580-501",
    "Coaching in an organisation",
    version="1",
    outcomes=(
        LearningOutcome(1, "Explain coaching", (Criterion("1.1", "Define coaching"), Criterion("1.2", "Evaluate it"))),
        LearningOutcome(2, "Plan coaching", (Criterion("2.1", "Plan a programme"),)),
    ),
)

ASSESSOR = Member("jm", "Jo Marsh", frozenset({Role.ASSESSOR}), frozenset({"8580-501"}))
SECOND_ASSESSOR = Member("ak", "Ali Khan", frozenset({Role.ASSESSOR, Role.VERIFIER}), frozenset({"8580-501"}))
VERIFIER = Member("vd", "Vera Dunn", frozenset({Role.VERIFIER}), frozenset({"8580-501"}))


def decision(
    uid: str,
    criterion: str = "1.1",
    result: Result = Result.PASS,
    *,
    note: str = "",
    actor: str = "jm",
    learner: str = LEARNER,
    supersedes: Iterable[str] = (),
) -> Event:
    """A decision on one criterion of `UNIT`."""
    body: dict[str, Json] = {"result": result.value, "note": note, "attempt": 1, "wording": "Define coaching"}
    subject = Subject(KEY, criterion)
    return Event(uid, Kind.DECIDED.value, learner, AT, actor, "assessor", subject, body, tuple(supersedes))


def declaration(uid: str = "declared") -> Event:
    """The learner's declaration of authenticity for the whole portfolio."""
    body: dict[str, Json] = {"form": "signed sheet", "refuses_use": False}
    return Event(uid, Kind.DECLARED.value, LEARNER, AT, "jm", "assessor", Subject(), body)


def withdrawal(uid: str, of: str, criterion: str = "1.1", *, actor: str = "jm") -> Event:
    """The withdrawal of a decision."""
    body: dict[str, Json] = {"reason": "marked in the wrong row"}
    return Event(uid, Kind.WITHDRAWN.value, LEARNER, AT, actor, "assessor", Subject(KEY, criterion), body, (of,))


def uids(events: Iterable[Event]) -> list[str]:
    """The events' identifiers, in order."""
    return [event.uid for event in events]
