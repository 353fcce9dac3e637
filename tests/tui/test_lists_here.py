"""What claims, visits and retention tell of keys: what can be done with the line under the cursor by whoever acts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.actions import ActionRecord, ActionState
from markterm.domain.views.kept_of import KeptOf
from markterm.domain.views.listed_actions import ListedAction, Standing
from markterm.domain.views.listed_claims import ClaimState, ListedClaim
from markterm.tui.claims.here import told_of_claims
from markterm.tui.command import commands_in, keys_together
from markterm.tui.retention.here import keys_of_retention
from markterm.tui.visits.here import keys_of_visits
from tests.tui.sitting import NARROW, sitting
from tests.tui.test_claims import cursor, passed, to_claims
from tests.tui.test_retention import act_as, certified

CORA = Member("cora", "Cora", frozenset({Role.COORDINATOR}))
INES = Member("ines", "Inês", frozenset({Role.VERIFIER}))
ASHA = Member("asha", "Asha", frozenset({Role.ASSESSOR}))
TODAY = date(2026, 9, 1)


class _Claimable:
    """What a claim is told by."""

    def __init__(self, claimed_with: str = "") -> None:
        self.claimed_with = claimed_with


class _Claim:
    """A claim in that state."""

    steps_for = ListedClaim.steps_for

    def __init__(self, state: ClaimState, claimed_with: str = "") -> None:
        self.state, self.claimable = state, _Claimable(claimed_with)


class _Kept:
    """What is kept of somebody, as far as its keys go."""

    def __init__(self, *, due: bool = False, held: bool = False, coming: tuple[str, ...] = ()) -> None:
        self._due, self.is_held, self.coming = due, held, coming

    def is_due(self, today: date) -> bool:
        assert today == TODAY
        return self._due


def of_claim(state: ClaimState, member: Member = CORA, claimed_with: str = "") -> list[str]:
    claim = cast("ListedClaim", _Claim(state, claimed_with))
    return [name for name, _ in told_of_claims(claim, member)]


def names(text: str) -> list[str]:
    return [name for _, name in commands_in(text) if name]


def of_kept(kept: _Kept | None, member: Member = CORA, *, unfinished: bool = False) -> list[str]:
    of = cast("KeptOf | None", kept)
    return names(keys_of_retention(of, member, TODAY, unfinished=unfinished, only_due=False))


def of_visit(standing: Standing, member: Member) -> list[str]:
    state = ActionState.ACCEPTED if standing is Standing.ACCEPTED else ActionState.OPEN
    action = ActionRecord("u", "", None, "Say who.", "ines", date(2026, 9, 1), state, (), ())
    listed = ListedAction(None, None, "the visit", action, standing)
    return names(keys_of_visits(listed, member, is_visit=True))


def test_of_a_claim_the_step_that_follows_is_told_and_no_other() -> None:
    steps = {"claims.claimed", "claims.received", "claims.sent", "claims.exempt", "claims.take-back"}
    expected = {
        ClaimState.READY: {"claims.claimed", "claims.exempt"},
        ClaimState.BLOCKED: {"claims.exempt"},
        ClaimState.CLAIMED: {"claims.received", "claims.take-back"},
        ClaimState.RECEIVED: {"claims.sent", "claims.take-back"},
        ClaimState.SENT: {"claims.take-back"},
        ClaimState.EXEMPT: {"claims.take-back"},
    }
    assert {state: steps & set(of_claim(state)) for state in ClaimState} == expected
    assert of_claim(ClaimState.READY)[0] == "claims.claimed"
    assert of_claim(ClaimState.BLOCKED)[0] == "claims.open"


def test_what_was_claimed_with_its_qualification_and_what_no_coordinator_sees_has_no_step() -> None:
    steps = {"claims.claimed", "claims.received", "claims.sent", "claims.exempt", "claims.take-back"}
    assert not steps & set(of_claim(ClaimState.CLAIMED, claimed_with="with its qualification"))
    assert not any(steps & set(of_claim(state, INES)) for state in ClaimState)


def test_what_may_not_go_is_not_destroyed_and_a_hold_is_set_or_ended() -> None:
    kept = of_kept(_Kept())
    assert "retention.hold" in kept
    assert not {"retention.destroy", "retention.end-hold", "retention.take-back", "retention.complete"} & set(kept)
    assert "retention.destroy" in of_kept(_Kept(due=True))
    held = of_kept(_Kept(held=True))
    assert ("retention.end-hold" in held, "retention.hold" in held) == (True, False)
    assert "retention.take-back" in of_kept(_Kept(coming=("meant",)))
    assert of_kept(_Kept(), unfinished=True)[0] == "retention.complete"
    assert not {"retention.hold", "retention.destroy"} & set(of_kept(_Kept(due=True), ASHA))
    assert "retention.read" not in of_kept(None)


def test_what_a_visit_asks_for_is_done_by_its_owner_and_accepted_by_a_verifier_who_is_not() -> None:
    assert of_visit(Standing.OPEN, INES)[0] == "visits.done"
    assert "visits.accept" not in of_visit(Standing.DONE, INES)
    viktor = Member("viktor", "Viktor", frozenset({Role.VERIFIER}))
    assert of_visit(Standing.DONE, viktor)[:1] == ["visits.accept"]
    assert not {"visits.accept", "visits.again", "visits.done"} & set(of_visit(Standing.DONE, CORA))
    assert not {"visits.accept", "visits.again", "visits.reassign"} & set(of_visit(Standing.ACCEPTED, viktor))
    assert "visits.drop" not in of_visit(Standing.OPEN, INES)


def test_who_neither_coordinates_nor_verifies_is_told_that_visits_can_be_read() -> None:
    reads = ["visits.read", "visits.leave", "visits.export", "visits.lists"]
    assert names(keys_of_visits(None, ASHA, is_visit=True)) == reads
    assert names(keys_of_visits(None, CORA))[0] == "visits.new"
    assert "visits.drop" in names(keys_of_visits(None, CORA, is_visit=True))


def test_what_is_told_is_a_command_with_a_key_and_nothing_is_told_twice() -> None:
    known = {binding.id for together in keys_together() for binding in together}
    told = [
        *(of_claim(state) for state in ClaimState),
        of_kept(_Kept(due=True, held=True, coming=("meant",)), unfinished=True),
        *(of_visit(standing, member) for standing in Standing for member in (INES, CORA)),
        names(keys_of_visits(None, CORA, is_visit=True)),
    ]
    for each in told:
        assert set(each) <= known
        assert len(set(each)) == len(each)


async def test_the_bar_of_the_claims_follows_the_cursor(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", make=passed) as at:
        await to_claims(at)
        seen = {}
        for _ in range(4):
            seen["ready" in cursor(at)] = at.lines[-1].split("  ")[0].strip()
            await at.press("j")
        assert seen == {True: "c claimed", False: "⏎ why"}


@pytest.mark.long
async def test_below_what_is_kept_stands_what_can_be_done_with_this_learner(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=certified) as at:
        act_as(at, "cora")
        await at.app.action_do("app.retention")
        await at.until(lambda: "D destroys" in at.text)
        await at.press("j")
        assert "D destroys" not in at.text
        assert "h holds" in at.text
