"""What can be claimed: ready when nothing is in the way, else with a code for each thing that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from markterm.domain.assessed.claiming import Claiming, Fact, QualificationStanding, Status
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.qualification import AllOfGroup, Group, GroupUnit, Qualification
from markterm.domain.assessed.qualification_progress import evaluate
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.claims import steps
from markterm.domain.claims.claimable import AfterVisits, Claimable, Claimant, claimables
from markterm.domain.claims.since import changed_since, claims_of_unit
from markterm.domain.claims.why_not import LACKS, WhyNot
from markterm.domain.record.bodies.badging import Badge, BadgeStep
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.programme import passed
from markterm.domain.record.sheet_fit import as_it_stands, with_records
from markterm.domain.rules.act import Act, entry
from markterm.domain.views.waiting import to_claim
from markterm.domain.words.errors import Refused
from tests.domain.test_waiting import Way, decided, referred
from tests.samples import AT, KEY, LEARNER, UNIT

CORA = Member("cora", "Cora Lind", frozenset({Role.COORDINATOR}))
LATER = AT + timedelta(days=100)
TODAY = LATER.date()
CERT = Qualification(
    "8580-CERT",
    "Certificate",
    groups=(Group(1, "Mandatory", (GroupUnit(KEY.code, "Coaching", 5, 5, 18),)),),
    rules=(AllOfGroup(1),),
)
WHOLE = Learner(
    LEARNER,
    "Rosalind Jones",
    uln="1234567899",
    email="r@example.org",
    qualifications=(CERT.code,),
    registered=AT.date(),
    legal_name="Rosalind M Jones",
    born=date(2001, 5, 9),
    expires=TODAY,
    funded=False,
)
EVERYTHING = Claiming(needs=tuple(Fact))


def passed_and_told() -> Way:
    return decided().close().release()


def who(way: Way, learner: Learner = WHOLE, claiming: Claiming = EVERYTHING, **more: Any) -> Claimant:
    portfolio = way.portfolio
    progress = evaluate(CERT, passed(portfolio), learner.registered, TODAY)
    return Claimant(learner, (UNIT,), portfolio, (progress,), claiming, TODAY, **more)


def both(way: Way, learner: Learner = WHOLE, claiming: Claiming = EVERYTHING, **more: Any) -> tuple[Claimable, ...]:
    return claimables(who(way, learner, claiming, **more))


def codes(of: Claimable) -> list[WhyNot]:
    return [each.code for each in of.blocks]


def act(uid: str = "c", member: Member = CORA) -> Act:
    return Act(member, LEARNER, LATER, uid)


def add(way: Way, event: Event) -> Way:
    way.events.append(event)
    return way


def test_what_was_passed_and_told_is_ready_with_its_qualification() -> None:
    qualification, unit = both(passed_and_told())
    assert (qualification.code, unit.code) == ("8580-CERT", "8580-501")
    assert qualification.is_ready, qualification.blocks
    assert unit.is_ready, unit.blocks
    assert qualification.rests_on == unit.rests_on == ("e4",)
    assert (unit.achieved, unit.credits) == ((AT + timedelta(days=4)).date(), 5)


def test_nothing_is_achieved_by_a_referral_or_by_a_part_of_a_qualification() -> None:
    qualification, unit = both(referred().release())
    assert (qualification.achieved, unit.achieved) == (None, None)
    assert [(each.is_ready, each.in_words) for each in (qualification, unit)] == [(False, "blocked")] * 2
    two = replace(
        CERT, groups=(Group(1, "Mandatory", (*CERT.groups[0].units, GroupUnit("8580-503", "More", 5, 3, 9))),)
    )
    way = passed_and_told()
    half = evaluate(two, passed(way.portfolio), WHOLE.registered, TODAY)
    qualification, unit = claimables(replace(who(way), progress=(half,)))
    assert qualification.achieved is None
    assert unit.achieved is not None


def test_a_unit_that_counts_though_the_learner_is_on_no_such_sheet_blocks_the_qualification() -> None:
    (qualification,) = claimables(replace(who(passed_and_told()), units=()))
    assert [(each.unit, each.code) for each in qualification.blocks] == [(KEY.code, WhyNot.NO_SHEET)]


def _recognised(way: Way, of: UnitKey = KEY) -> Way:
    way.add(Kind.CASE, {"step": "opened", "about": "recognition", "text": "So.", "recognised_as": "exemption"})
    way.events[-1] = replace(way.events[-1], subject=Subject(of))
    opened = way.events[-1].uid
    return way.add(
        Kind.CASE, {"step": "decided", "about": "recognition", "case": opened, "upheld": True, "text": "So."}
    )


def _told_of_it(way: Way) -> Way:
    opened = next(each.uid for each in way.events if each.body.get("about") == "recognition")
    return way.add(
        Kind.CASE, {"step": "reported", "about": "recognition", "case": opened, "to": "the awarding organisation"}
    )


_UNIT_BLOCKS: dict[str, tuple[Callable[[], Way], list[WhyNot]]] = {
    "nothing happened": (Way, [WhyNot.NOT_CLOSED]),
    "decided": (decided, [WhyNot.NOT_CLOSED]),
    "in conflict": (lambda: decided().clash("1.1"), [WhyNot.CONFLICT, WhyNot.NOT_CLOSED]),
    "referred": (lambda: referred().release(), [WhyNot.NOT_PASSED]),
    "not told": (lambda: decided().close(), [WhyNot.NOT_RELEASED]),
    "changed since": (lambda: passed_and_told().decide("1.1"), [WhyNot.CHANGED]),
    "sampled": (lambda: passed_and_told().sample(), [WhyNot.NOT_VERIFIED]),
    "not agreed": (lambda: passed_and_told().sample().verify(agrees=False), [WhyNot.NOT_AGREED]),
    "agreed": (lambda: passed_and_told().sample().verify(), []),
    "an action": (
        lambda: passed_and_told().add(Kind.ACTION, {"step": "set", "text": "Do.", "owner": "jm", "attempt": 1}),
        [WhyNot.ACTION],
    ),
    "malpractice": (
        lambda: passed_and_told().add(Kind.CASE, {"step": "opened", "about": "malpractice", "text": "So."}),
        [WhyNot.CASE],
    ),
    "recognised": (lambda: _recognised(passed_and_told()), [WhyNot.NOT_TOLD]),
    "recognised of another unit": (lambda: _recognised(passed_and_told(), UnitKey("8580-999", "1")), []),
    "recognised and told": (lambda: _told_of_it(_recognised(passed_and_told())), []),
    "a complaint": (
        lambda: passed_and_told().add(Kind.CASE, {"step": "opened", "about": "complaint", "text": "So."}),
        [],
    ),
}


@pytest.mark.parametrize("state", _UNIT_BLOCKS)
def test_what_of_a_unit_is_in_the_way_blocks_it_and_the_qualification_that_it_counts_in(state: str) -> None:
    way, expected = _UNIT_BLOCKS[state]
    qualification, unit = both(way())
    assert codes(unit) == expected
    found = [each.code for each in qualification.blocks if each.unit == unit.code]
    if WhyNot.RULES in codes(qualification):
        assert found == []  # It does not count.
    else:
        assert found == expected


def test_a_course_of_the_centres_own_is_never_ready_to_claim_and_says_where_its_badge_stands() -> None:
    (_, unit) = _of_its_own()
    assert (codes(unit), unit.in_words) == ([WhyNot.OWN], "badge offered")
    way = passed_and_told()
    closing = way.portfolio.unit(KEY).closing
    assert closing is not None
    badge = Badge(BadgeStep.ISSUED, credential="{}", rests_on=closing.uid)
    add(way, entry(act("badge"), CORA, Kind.BADGE, Subject(KEY), badge))
    (_, regulated_by_now) = both(way)
    assert regulated_by_now.in_words == "ready to claim"


def test_a_centre_may_claim_before_the_learner_is_told() -> None:
    assert codes(both(decided().close(), claiming=Claiming(released=False))[1]) == []


@pytest.mark.parametrize("fact", Fact)
def test_every_fact_that_is_needed_and_lacks_has_a_code_of_its_own(fact: Fact) -> None:
    empty: Any = "" if isinstance(getattr(WHOLE, fact.value), str) else None
    lacks = replace(WHOLE, **{fact.value: empty})
    for each in both(passed_and_told(), lacks):
        assert codes(each) == [LACKS[fact][0]]
    assert all(each.is_ready for each in both(passed_and_told(), lacks, Claiming()))


@pytest.mark.parametrize(
    ("slip", "code"),
    [
        ({"uln": "1234567898"}, WhyNot.BAD_ULN),
        ({"expires": TODAY - timedelta(days=1)}, WhyNot.EXPIRED),
        ({"left": TODAY}, WhyNot.LEFT),
        ({"registered": AT.date() + timedelta(days=2)}, WhyNot.BEFORE_REGISTRATION),
    ],
)
def test_what_of_a_registration_cannot_be_claimed_is_said(slip: dict[str, Any], code: WhyNot) -> None:
    for each in both(passed_and_told(), replace(WHOLE, **slip)):
        assert codes(each) == [code]


def test_an_incomplete_record_and_a_newer_kind_block_everything() -> None:
    for each in both(passed_and_told(), incomplete="a line is gone"):
        assert codes(each) == [WhyNot.INCOMPLETE]
    for each in both(passed_and_told(), incomplete="entries are not understood", not_understood=True):
        assert codes(each) == [WhyNot.NOT_UNDERSTOOD]
    for each in both(passed_and_told(), visited=AfterVisits(unknown="the centre's own record cannot be read")):
        assert codes(each) == [WhyNot.INCOMPLETE]


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (QualificationStanding(status=Status.DIRECT), []),
        (QualificationStanding(status=Status.CERTIFICATION_SUSPENDED), [WhyNot.CERTIFICATION_SUSPENDED]),
        (QualificationStanding(status=Status.SIGN_OFF), [WhyNot.SIGN_OFF]),
        (QualificationStanding("", Status.REGISTRATIONS_SUSPENDED, AT.date() + timedelta(1)), []),
        (QualificationStanding("", Status.REGISTRATIONS_SUSPENDED, AT.date()), [WhyNot.REGISTRATIONS_SUSPENDED]),
    ],
)
def test_how_the_centre_stands_in_the_qualification_counts(
    standing: QualificationStanding, expected: list[WhyNot]
) -> None:
    for each in both(passed_and_told(), claiming=Claiming(standings={CERT.code: standing})):
        assert codes(each) == expected


def test_where_registrations_are_suspended_one_of_no_known_day_is_taken_for_a_later_one() -> None:
    suspended = QualificationStanding("", Status.REGISTRATIONS_SUSPENDED, AT.date() + timedelta(1))
    claiming = Claiming(standings={CERT.code: suspended})
    for each in both(passed_and_told(), replace(WHOLE, registered=None), claiming):
        assert codes(each) == [WhyNot.REGISTRATIONS_SUSPENDED]


def test_a_visit_signs_off_what_was_closed_until_then_and_its_actions_hold_claims() -> None:
    claiming = Claiming(standings={CERT.code: QualificationStanding(status=Status.SIGN_OFF)})
    closed = (AT + timedelta(days=4)).date()
    for until, expected in ((closed, []), (closed - timedelta(days=1), [WhyNot.SIGN_OFF])):
        found = both(passed_and_told(), claiming=claiming, visited=AfterVisits({CERT.code: until}))
        assert [codes(each) for each in found] == [expected, expected]
    # What was achieved on no day was signed off on none.
    for each in both(decided(), claiming=claiming, visited=AfterVisits({CERT.code: closed})):
        assert WhyNot.SIGN_OFF in codes(each)
    for of, expected in (("", [WhyNot.EQA_ACTION]), (CERT.code, [WhyNot.EQA_ACTION]), ("8580-DIP", [])):
        found = both(passed_and_told(), visited=AfterVisits(holding=((of, "an action is open"),)))
        assert [codes(each) for each in found] == [expected, expected]


def test_a_coordinator_claims_what_is_ready_and_goes_on_in_order() -> None:
    way = passed_and_told()
    qualification, unit = both(way)
    with pytest.raises(Refused, match="nobody said that it was claimed"):
        steps.go_on(act(), qualification, ClaimStep.RECEIVED)
    add(way, steps.claim(act("c1"), qualification, TODAY, "17"))
    qualification, unit = both(way)
    assert (qualification.state, qualification.in_words) == (ClaimStep.CLAIMED, f"claimed, number 17, {TODAY}")
    assert codes(unit) == [WhyNot.CLAIMED]
    with pytest.raises(Refused, match="claimed already"):
        steps.claim(act("c2"), qualification)
    with pytest.raises(Refused, match="certificate received"):
        steps.go_on(act("s0"), qualification, ClaimStep.SENT)
    with pytest.raises(Refused, match="Not in this order"):
        steps.go_on(act("r0"), qualification, ClaimStep.RECEIVED, TODAY - timedelta(days=1))
    add(way, steps.go_on(act("r1"), qualification, ClaimStep.RECEIVED, TODAY, "600"))
    add(way, steps.go_on(act("s1"), both(way)[0], ClaimStep.SENT))
    qualification = both(way)[0]
    assert qualification.in_words == f"certificate sent, number 600, {TODAY}"
    with pytest.raises(Refused, match="recorded already"):
        steps.go_on(act("s2"), qualification, ClaimStep.SENT)
    for left in (ClaimStep.RECEIVED, ClaimStep.CLAIMED, None):
        add(way, steps.take_back(act(f"t{left}"), both(way)[0], "Of another learner."))
        assert both(way)[0].state is left
    assert all(each.is_ready for each in both(way))
    add(way, steps.exempt(act("x"), both(way)[0], "Transferred."))
    assert both(way)[0].state is ClaimStep.EXEMPT


def test_none_is_exempt_by_prior_learning_that_the_awarding_organisation_was_not_told_of() -> None:
    way = _recognised(decided())
    with pytest.raises(Refused, match="was not told of the prior learning"):
        steps.exempt(act("x"), both(way)[1], "Recognised.")
    assert steps.exempt(act("x"), both(_told_of_it(way))[1], "Recognised.")


def test_nobody_else_claims_and_nothing_that_is_blocked_or_of_another_day() -> None:
    qualification, unit = both(passed_and_told())
    with pytest.raises(Refused, match="Only a coordinator"):
        steps.claim(act(member=Member("jm", "Jo Marsh", frozenset({Role.ASSESSOR, Role.VERIFIER}))), unit)
    with pytest.raises(Refused, match=r"not given the feedback on it \(not-released\)"):
        steps.claim(act(), both(decided().close())[1])
    with pytest.raises(Refused, match="later than today"):
        steps.claim(act(), qualification, TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="before it was passed"):
        steps.claim(act(), qualification, AT.date())
    with pytest.raises(Refused, match="no reason"):
        steps.exempt(act(), unit, " ")
    with pytest.raises(Refused, match="Nothing is claimed"):
        steps.take_back(act(), unit, "Why.")


def test_of_two_who_act_apart_taking_one_step_back_leaves_the_other() -> None:
    way = passed_and_told()
    add(way, steps.claim(act("c"), both(way)[0]))
    beside = [steps.go_on(act(uid), both(way)[0], ClaimStep.RECEIVED, number=uid) for uid in ("r1", "r2")]
    for event in beside:
        add(way, event)
    add(way, steps.take_back(act("t"), both(way)[0], "The other one came."))
    claim = both(way)[0].claim
    assert claim is not None
    received = claim.last(ClaimStep.RECEIVED)
    assert received is not None
    assert {received.number, *claim.undone} == {"r1", "r2"}


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (lambda way: way, ()),
        (lambda way: way.reopen(), ("8580-501: it was reopened since it was claimed",)),
        (lambda way: way.decide("1.1"), ("8580-501: decisions were changed since it was claimed",)),
        (lambda way: way.reopen().close(), ("8580-501: it was closed anew since it was claimed",)),
        (lambda way: way.sample().verify(agrees=False), ("8580-501: a verifier does not agree",)),
        (
            lambda way: way.add(Kind.CASE, {"step": "opened", "about": "appeal", "text": "So."}),
            ("8580-501: a case holds it since it was claimed",),
        ),
    ],
)
@pytest.mark.parametrize("of", [0, 1])
def test_what_changes_after_a_claim_is_told_of_it(of: int, after: Callable[[Way], Way], told: tuple[str, ...]) -> None:
    way = passed_and_told()
    add(way, steps.claim(act("c"), both(way)[of]))
    way = after(way)
    claimed = both(way)[of]
    assert (claimed.state, claimed.changed) == (ClaimStep.CLAIMED, told)
    (claim,) = claims_of_unit(KEY, way.portfolio)
    assert changed_since(claim, way.portfolio) == told
    back = add(way, steps.take_back(act("t"), claimed, "It was none."))
    assert both(back)[of].changed == ()


def test_a_claim_on_a_closing_that_the_record_does_not_hold_says_so() -> None:
    way = passed_and_told()
    add(way, steps.claim(act(), both(way)[1]))
    (claim,) = claims_of_unit(KEY, way.portfolio)
    assert changed_since(claim, Portfolio()) == ("a closing that it rests on is not in the record",)


def test_a_qualification_that_was_claimed_waits_for_nobody_to_claim_it() -> None:
    way = passed_and_told()
    due = {KEY.code: ()}
    assert to_claim(CERT.code, [KEY.code], due, way.portfolio) is not None
    add(way, steps.claim(act("c"), both(way)[0]))
    assert to_claim(CERT.code, [KEY.code], due, way.portfolio) is None
    add(way, steps.take_back(act("t"), both(way)[0], "It was none."))
    assert to_claim(CERT.code, [KEY.code], due, way.portfolio) is not None


def _lacks(**facts: Any) -> tuple[Claimable, ...]:
    return both(passed_and_told(), replace(WHOLE, **facts))


def _standing(status: Status) -> tuple[Claimable, ...]:
    standings = {CERT.code: QualificationStanding("", status, AT.date())}
    return both(passed_and_told(), claiming=Claiming(standings=standings))


def _without_sheet() -> tuple[Claimable, ...]:
    own = who(passed_and_told())
    unit, record = as_it_stands(KEY, None, (), own.portfolio, why="its sheet is gone")
    return claimables(replace(own, units=(unit,), portfolio=with_records(own.portfolio, {KEY: record})))


def _claimed() -> tuple[Claimable, ...]:
    way = passed_and_told()
    return both(add(way, steps.claim(act(), both(way)[0])))


def _on_a_standard() -> tuple[Claimable, ...]:
    own = who(passed_and_told())
    return claimables(replace(own, units=tuple(replace(unit, is_standard=True) for unit in own.units)))


def _of_its_own() -> tuple[Claimable, ...]:
    own = who(passed_and_told())
    return claimables(replace(own, units=tuple(replace(unit, regulated=False) for unit in own.units)))


def _of(state: str) -> Callable[[], tuple[Claimable, ...]]:
    return lambda: both(_UNIT_BLOCKS[state][0]())


_EVERY_CODE: dict[WhyNot, tuple[Callable[[], tuple[Claimable, ...]], str]] = {
    WhyNot.INCOMPLETE: (lambda: both(passed_and_told(), incomplete="a line is gone"), "a line is gone"),
    WhyNot.NOT_UNDERSTOOD: (lambda: both(passed_and_told(), not_understood=True), "a newer version"),
    WhyNot.NO_SHEET: (_without_sheet, "its sheet is gone"),
    WhyNot.CONFLICT: (_of("in conflict"), "decisions are in conflict"),
    WhyNot.STALE: (_without_sheet, "do not fit the sheet"),
    WhyNot.NOT_CLOSED: (_of("decided"), "it is not closed"),
    WhyNot.NOT_PASSED: (_of("referred"), "it is a referral"),
    WhyNot.CHANGED: (_of("changed since"), "decisions were made since"),
    WhyNot.CASE: (_of("malpractice"), "a case holds it"),
    WhyNot.NOT_TOLD: (_of("recognised"), "was not told of the prior learning"),
    WhyNot.ACTION: (_of("an action"), "1 verification action of it not accepted"),
    WhyNot.NOT_VERIFIED: (_of("sampled"), "no verifier has agreed"),
    WhyNot.NOT_AGREED: (_of("not agreed"), "its verifiers do not agree"),
    WhyNot.NOT_RELEASED: (_of("not told"), "not given the feedback"),
    WhyNot.BEFORE_REGISTRATION: (lambda: _lacks(registered=TODAY), f"before the registration on {TODAY}"),
    WhyNot.RULES: (_of("nothing happened"), "8580-501"),
    WhyNot.NO_REGISTERED: (lambda: _lacks(registered=None), "the day of registration"),
    WhyNot.NO_EXPIRES: (lambda: _lacks(expires=None), "the day on which the registration expires"),
    WhyNot.NO_LEGAL_NAME: (lambda: _lacks(legal_name=""), "the legal name"),
    WhyNot.NO_BORN: (lambda: _lacks(born=None), "the date of birth"),
    WhyNot.NO_ULN: (lambda: _lacks(uln=""), "the ULN is not known"),
    WhyNot.BAD_ULN: (lambda: _lacks(uln="1234567898"), "its check digit"),
    WhyNot.NO_EMAIL: (lambda: _lacks(email=""), "no e-mail address"),
    WhyNot.NO_FUNDED: (lambda: _lacks(funded=None), "whether it is funded"),
    WhyNot.EXPIRED: (lambda: _lacks(expires=AT.date()), f"expired on {AT.date()}"),
    WhyNot.LEFT: (lambda: _lacks(left=TODAY), f"left on {TODAY}"),
    WhyNot.REGISTRATIONS_SUSPENDED: (lambda: _standing(Status.REGISTRATIONS_SUSPENDED), "registrations suspended"),
    WhyNot.CERTIFICATION_SUSPENDED: (lambda: _standing(Status.CERTIFICATION_SUSPENDED), "certification suspended"),
    WhyNot.SIGN_OFF: (lambda: _standing(Status.SIGN_OFF), "nothing is signed off"),
    WhyNot.EQA_ACTION: (
        lambda: both(passed_and_told(), visited=AfterVisits(holding=(("", "action a1"),))),
        "action a1",
    ),
    WhyNot.CLAIMED: (_claimed, "it was claimed as a part of 8580-CERT"),
    WhyNot.OWN: (_of_its_own, "no awarding organisation certificates it"),
    WhyNot.STANDARD: (_on_a_standard, "it is a standard and no qualification"),
}
"""What comes to each code, and what is said then."""


@pytest.mark.parametrize("code", WhyNot)
def test_every_code_is_reached_and_says_in_a_sentence_what_is_in_the_way(code: WhyNot) -> None:
    found, told = _EVERY_CODE[code]
    sentences = [each.sentence for of in found() for each in of.blocks if each.code is code]
    assert any(told in sentence for sentence in sentences), sentences
