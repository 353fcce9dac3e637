"""What the lines of a record say of people and clocks that cannot be so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep, SeenHow
from markterm.domain.record.bodies.planning import Rated
from markterm.domain.record.event import Event, Json, Kind, Subject
from markterm.domain.record.member_history import MemberHistory, MemberSince
from markterm.domain.record.of_themselves import of_themselves
from markterm.domain.record.separated import Known, broken
from markterm.domain.record.who_did_what import ABOUT_PEOPLE, Line, about_people, as_findings
from tests.samples import AT, KEY, decision

NOTHING_KEPT = MemberHistory()
NOW = AT + timedelta(days=30)
KNOWN = MemberHistory(
    (
        MemberSince("jm", AT, Member("jm", "Jo Marsh", frozenset({Role.ASSESSOR}))),
        MemberSince("vd", AT, Member("vd", "Vera Dunn", frozenset({Role.VERIFIER}))),
        MemberSince("jm", AT + timedelta(days=10), None),
    )
)


def at(event: Event, **after: float) -> Event:
    return replace(event, at=AT + timedelta(**after))


def lines(*events: Event, segment: str = "") -> list[Line]:
    """The events in a segment of their actor, one after the other."""
    return [Line(n, segment or f"{e.actor}.0123abcd", n + 1, e) for n, e in enumerate(events, 1)]


def found(
    placed: Sequence[Line], history: MemberHistory = NOTHING_KEPT, every: Iterable[Event] | None = None
) -> list[str]:
    events = [line.event for line in placed] if every is None else tuple(every)
    people = (
        *about_people(placed, history, NOW, lambda name: name),
        *broken(placed, events, Known(history)),
        *of_themselves(placed, events),
    )
    told = list(as_findings(people, lambda name: Path(f"{name}.log")))
    assert {each.code for each in told} <= ABOUT_PEOPLE
    return [f"{each.code} {each.severity} {each.line} {each.message}" for each in told]


def by(kind: Kind, actor: str, body: dict[str, Json], uid: str = "x") -> Event:
    return Event(uid, kind.value, "L", AT, actor, "", Subject(KEY), body)


def test_a_sound_record_has_nothing_to_tell() -> None:
    assert found(lines(decision("a"), at(decision("b"), minutes=-4), at(decision("c"), days=1))) == []


def test_an_entry_in_somebody_elses_segment_is_told() -> None:
    (told,) = found(lines(decision("a", actor="vd"), segment="jm.0123abcd"))
    assert told == "MR20 error 2 this entry is by vd, in a segment that jm writes"


@pytest.mark.parametrize("count", [1, 0])
def test_counts_that_do_not_rise_are_told(count: int) -> None:
    first, second = lines(decision("a"), decision("b"))
    (told,) = found([first, second._replace(lc=count)])
    assert told.startswith("MR21 error 3")
    # Of two segments each has counts of its own.
    assert found([first, second._replace(lc=count, segment="jm.99999999")]) == []


def test_a_line_that_stands_in_two_copies_of_a_segment_is_one() -> None:
    placed = lines(decision("a"), decision("b"))
    assert found([*placed, *placed]) == []


def test_a_clock_that_was_put_back_and_a_day_that_has_not_come_are_warnings() -> None:
    (told,) = found(lines(at(decision("a"), minutes=5.1), decision("b")))
    assert told.startswith("MR22 warning 3")
    (told,) = found(lines(at(decision("a"), days=30, minutes=5.1)))
    assert told.startswith("MR23 warning 2")
    assert found(lines(at(decision("a"), minutes=5), decision("b"), at(decision("c"), days=30, minutes=5))) == []


def test_who_was_no_member_or_had_not_that_role_then_is_told() -> None:
    assert found(lines(at(decision("a"), days=1)), KNOWN) == []
    assert found(lines(at(decision("a"), days=10, minutes=4)), KNOWN) == []  # By a clock that is not quite right.
    (left,) = found(lines(at(decision("a"), days=11)), KNOWN)
    assert left.startswith("MR24 error 2 jm was no member of the centre on 2025-03-15")
    (never,) = found(lines(at(decision("a", actor="zz"), days=1)), KNOWN)
    assert never.startswith("MR24 error 2 zz")
    (role,) = found(lines(replace(at(decision("a"), days=1), role="verifier")), KNOWN)
    assert role.startswith("MR25 error 2 jm was no verifier")


def test_who_rated_or_observed_themselves_is_told_and_who_was_no_verifier_then() -> None:
    rated = Rated("jm", "8580-501", "green", "I am good.", NOW.date())
    seen = AssessorObserved(ObservingStep.RECORDED, "jm", SeenHow.OBSERVATION, on=AT.date(), text="Well done.")
    planned = replace(seen, step=ObservingStep.PLANNED, due=NOW.date())
    for kind, said, words in ((Kind.RATED, rated, "rated"), (Kind.ASSESSOR_OBSERVED, seen, "recorded the observation")):
        own, others = by(kind, "jm", said.write()), by(kind, "vd", said.write())
        role, told = found(lines(own), KNOWN)
        assert role.startswith("MR25 error 2 jm was no verifier")
        assert told.startswith(f"MR33 error 2 jm {words}")
        assert found(lines(others), KNOWN) == []
    assert found(lines(by(Kind.ASSESSOR_OBSERVED, "jm", planned.write()))) == []


@pytest.mark.parametrize(
    ("kind", "step", "words"),
    [
        (Kind.ACTION, "set", "verifier"),
        (Kind.ACTION, "reassigned", "verifier or coordinator"),
        (Kind.FOLLOWED_UP, "accepted", "verifier"),
        (Kind.STANDARDISED, "closed", "verifier"),
        (Kind.CASE, "decided", "coordinator or verifier"),
        (Kind.ACTION, "done", ""),
        (Kind.STANDARDISED, "answered", ""),
        (Kind.CASE, "opened", ""),
    ],
)
def test_a_step_of_somebody_whose_it_was_not_is_told_whatever_role_it_names(kind: Kind, step: str, words: str) -> None:
    told = [each for each in found(lines(by(kind, "jm", {"step": step})), KNOWN) if each.startswith("MR25")]
    assert [f"jm was no {words} of the centre" in each for each in told] == [True] * bool(words)
    assert not any(each.startswith("MR25") for each in found(lines(by(kind, "vd", {"step": step})), KNOWN))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.DECIDED, "assessor"),
        (Kind.CLOSED, "assessor"),
        (Kind.RELEASED, "assessor or coordinator"),
        (Kind.OPENED, "assessor"),
        (Kind.DECLARED, ""),
        (Kind.RECEIVED, ""),
        (Kind.SUBMITTED, ""),
    ],
)
def test_an_assessors_act_of_a_verifier_is_told_whatever_role_it_names(kind: Kind, words: str) -> None:
    told = [each for each in found(lines(replace(by(kind, "vd", {}), role="verifier")), KNOWN) if "MR25" in each]
    assert [f"vd was no {words} of the centre" in each for each in told] == [True] * bool(words)


def test_before_the_centres_record_kept_its_members_nobody_is_unknown() -> None:
    assert found(lines(at(decision("a", actor="zz"), minutes=-1)), KNOWN) == []
    assert found(lines(decision("a", actor="zz"))) == []


def test_nobody_answers_for_their_own_decisions() -> None:
    own = decision("d")
    closing = by(Kind.CLOSED, "ak", {"rests_on": ["d"]}, "c")
    for actor, said in (("jm", 1), ("ak", 1), ("vd", 0)):
        verified = by(Kind.VERIFIED, actor, {"rests_on": ["c"]}, "v")
        told = found(lines(verified), every=[own, closing, verified])
        assert [each[:4] for each in told] == ["MR26"] * said
    for actor, said in (("jm", 1), ("vd", 0)):
        signed = by(Kind.COUNTERSIGNED, actor, {"decision": "d"}, "s")
        assert len(found(lines(signed), every=[own, signed])) == said


@pytest.mark.parametrize("body", [{}, {"rests_on": "c"}, {"rests_on": [["c"], 3, "gone"]}, {"decision": ["d"]}])
def test_what_a_line_of_another_shape_answers_for_is_nothing(body: dict[str, Json]) -> None:
    for kind in (Kind.VERIFIED, Kind.COUNTERSIGNED):
        event = by(kind, "jm", body)
        assert found(lines(event), every=[decision("d"), event]) == []


def test_of_one_kind_so_many_are_told_that_a_person_can_look_at_them() -> None:
    assert len(found(lines(*(decision(f"e{n}", actor="vd") for n in range(300)), segment="jm.0"))) == 200
