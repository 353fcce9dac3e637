"""The list of claims: how far each is, what a filter lets through, and in which ways it can be narrowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from markterm.domain.assessed.claiming import Claiming, Fact, QualificationStanding, Status
from markterm.domain.claims import steps
from markterm.domain.claims.claimable import AfterVisits
from markterm.domain.claims.standing import claim_standings
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.listed_claims import (
    CLAIM_FILTER,
    ClaimState,
    ListedClaim,
    claims_in_words,
    filter_claims,
    listed_claim,
    narrowed,
    narrowings,
)
from markterm.domain.words.errors import WrongUse
from tests.domain.test_claimable import CERT, TODAY, WHOLE, act, add, both, passed_and_told
from tests.domain.test_waiting import Way, decided

READY = [listed_claim(WHOLE, each) for each in both(passed_and_told())]
SAM = replace(WHOLE, registration="SAM1", name="Sâm O'Neill", site="Leeds", uln="")
BLOCKED = [listed_claim(SAM, each) for each in both(decided().close(), SAM)]


def _claimed(number: str = "C-17", reopened: bool = False) -> list[ListedClaim]:
    way = passed_and_told()
    add(way, steps.claim(act("c"), both(way)[0], TODAY, number))
    return [listed_claim(WHOLE, each) for each in both(way.reopen() if reopened else way)]


@pytest.mark.parametrize("step", [ClaimStep.CLAIMED, ClaimStep.RECEIVED, ClaimStep.SENT, ClaimStep.EXEMPT])
def test_each_step_of_a_claim_is_a_state_of_its_own_with_the_same_words(step: ClaimStep) -> None:
    way: Way = passed_and_told()
    before = [ClaimStep.EXEMPT] if step is ClaimStep.EXEMPT else list(ClaimStep)[: list(ClaimStep).index(step) + 1]
    for each in before:
        add(way, steps.take(act(each.value), both(way)[0], each, text="So."))
    listed = listed_claim(WHOLE, both(way)[0])
    assert listed.state.value == step.value
    assert listed.claimable.in_words.startswith(listed.state.in_words)
    assert listed.codes == ()


def test_a_filter_knows_states_codes_qualifications_and_words_and_turns_each_round() -> None:
    every = [*READY, *BLOCKED, *_claimed(reopened=True)]
    told = {
        "state:ready": READY,
        "state:blocked": BLOCKED,
        "-state:blocked": [*READY, every[4], every[5]],
        "state:claimed": [every[4], every[5]],
        "state:changed": [every[4]],
        "why:no-uln": BLOCKED,
        "why:not-released what:unit": [BLOCKED[1]],
        "what:qual": [READY[0], BLOCKED[0], every[4]],
        "qualification:cert": every,
        "unit:501 sam": [BLOCKED[1]],
        "leeds": BLOCKED,
        "c-17": [every[4]],
        "qualification:dip": [],
    }
    assert {text: filter_claims(every, text) for text in told} == told


def test_a_filter_of_no_field_or_no_state_is_refused_and_every_field_is_known() -> None:
    CLAIM_FILTER.check("state:ready -why:no-uln jones")
    assert set(CLAIM_FILTER.fields) == {"state", "qualification", "unit", "why", "what"}
    with pytest.raises(WrongUse, match="There is no field assessor"):
        CLAIM_FILTER.check("assessor:asha")
    with pytest.raises(WrongUse, match="There is no state:certified"):
        CLAIM_FILTER.check("state:certified")


def test_whoever_is_marked_blind_is_not_found_by_name() -> None:
    row = CaseloadRow("SAM1", "SAM1", "Sâm O'Neill", alias="Learner 3")
    blind = [ListedClaim(row, each.claimable) for each in BLOCKED]
    assert filter_claims(blind, "sam") == []
    assert filter_claims(blind, "learner 3") == blind


def test_the_ways_to_narrow_a_list_leave_what_they_say() -> None:
    every = [*READY, *BLOCKED, *_claimed(reopened=True)]
    found = narrowings(every)
    assert [(each.words, each.count) for each in found[:5]] == [
        ("ready to claim", 2),
        ("blocked", 2),
        ("claimed", 2),
        ("changed since claimed", 1),
        ("qualifications alone", 3),
    ]
    assert {each.part: len(filter_claims(every, each.part)) for each in found} == {e.part: e.count for e in found}
    assert "blocked by no-uln" in {each.words for each in found}


def test_a_way_to_narrow_takes_the_place_of_the_one_before_it_and_leaves_the_others() -> None:
    assert narrowed("sam -state:ready why:no-uln", "state:blocked") == "sam why:no-uln state:blocked"
    assert narrowed("", "why:left") == "why:left"
    assert narrowed("sam state:ready", "") == ""


def test_a_unit_of_a_qualification_that_was_claimed_is_claimed_with_it_and_not_told_as_blocked() -> None:
    qualification, unit = _claimed()
    assert (unit.state, unit.codes) == (ClaimState.CLAIMED, ())
    assert unit.claimable.in_words == "claimed with its qualification"
    assert (unit.claimable.claimed_with, qualification.claimable.claimed_with) == (
        f"it was claimed as a part of {CERT.code}",
        "",
    )
    assert not unit.claimable.is_ready


def test_they_are_counted_as_the_command_line_counts_them() -> None:
    assert claims_in_words([*READY, *BLOCKED, *_claimed()]) == "2 ready to claim, 2 claimed, 2 blocked"
    assert ClaimState.RECEIVED.in_words == "certificate received"


def test_how_the_centre_stands_is_told_with_what_it_means_for_claims() -> None:
    signed = QualificationStanding("LSI", Status.SIGN_OFF, TODAY - timedelta(1))
    claiming = Claiming((Fact.ULN,), of_organisation={"LSI": (Fact.LEGAL_NAME,)}, standings={"8588-CERT": signed})
    visited = AfterVisits({CERT.code: TODAY}, (("", "action a1 is open"), ("8588-CERT", "action a2 is open")))
    usual, other = claim_standings(claiming, "City", {CERT.code: CERT.title}, visited)
    assert (usual.organisation, usual.in_words, other.organisation) == ("City", "no status is given", "LSI")
    assert list(usual.sentences) == [
        "Nobody said how the centre stands in it: nothing is held up by that.",
        f"Signed off to {TODAY}.",
        "Held: action a1 is open.",
        "Needed of a learner: uln.",
    ]
    assert list(other.sentences) == [
        "What was closed up to the day of the sign-off is claimed, and nothing later.",
        "Nothing is signed off yet.",
        "Held: action a1 is open.",
        "Held: action a2 is open.",
        "Needed of a learner: legal name.",
    ]


def test_while_nobody_knows_what_visits_hold_that_is_told_of_every_qualification() -> None:
    unread = AfterVisits(unknown="the centre's own record cannot be read, and may hold claims")
    (standing,) = claim_standings(Claiming(), "City", {CERT.code: CERT.title}, unread)
    assert f"Held: {unread.unknown}." in standing.sentences
