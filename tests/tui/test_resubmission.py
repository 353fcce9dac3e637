"""The whole way of a referral, with keys only: refer, feedback, resubmit, differences, pass, close."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.record.event import Kind
from tests.centres import make_centre_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

DIARY = "# Diary\n\nI boiled the water.\n\nI poured the tea for Sam.\n"


def with_an_essay(path: Path) -> Path:
    """The tiny centre, whose first learner hands in an essay on tea."""
    make_centre_in(path)
    evidence = path / "learners" / "AAA1" / "evidence"
    (evidence / "R Jones-AAA1-012345-101(1).md").write_text(DIARY, "utf-8")
    return path


def hand_in_again(at: Sitting) -> None:
    """What the learner does: a second essay beside the first."""
    evidence = at.folder / "learners" / "AAA1" / "evidence"
    again = DIARY.replace("I boiled the water.", "I boiled the water and warmed the pot first.")
    (evidence / "R Jones-AAA1-012345-101(2).md").write_text(again, "utf-8")


async def refer_and_release(at: Sitting) -> None:
    """Submit, mark one criterion refer, close, and release the feedback."""
    await at.press("S", "enter", "enter")
    await at.press("p", "r")
    await at.type("The pot is not mentioned. What did you do to it?")
    await at.press("enter", "p", "F")
    await at.type("Nearly there.")
    await at.press("enter", "f", "y")
    await at.press("j", "enter", "escape")


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])
async def test_a_referral_is_handed_in_again_compared_passed_and_closed(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sitting(tmp_path, size=size, make=with_an_essay, learner="AAA1") as at:
        await refer_and_release(at)
        assert [event.kind for event in at.events()] == [
            Kind.SUBMITTED,
            *[Kind.DECIDED] * 3,
            Kind.CLOSED,
            Kind.RELEASED,
        ]
        assert at.events()[0].body["declaration"]

        hand_in_again(at)
        await at.press("S")
        await at.shows("ince the files were listed: new R")
        await at.press("S")
        await at.shows("Which verifier authorised the resubmission?")
        await at.press("enter")
        assert "Submit T-101, attempt 2" in at.text
        await at.press("enter", "enter")
        await at.settled()
        submitted = at.events()[-1]
        assert (submitted.kind, submitted.body["attempt"], submitted.body["authorised_by"]) == ("submitted", 2, "ines")
        assert at.at == "T-101 1.2", "what was referred comes first"
        assert "↻" in next(line for line in at.lines if " 1.2 " in line)
        assert "The pot is not mentioned." in at.text
        assert "attempt 2" in at.lines[0]

        await at.press("l")
        await at.until(lambda: "authorised by ines, declared:" in " ".join(at.text.replace("│", " ").split()))
        await at.press("q")

        await at.press("d")
        await at.until(lambda: "warmed the pot first." in at.text)
        await at.press("q")
        assert at.app.screen is at.app.marking

        await at.press("p")
        assert at.decided()[-1] == "1.2 pass"
        assert at.events()[-1].body["attempt"] == 2
        await at.press("F", "enter", "y")
        closed = at.events()[-1]
        assert (closed.kind, closed.body["outcome"], closed.body["attempt"]) == (Kind.CLOSED, "pass", 2)
        await at.press("l")
        assert "attempt 2, stands" in at.text


@pytest.mark.long
async def test_a_resubmission_without_changes_is_refused_with_what_to_do(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_an_essay, learner="AAA1") as at:
        await refer_and_release(at)
        await at.press("S")
        assert any("Nothing was changed" in told and "Put the new evidence" in told for told in at.told)
        assert at.events()[-1].kind == Kind.RELEASED


async def test_the_mark_that_was_just_made_is_withdrawn_and_not_the_referral_before_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_an_essay, learner="AAA1") as at:
        await at.press("S", "enter", "enter", "r")
        await at.type("No pot.")
        await at.press("enter", "r")
        await at.type("No water.")
        await at.press("enter", "p", "F", "enter")
        hand_in_again(at)
        await at.press("S")
        await at.shows("were listed: new")
        await at.press("S", "enter", "enter", "enter")
        await at.until(lambda: len(at.events()) == 6)
        assert (at.events()[-1].body["attempt"], at.at) == (2, "T-101 1.1")
        await at.press("U")
        assert any("decided at an earlier attempt" in told for told in at.told)
        await at.press("n")
        await at.type("The pot is warm now.")
        await at.press("enter")
        assert at.events()[-1].kind == Kind.SUBMITTED, "a note alone decides nothing"
        await at.press("p")
        assert at.at == "T-101 1.2"
        assert at.events()[-1].body["note"] == "The pot is warm now."
        await at.press("F")
        assert any("1 of 3 criteria are resubmitted" in told for told in at.told)
        await at.press("u")
        withdrawn = at.events()[-1]
        assert (withdrawn.kind, withdrawn.subject.criterion) == (Kind.WITHDRAWN, "1.1")
        assert at.at == "T-101 1.1"
        assert "Referred at attempt 1" in at.text


@pytest.mark.long
async def test_a_passed_unit_is_not_handed_in_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_an_essay, learner="AAA1") as at:
        await at.press("S", "enter", "enter", "p", "p", "p", "F", "enter", "y", "S")
        assert any("T-101 is passed" in told for told in at.told)


@pytest.mark.long
async def test_a_submission_may_be_declared_later(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=with_an_essay, learner="AAA1") as at:
        await at.press("S", "end", "enter")
        assert "declaration" not in at.events()[-1].body
        await at.press("p", "p", "p", "F")
        assert any("Record it: D." in told for told in at.told)


def with_conditions(path: Path) -> Path:
    """The same centre, where a resubmission has a condition."""
    file = with_an_essay(path) / "centre.toml"
    policy = '\n[policy]\nresubmission_conditions = ["The first day was kept."]\n'
    file.write_text(file.read_text("utf-8") + policy, "utf-8")
    return path


@pytest.mark.long
async def test_the_conditions_of_a_resubmission_are_asked_for_and_recorded(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=with_conditions, learner="AAA1") as at:
        await refer_and_release(at)
        hand_in_again(at)
        await at.press("S")
        await at.shows("ince the files were listed: new R")
        await at.press("S", "enter")
        await at.shows("1 The first day was kept. Is each of it met?")
        await at.press("enter")
        assert at.events()[-1].kind == Kind.RELEASED
        await at.press("S", "enter")
        await at.shows("Is each of it met?")
        await at.press("j", "enter", "enter", "enter")
        policy = at.events()[-1].body["policy"]
        assert isinstance(policy, dict)
        assert policy["conditions"] == ["The first day was kept."]
