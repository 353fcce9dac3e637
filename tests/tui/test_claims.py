"""The claims at the screen: what is ready and what blocks the rest, and each step from a claim to its certificate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.event import Result
from markterm.tui.blindfold import Blindfold
from markterm.tui.claims.known import KnownClaims
from markterm.tui.claims.screen import ClaimsScreen
from tests.assignments import add_qualifications, register
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import Sitting, sitting

AWARD = ("AAA1", "T-AWARD", False)


def passed(path: Path) -> Path:
    """AAA1 passed T-101, which completes T-AWARD, and has the feedback; Cora coordinates."""
    make_centre_in(path)
    with (path / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[member]]\nid = "cora"\nname = "Cora Lind"\nroles = ["coordinator"]\n')
        file.write('\n[claims.qualification.T-AWARD]\nstatus = "direct"\n')
    add_qualifications(path)
    register(path, "AAA1", qualifications="[T-AWARD, T-CERT]")
    asha = Centre.open(path, member="asha", places=places_in(path.parent / "asha"))
    for number in ("1.1", "1.2", "2.1"):
        asha.marking.mark("AAA1", "T-101", number, Result.PASS, "")
    asha.attempts.declare("AAA1", "e-mail")
    asha.closings.close("AAA1", "T-101", "")
    list(asha.feedback.release(asha.feedback.draft("AAA1", "T-101")))
    asha.close_down()
    return path


async def to_claims(at: Sitting) -> None:
    """To the claims of Rosalind, by way of the reports."""
    await at.press("4", "C")
    await at.shows("2 ready to claim, 0 claimed")
    await at.press("slash")
    await at.type("rosa")
    await at.press("enter")
    await at.shows("4 of 8 shown")


def cursor(at: Sitting) -> str:
    """The line under the cursor."""
    return next(line for line in at.lines if line.startswith("▸"))


async def test_a_claim_goes_to_its_certificate_by_the_keyboard_and_every_surface_says_the_same(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", make=passed) as at:
        await to_claims(at)
        assert "T-AWARD" in cursor(at)
        assert "✓ ready to claim" in cursor(at)
        # The day is asked for as the command asks, and a wrong one refused with the words kept.
        await at.press("c")
        await at.type("2999-01-01")
        await at.press("tab")
        await at.type("C-17")
        await at.press("enter")
        await at.shows("That day has not come")
        assert "C-17" in at.text
        await at.press("shift+tab", *["backspace"] * 10, "enter")
        await at.shows("○ claimed number C-17")
        other = at.as_other("cora")
        (award, *_) = other.claims.of("AAA1").claimables
        assert award.in_words == f"claimed, number C-17, {date.today()}"
        assert other.caseload.row_of("AAA1").units[0].claim == "claimed"
        await at.press("r", "tab")
        await at.type("600")
        await at.press("enter")
        await at.shows("◐ certificate received number 600")
        await at.press("s", "enter")
        await at.shows("● certificate sent number 600")
        await at.press("u", "enter")
        await at.shows("no reason was given")
        await at.type("Of another learner.")
        await at.press("enter")
        await at.shows("◐ certificate received number 600")
        await at.press("enter")
        await at.shows("taken back since")
        assert [event.body["step"] for event in at.events()[-4:]] == ["claimed", "received", "sent", "taken back"]


@pytest.mark.long
async def test_what_blocks_is_shown_and_leads_to_the_learner_at_the_unit_and_back(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", make=passed) as at:
        await to_claims(at)
        await at.press("f")
        await at.shows("ready to claim, 2")
        await at.press("j", "j", "enter")
        await at.shows("2 of 8 shown")
        assert "rosa state:blocked" in at.text
        await at.press("j")
        assert "T-102" in cursor(at)
        # A rule refuses before anything is asked.
        await at.press("c")
        assert "it is not closed (not-closed)" in at.told[-1]
        assert "Enter in the list of claims shows what blocks it." in at.told[-1]
        await at.press("enter")
        await at.shows("· it is not closed (not-closed)")
        await at.press("enter")
        await at.opened("AAA1")
        assert at.at == "T-102 1.1"
        await at.press("q")
        await at.until(lambda: isinstance(at.app.screen, ClaimsScreen))
        assert "T-102" in cursor(at)
        await at.press("o")
        await at.opened("AAA1")
        await at.press("q", "escape", "slash")
        await at.type("rosa what:qual")
        await at.press("enter")
        await at.shows("2 of 8 shown")
        await at.press("X")
        await at.shows("This list, with what blocks each")
        await at.press("escape", "escape", "e")
        await at.type("Transferred.")
        await at.press("enter")
        await at.shows("– exempt")
        await at.press("t")
        await at.shows("What is ready is claimed: nobody signs it off first.")
        # Over the reports, where it was asked for.
        await at.press("escape", "q")
        await at.shows("Agreement")


@pytest.mark.long
async def test_a_line_that_stands_whole_in_the_list_is_not_told_again_below_it(tmp_path: Path) -> None:
    def signed_off(path: Path) -> Path:
        file = passed(path) / "centre.toml"
        status = '\n[claims.qualification.T-CERT]\nstatus = "sign-off"\n'
        file.write_text(file.read_text("utf-8") + status, "utf-8")
        return path

    async with sitting(tmp_path, member="cora", make=signed_off) as at:
        await at.app.action_do("app.claims")
        await at.shows("ready to claim")
        await at.press("slash")
        await at.type("t-cert state:blocked what:qualification")
        await at.press("enter", "enter")
        await at.shows("Enter opens the learner there")
        fits = "pass T-102 (2 credits) to complete it (rules-of-combination)"
        assert sum(fits in line for line in at.lines if line.startswith("  │")) == 1
        await at.press("down")
        await at.shows("nothing is signed off (no-sign-off)")


@pytest.mark.long
async def test_who_does_not_coordinate_looks_and_what_others_record_shows_when_it_is_looked_again(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, member="asha", make=passed) as at:
        await at.app.action_do("app.claims")
        await at.shows("2 ready to claim, 0 claimed")
        assert "received" not in at.lines[-1]
        await at.press("c")
        assert "Only a coordinator claims" in at.told[-1]
        at.as_other("cora").claims.take("AAA1", "T-AWARD", ClaimStep.CLAIMED)
        at.as_other("asha").closings.reopen("AAA1", "T-101", "An appeal.")
        await at.press("ctrl+r")
        await at.shows("○ claimed ! T-101: it was reopened")


async def test_whoever_is_marked_blind_stands_here_without_their_name(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="cora", make=passed, blind=True) as at:
        await at.app.action_do("app.claims")
        await at.shows("2 ready to claim, 0 claimed")
        assert "blind" in at.text
        assert "Learner 1" in at.text
        assert "BBB2" not in at.text
        await at.press("slash")
        await at.type("bbb2")
        await at.shows("Nothing matches this filter")
        await at.press("escape", "slash")
        await at.type("what:qualification learner")
        await at.press("enter", "e")
        await at.shows("No certificate of it is needed")
        assert "T-AWARD of Learner " in at.text
        assert not {"Rosalind", "Nneka", "Zoé"} & set(at.text.split())


async def test_a_record_that_is_not_whole_is_said_in_the_title_and_nothing_of_it_is_claimed(tmp_path: Path) -> None:
    def damaged(path: Path) -> Path:
        (segment,) = (passed(path) / "records" / "AAA1").glob("*.log")
        segment.write_bytes(segment.read_bytes()[:-20])
        return path

    async with sitting(tmp_path, member="cora", make=damaged) as at:
        await at.app.action_do("app.claims")
        await at.shows("Decisions may be missing: 1 record is incomplete. as cora")
        await at.press("slash")
        await at.type("t-award")
        await at.press("enter")
        await at.shows("(incomplete-record)")
        await at.press("c")
        assert "complete" in at.told[-1]
        await at.press("escape", "q")
        assert at.app.screen is at.app.caseload


def test_only_who_changed_is_read_again(tmp_path: Path) -> None:
    centre = Centre.open(passed(tmp_path / "centre"), member="cora", places=places_in(tmp_path / "own"))
    centre.caseload.now()
    known = KnownClaims(centre, Blindfold(centre.caseload.names))
    assert len(list(known.reading())) == len(centre.caseload.rows)
    first = known.listed
    assert list(known.reading()) == []
    assert all(one is other for one, other in zip(first, known.listed, strict=True))
    centre.claims.take("AAA1", "T-AWARD", ClaimStep.CLAIMED)
    centre.caseload.now()
    assert list(known.reading()) == [(1, 1)]
    assert {each.key: each.state.value for each in known.listed}[AWARD] == "claimed"
    known.forget()
    assert len(known.listed) == len(first)
    assert len(list(known.reading())) == len(centre.caseload.rows)
    centre.close_down()
