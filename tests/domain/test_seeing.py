"""Who may see which learner, by role and by what the centre says of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.strategy import Strategies
from markterm.domain.assessed.visibility import LIMITED, TheirsBy, Visibility
from markterm.domain.record.bodies.planning import ChosenFrom, Planned, PlannedRule, PlannedSample
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.plans import Adopted, StandingPlan
from markterm.domain.rules.seeing import (
    ANOTHER,
    limits_in_words,
    require_somebody,
    require_staff,
    require_visiting,
    sees,
)
from markterm.domain.sampling.drawn import drawn_part
from markterm.domain.sampling.proposal import nothing_proposed
from markterm.domain.sampling.table import table
from markterm.domain.sampling.why import why
from markterm.domain.views.told_to import told_to
from markterm.domain.words.errors import Refused
from markterm.domain.words.learner_names import LearnerNames
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


def test_everybody_is_told_in_words_whom_they_are_shown() -> None:
    asha, una = member("asha", Role.ASSESSOR), member("una", Role.EXTERNAL, visit=(DAY, date(2026, 3, 4)))
    for who, visibility in ((asha, NONE), (None, NONE), (member("carol", Role.COORDINATOR), BY_ALL)):
        assert limits_in_words(who, visibility, DAY) == ""
    assert limits_in_words(None, BY_ALL, DAY) == "Nobody is shown: say who you are."
    assert limits_in_words(asha, BY_ALL, DAY) == "Shown are the learners that are yours, as centre.toml says."
    assert limits_in_words(una, NONE, DAY) == "Shown are learners of no qualification."
    after = limits_in_words(una, NONE, date(2026, 3, 5))
    assert after == "Nobody is shown: the visit is from 2026-03-02 to 2026-03-04."
    no_visit = member("una", Role.EXTERNAL, qualifications=frozenset({"T-CERT"}))
    assert limits_in_words(no_visit, NONE, DAY) == "Nobody is shown: no visit was agreed."


def test_of_the_centres_own_record_nothing_of_somebody_hidden_is_told() -> None:
    hidden, here = {"BBB2", "GONE9"}, {"AAA1", "BBB2"}

    def event(kind: Kind, body: dict[str, object]) -> Event:
        return Event("u", kind.value, "", AT, "ines", "verifier", Subject(), body)  # type: ignore[arg-type]

    planned, noted, standardised, asked = told_to(
        (
            event(Kind.PLANNED, {**PLAN.write()}),
            event(Kind.PLAN_CHANGED, {"learner": "BBB2", "unit": "T-101", "why": "A visit."}),
            event(Kind.VISIT_NOTED, {"learners": ["AAA1", "BBB2", "GONE9"]}),
            event(Kind.STANDARDISED, {"exhibits": [{"learner": "BBB2", "file": "bo.docx"}]}),
            event(Kind.VISITED, {"text": "See BBB2, and AAA1."}),
        ),
        hidden.__contains__,
        here.__contains__,
    )
    assert Planned.read(planned.body).samples == PLAN.samples[:1]
    assert noted.body["learners"] == ["AAA1", ANOTHER, ANOTHER]
    assert standardised.body["exhibits"] == [{"learner": ANOTHER, "file": ""}]
    assert asked.body["text"] == f"See {ANOTHER}, and AAA1."


@pytest.mark.parametrize("registration", ["BBB2", "24/1042", "ENR 1042.b", "AAA1/2", "a:b"])
def test_in_a_text_a_hidden_registration_is_covered_whatever_stands_in_it(registration: str) -> None:
    text = f"{registration}: see AAA1, ({registration}) and {registration}. Not 24 or ENR 7."
    asked = Event("u", Kind.VISITED, "", AT, "ines", "verifier", Subject(), {"text": text})
    (told,) = told_to((asked,), registration.__eq__, {"AAA1", registration}.__contains__)
    assert told.body["text"] == f"{ANOTHER}: see AAA1, ({ANOTHER}) and {ANOTHER}. Not 24 or ENR 7."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nneka Okafor's log is late.", f"{ANOTHER}'s log is late."),
        ("Agreed with Okafor, Nneka: see AAA1.", f"Agreed with {ANOTHER}: see AAA1."),
        ("Okafor and Rosalind asked.", f"{ANOTHER} and Rosalind asked."),
        ("BBB2 (Nneka) came again.", f"{ANOTHER} ({ANOTHER}) came again."),
        ("A visit in May, May I add.", "A visit in May, May I add."),
        ("May Stone came, and May said so.", f"{ANOTHER} came, and {ANOTHER} said so."),
        ("Jones of both came.", "Jones of both came."),
        ("okafor", "okafor"),
    ],
)
def test_in_what_somebody_wrote_the_names_of_hidden_learners_are_covered(text: str, told: str) -> None:
    people = (("AAA1", "Rosalind Jones"), ("BBB2", "Nneka Okafor"), ("CCC3", "May Stone"), ("DDD4", "Dan Jones"))
    hidden = {"BBB2", "CCC3", "DDD4"}
    asked = Event("u", Kind.VISITED, "", AT, "ines", "verifier", Subject(), {"text": text})
    there = {registration for registration, _ in people}
    (event,) = told_to((asked,), hidden.__contains__, there.__contains__, LearnerNames(people).mentions)
    assert event.body["text"] == told


PLAN = Planned(
    DAY,
    date(2026, 8, 31),
    "seed",
    DAY,
    samples=(
        PlannedSample("AAA1", "T-101", ("two of all", "one of every kind: Leeds"), drawn=True),
        PlannedSample("BBB2", "T-102", ("one of T-102", "one of every kind: York"), drawn=True),
    ),
    rules=(
        PlannedRule("one of T-102", 1, 2, 1),
        PlannedRule("two of all", 2, 4, 2),
        PlannedRule("one of every kind: York", 1, 3, 1, covers=True),
        PlannedRule("one of every kind: Leeds", 1, 1, 1, covers=True),
    ),
    candidates=(
        ChosenFrom("T-102", ("BBB2", "CCC3"), (0, 1)),
        ChosenFrom("T-101", ("BBB2", "AAA1"), (1,)),
        ChosenFrom("T-103", ("AAA1",)),
    ),
    drawn_from=5,
    drawn=2,
)


def test_of_a_plan_nothing_is_told_that_is_about_hidden_learners_alone() -> None:
    told = PLAN.of_those(lambda learner, _: learner in {"BBB2", "CCC3"})
    assert [each.words for each in told.rules] == ["two of all", "one of every kind: Leeds"]
    assert told.candidates == (ChosenFrom("T-101", ("AAA1",), (0,)), ChosenFrom("T-103", ("AAA1",)))
    assert "BBB2" not in str(told.write())
    assert "York" not in str(told.write())


def standing(said: Planned) -> StandingPlan:
    return StandingPlan(DAY, said.ends, (Adopted("u", "ines", AT, said),))


def test_who_sees_some_is_told_no_place_in_an_order_and_no_proof_that_would_be_of_those_alone() -> None:
    whole, told = standing(PLAN), standing(PLAN.of_those(lambda learner, _: learner in {"BBB2", "CCC3"}))
    assert (why(whole, ("AAA1", "T-101")).of, why(told, ("AAA1", "T-101")).of) == (5, 0)
    assert [each.words for each in why(told, ("AAA1", "T-101")).rules] == ["two of all"]
    assert why(told, ("AAA1", "T-103")).because[0] == "it was none of those that were drawn at random"
    assert "5" not in why(told, ("AAA1", "T-104")).because[0].replace("2026", "")
    assert drawn_part(told) == {("AAA1", "T-101")}
    proved = table(told, (), ("AAA1",), {}, DAY, Strategies(), lambda *_: "").proves
    assert "those who see every learner" in proved
    assert nothing_proposed(told, DAY).said == told.adopted[0].said
    assert not nothing_proposed(StandingPlan(DAY, DAY), DAY).said.is_whole
