"""Who may see which learner, by role and by what the centre says of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.visibility import LIMITED, TheirsBy, Visibility
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.rules.seeing import (
    ANOTHER,
    limits_in_words,
    require_somebody,
    require_staff,
    require_visiting,
    sees,
)
from markterm.domain.views.told_to import told_to
from markterm.domain.words.errors import Refused
from tests.samples import AT

DAY = date(2026, 3, 2)
ANN = Learner("AAA1", "Ann Lee", qualifications=("T-CERT",), assessor="asha", site="Leeds")
NONE = Visibility()
BY_ALL = Visibility(dict.fromkeys(LIMITED, frozenset(TheirsBy)))


def by(way: TheirsBy) -> Visibility:
    return Visibility(dict.fromkeys(LIMITED, frozenset({way})))


def member(name: str, *roles: Role, **more: object) -> Member:
    return Member(name, name.title(), frozenset(roles), **more)  # type: ignore[arg-type]


def may(who: Member | None, visibility: Visibility, given: Collection[str] = (), learner: Learner = ANN) -> bool:
    return sees(who, visibility, learner, given.__contains__, DAY)


PAT = member("pat", Role.EXTERNAL, qualifications=frozenset({"T-CERT"}), visit=(DAY, DAY))


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.VERIFIER, Role.COORDINATOR, Role.TUTOR])
def test_where_the_centre_says_nothing_everybody_of_it_sees_everybody(role: Role) -> None:
    assert may(member("x", role), NONE)
    assert may(None, NONE)


@pytest.mark.parametrize(
    ("way", "who", "given", "seen"),
    [
        (TheirsBy.ASSIGNED, member("asha", Role.ASSESSOR), (), True),
        (TheirsBy.ASSIGNED, member("ben", Role.ASSESSOR), (), False),
        (TheirsBy.ASSIGNED, member("ben", Role.ASSESSOR), ("ben",), True),
        (TheirsBy.ASSIGNED, member("asha", Role.VERIFIER), (), False),
        (TheirsBy.ASSIGNED, member("ines", Role.VERIFIER), ("ines",), True),
        (TheirsBy.SITE, member("ben", Role.ASSESSOR, sites=frozenset({"Leeds"})), (), True),
        (TheirsBy.SITE, member("ben", Role.ASSESSOR, sites=frozenset({"York"})), ("ben",), False),
        (TheirsBy.QUALIFICATION, member("tom", Role.TUTOR, qualifications=frozenset({"T-CERT"})), (), True),
        (TheirsBy.QUALIFICATION, member("tom", Role.TUTOR), (), False),
    ],
)
def test_a_learner_is_somebodys_in_the_ways_that_the_centre_says(
    way: TheirsBy, who: Member, given: Collection[str], seen: bool
) -> None:
    assert may(who, by(way), given) is seen


def test_coordinators_and_the_lead_see_everybody_and_of_several_roles_the_widest_counts() -> None:
    limited = BY_ALL
    assert may(member("carol", Role.COORDINATOR), limited)
    assert may(member("lea", Role.VERIFIER, lead=True), limited)
    assert may(member("ben", Role.ASSESSOR, Role.COORDINATOR), limited)
    assert not may(member("ben", Role.ASSESSOR, Role.VERIFIER), limited)
    assert may(member("ben", Role.ASSESSOR, Role.TUTOR), Visibility({Role.ASSESSOR: frozenset({TheirsBy.ASSIGNED})}))


def test_who_is_limited_by_no_way_and_who_was_not_named_sees_nobody() -> None:
    assert not may(member("asha", Role.ASSESSOR), Visibility({Role.ASSESSOR: frozenset()}))
    assert not may(None, BY_ALL)
    with pytest.raises(Refused, match="Who is looking"):
        require_somebody(None, BY_ALL)
    require_somebody(None, NONE)


def test_a_learner_without_a_site_is_at_nobodys_site() -> None:
    nowhere = Learner("AAA1", "Ann Lee")
    who = member("ben", Role.ASSESSOR, sites=frozenset({""}))
    assert not may(who, by(TheirsBy.SITE), learner=nowhere)


def test_an_external_quality_assurer_sees_a_qualification_on_the_days_of_the_visit_alone() -> None:
    for visibility in (NONE, BY_ALL):
        assert may(PAT, visibility)
        assert not may(PAT, visibility, learner=Learner("BBB2", "Bo", qualifications=("OTHER",), assessor="pat"))
        for day in (date(2026, 3, 1), date(2026, 3, 3)):
            assert not sees(PAT, visibility, ANN, frozenset[str]().__contains__, day)
    require_visiting(PAT, DAY)
    with pytest.raises(Refused, match="2026-03-02 to 2026-03-02"):
        require_visiting(PAT, date(2026, 3, 3))
    with pytest.raises(Refused, match="reads"):
        require_staff(PAT)
    assert "T-CERT" in limits_in_words(PAT, NONE, DAY)
    assert "2026-03-02" in limits_in_words(PAT, NONE, date(2026, 3, 9))


def test_of_the_centres_own_record_nothing_of_somebody_hidden_is_told() -> None:
    hidden, here = {"BBB2", "GONE9"}, {"AAA1", "BBB2"}

    def event(kind: Kind, body: dict[str, object]) -> Event:
        return Event("u", kind.value, "", AT, "ines", "verifier", Subject(), body)  # type: ignore[arg-type]

    planned, noted, standardised, asked = told_to(
        (
            event(Kind.PLANNED, {"samples": [{"learner": "AAA1"}, {"learner": "BBB2"}]}),
            event(Kind.VISIT_NOTED, {"learners": ["AAA1", "BBB2", "GONE9"]}),
            event(Kind.STANDARDISED, {"exhibits": [{"learner": "BBB2", "file": "bo.docx"}]}),
            event(Kind.VISITED, {"text": "See BBB2, and AAA1."}),
        ),
        hidden.__contains__,
        here.__contains__,
    )
    assert planned.body["samples"] == [{"learner": "AAA1"}]
    assert noted.body["learners"] == ["AAA1", ANOTHER, ANOTHER]
    assert standardised.body["exhibits"] == [{"learner": ANOTHER, "file": ""}]
    assert asked.body["text"] == f"See {ANOTHER}, and AAA1."
