"""What an audit finds of authority that somebody did not have then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from markterm.domain.record.bodies.handed_in import Allowed, Submitted
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.member_history import MemberHistory, MemberSince
from markterm.domain.record.who_did_what import Line
from markterm.domain.record.without_authority import without_authority
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, VERIFIER

LEARNING = replace(ASSESSOR, id="tia", units=frozenset(), training=ASSESSOR.units)
HISTORY = MemberHistory(
    tuple(MemberSince(each.id, AT, each) for each in (ASSESSOR, SECOND_ASSESSOR, VERIFIER, LEARNING))
)


def found(event: Event) -> list[str]:
    return [each.code for each in without_authority([Line(1, "x.1", 1, event)], HISTORY)]


def again(authorised_by: str, policy: Allowed | None) -> Event:
    said = Submitted(2, {"a.md": "1"}, authorised_by=authorised_by, policy=policy)
    return Event("s", Kind.SUBMITTED.value, LEARNER, AT, "jm", "assessor", Subject(KEY), said.write())


def signed(actor: str) -> Event:
    return Event("c", "countersigned", LEARNER, AT, actor, "assessor", Subject(KEY, "1.1"), {"decision": "d"})


def test_a_resubmission_is_authorised_by_who_has_the_role_that_was_asked_for_then() -> None:
    by_verifier = Allowed(2, "verifier")
    assert found(again("vd", by_verifier)) == []
    assert found(again("jm", by_verifier)) == ["MR38"]
    assert found(again("nobody", by_verifier)) == ["MR38"]
    assert found(again("jm", None)) == []  # The first attempt, or one of which no policy was recorded.
    assert found(replace(again("jm", by_verifier), at=AT - timedelta(days=1))) == []


def test_whoever_countersigned_was_approved_for_the_unit() -> None:
    assert found(signed("ak")) == []
    assert found(signed("tia")) == ["MR39"]
    assert found(signed("nobody")) == []  # Found as no member already.
