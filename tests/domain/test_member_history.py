"""Who the members were: what the centre's record keeps of them over time, and whose an id is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event, Json
from markterm.domain.record.member_history import MemberHistory, change_of, history_of
from markterm.domain.rules.act import Act
from markterm.domain.rules.attempt import received
from markterm.domain.rules.member_changes import changes, check_same_person, said_to_be_the_same, say
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, AT

JO = Member("jo", "Jo Bright", frozenset({Role.ASSESSOR}), frozenset({"T-101"}), cpd=date(2026, 1, 15))
ANA = Member("ana", "Ana María López", frozenset({Role.VERIFIER, Role.COORDINATOR}))


def day(number: int) -> datetime:
    return AT + timedelta(days=number)


def written(*days: Iterable[Member]) -> tuple[Event, ...]:
    """The centre's record when somebody acted once a day, with these members in centre.toml."""
    events: list[Event] = []
    for number, members in enumerate(days):
        act = Act(ASSESSOR, "AAA1", day(number), "act")
        said = changes(history_of(events), tuple(members))
        events += [say(replace(act, uid=f"{number}-{each}"), change) for each, change in enumerate(said)]
    return tuple(events)


def test_what_did_not_change_is_not_written_again() -> None:
    assert len(written([JO, ANA], [JO, ANA], [ANA, JO])) == 2


def test_a_member_is_who_they_were_on_that_day() -> None:
    married = replace(JO, name="Jo Moss", units=frozenset({"T-101", "T-102"}), training=frozenset({"T-103"}))
    history = history_of(written([JO, ANA], [married, ANA], [ANA]))
    assert history.begins == day(0)
    assert history.at("jo", day(-1)) is None
    assert history.at("jo", day(0)) == JO
    assert history.at("jo", day(1)) == married
    assert history.at("jo", day(2)) is None
    assert history.last("jo") == married
    assert history.now() == {"ana": ANA}
    assert [history.name_of("jo", day(number)) for number in (-1, 0, 1, 2)] == [
        "Jo Moss",
        "Jo Bright",
        "Jo Moss",
        "Jo Moss",
    ]
    assert history.name_of("nobody") == ""


def test_the_names_of_those_who_left_stay_on_what_they_did() -> None:
    history = history_of(written([JO, ANA], [ANA]))
    centre = CentreDetails("1", "A", members=(ANA,), past=lambda: history)
    assert centre.name_of("jo") == centre.name_of("jo", day(0)) == "Jo Bright"
    assert centre.name_of("zed") == "zed"
    assert CentreDetails("1", "A", members=(ANA,)).name_of("jo") == "jo"


@pytest.mark.parametrize("name", ["Jo Moss", "Joanna Bright", "JO BRIGHT", "Bright, Jo", "Dr. Jo Bright"])
def test_a_name_that_keeps_a_word_is_the_same_persons(name: str) -> None:
    now = replace(JO, name=name)
    history = history_of(written([JO]))
    check_same_person(history, now)
    assert history_of(written([JO], [now])).now() == {"jo": now}


@pytest.mark.parametrize("name", ["Lee Khan", "J Moss", "Jonas"])
def test_an_id_that_is_somebody_elses_now_is_refused_and_the_record_keeps_whose_it_was(name: str) -> None:
    other = replace(JO, name=name)
    with pytest.raises(Refused, match="knows jo as Jo Bright"):
        check_same_person(history_of(written([JO])), other)
    assert history_of(written([JO], [other, ANA])).now() == {"jo": JO, "ana": ANA}


def test_the_id_of_somebody_who_left_is_theirs_alone() -> None:
    history = history_of(written([JO, ANA], [ANA]))
    for name in ("Jo Moss", "Lee Khan"):
        with pytest.raises(Refused, match="knows jo as Jo Bright"):
            check_same_person(history, replace(JO, name=name))
    check_same_person(history, JO)
    assert history_of(written([JO, ANA], [ANA], [JO, ANA])).now() == {"jo": JO, "ana": ANA}


def test_a_name_may_be_said_to_be_the_same_persons() -> None:
    other = replace(JO, name="Lee Khan")
    events = written([JO, ANA])
    said = said_to_be_the_same(Act(ASSESSOR, "", day(1), "u"), history_of(events), other)
    history = history_of([*events, said])
    check_same_person(history, other)
    assert history.name_of("jo", day(0)) == "Jo Bright"
    assert history.name_of("jo", day(1)) == "Lee Khan"
    with pytest.raises(Refused, match="Nothing to settle"):
        said_to_be_the_same(Act(ASSESSOR, "", day(2), "v"), history, other)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"member": 3, "name": "A"},
        {"member": "", "name": "A"},
        {"member": "a"},
        {"member": "a", "name": ""},
        {"member": "a", "name": ["A"]},
        {"member": "a", "left": "yes"},
    ],
)
def test_what_has_another_shape_says_nothing(body: dict[str, object]) -> None:
    (event, *_) = written([JO])
    assert change_of(replace(event, body=body)) is None  # type: ignore[arg-type]  # foreign


def test_roles_and_days_of_a_newer_version_are_read_past() -> None:
    (event,) = written([JO])
    body: dict[str, Json] = {**event.body, "roles": ["assessor", "archivist", 3], "cpd": "soon", "units": "all"}
    change = change_of(replace(event, body=body))
    assert change is not None
    assert change.member == Member("jo", "Jo Bright", frozenset({Role.ASSESSOR}))


_members = st.lists(
    st.builds(
        Member,
        id=st.sampled_from(["a", "b", "c"]),
        name=st.just("Same Name"),
        roles=st.frozensets(st.sampled_from(Role)),
        units=st.frozensets(st.sampled_from(["T-1", "T-2"])),
        competence=st.none() | st.dates(),
        cpd=st.none() | st.dates(),
        training=st.frozensets(st.sampled_from(["T-3", "T-4"])),
    ),
    unique_by=lambda member: member.id,
)


@given(st.lists(_members, max_size=5))
def test_the_record_says_after_every_act_who_the_members_are(days: list[list[Member]]) -> None:
    for number in range(len(days)):
        history = history_of(written(*days[: number + 1]))
        assert history.now() == {member.id: member for member in days[number]}
        assert all(history.at(member.id, day(number)) == member for member in days[number])


def test_nobody_is_known_before_anything_is_written() -> None:
    assert MemberHistory().begins is None
    check_same_person(MemberHistory(), JO)


def test_a_declaration_of_a_day_that_has_not_come_is_refused() -> None:
    assert received(Declared("e-mail", AT.date()), AT).write()["on"] == AT.date().isoformat()
    with pytest.raises(Refused, match="not come yet"):
        received(Declared("e-mail", AT.date() + timedelta(days=1)), AT)
