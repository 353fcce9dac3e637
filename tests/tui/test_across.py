"""One criterion across learners at the screen, with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.domain.record.event import Kind, Result
from markterm.tui.across.screen import AcrossScreen
from markterm.tui.caseload.screen import CaseloadScreen
from tests.centres import add_learner, make_centre_in
from tests.tui.sitting import NARROW, WIDE, Sitting, sitting

SIZES = pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)], ids=["narrow", "wide"])
LOG = "# Log\n\n" + "One more day.\n\n" * 60 + "I warmed the pot first (T-101 AC 1.2).\n\n" + "And so on.\n\n" * 60


def _with_decisions(path: Path) -> Path:
    """Five learners: two of them decided, one of whom refers to 1.2 far down in a file."""
    make_centre_in(path)
    add_learner(path, "DDD4", "Dai Davies", evidence=LOG)
    add_learner(path, "EEE5", "Eve Evans")
    return path


async def _decided_by_asha(at: Sitting) -> None:
    asha = at.as_other("asha")
    asha.marking.mark("CCC3", "T-101", "1.2", Result.REFER, "The pot is cold.")
    asha.marking.mark("EEE5", "T-101", "1.2", Result.PASS, "Warmed and emptied.")
    asha.close_down()
    await at.press("ctrl+r")


async def _from_the_caseload(at: Sitting) -> None:
    """Ask for T-101 1.2 across learners."""
    await at.press("h")
    assert "Which unit across all learners?" in at.text
    await at.press("enter", "j", "enter")
    await at.until(lambda: isinstance(at.app.screen, AcrossScreen) and at.app.across.across.looked > 0)
    await at.settled()


@SIZES
async def test_one_letter_a_learner_marks_a_criterion_for_everybody_who_waits(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with sitting(tmp_path, size=size, make=_with_decisions) as at:
        await _decided_by_asha(at)
        await _from_the_caseload(at)
        assert "T-101 1.2  3 wait, 2 decided" in at.lines[0]
        assert "Warm the pot" in at.text
        assert "Decided: 1 pass, 1 refer" in at.text
        assert "Warmed and emptied." in at.text

        await at.press("enter")
        await at.until(lambda: "across T-101 1.2 · 1 of 3" in at.lines[0])
        first = at.app.marking.work.desk.shown
        assert first is not None
        assert "Others: 1 pass, 1 refer" in at.text
        assert "The pot is" in at.text
        assert at.at == "T-101 1.2"
        await at.press("p")
        assert at.decided(first.learner.registration) == ["1.2 pass"]
        assert "· 2 of 3" in at.lines[0]
        assert "Others: 2 pass, 1 refer" not in at.text, "it is told when the records are looked at again"
        assert "✓ " in at.lines[-1], "that it was saved is said once, of the learner before"
        second = at.app.marking.work.desk.shown
        assert second is not None
        assert second.learner.registration != first.learner.registration
        await at.press("r")
        await at.type("the pot is cold")
        await at.press("enter")
        assert at.decided(second.learner.registration) == ["1.2 refer"]
        assert at.at == "T-101 1.2"
        await at.press("p")
        assert any("No other learner waits for T-101 1.2." in told for told in at.told)
        assert {each: at.decided(each)[-1:] for each in ("AAA1", "BBB2", "DDD4")}.keys() == {"AAA1", "BBB2", "DDD4"}
        assert all(at.decided(each) for each in ("AAA1", "BBB2", "DDD4"))

        await at.press("q")
        await at.until(lambda: "0 wait, 5 decided" in at.lines[0])
        await at.press("q")
        assert isinstance(at.app.screen, CaseloadScreen)


@pytest.mark.long
async def test_a_round_shows_the_evidence_where_it_refers_to_the_criterion(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=_with_decisions, learner="BBB2") as at:
        await at.press("j", "h")
        await at.until(lambda: "wait" in at.lines[0] and "Dai Davies" in at.text)
        while "▸ · Dai" not in at.text:
            await at.press("j")
        await at.press("enter")
        await at.until(lambda: "I warmed the pot first" in at.text)
        assert at.app.focused is not None
        assert at.app.focused.id == "criteria", "the next letter marks"


@pytest.mark.long
async def test_space_and_the_angle_brackets_go_round_without_a_mark(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="BBB2") as at:
        await at.press("h")
        await at.until(lambda: "3 wait" in at.lines[0])
        await at.press("enter")
        opened = []
        for key in ("space", "space", "space", "<", ">"):
            shown = at.app.marking.work.desk.shown
            assert shown is not None
            opened.append(shown.learner.registration)
            await at.press(key if key == "space" else {"<": "less_than_sign", ">": "greater_than_sign"}[key])
        assert opened[0] == opened[3]
        assert sorted(opened[:3]) == ["AAA1", "BBB2", "CCC3"]
        assert opened[4] == opened[2]
        assert all(at.events(each) == () for each in ("AAA1", "BBB2", "CCC3"))


async def test_whoever_was_decided_by_somebody_else_meanwhile_is_passed_over(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("h")
        await at.until(lambda: "3 wait" in at.lines[0])
        await at.press("enter")
        queue = at.app.marking.work.round
        assert queue is not None
        ben = at.as_other("ben")
        ben.marking.mark(queue.queue[1], "T-101", "1.1", Result.PASS)
        await at.press("p")
        assert at.app.marking.work.round is not None
        assert at.app.marking.work.round.learner == queue.queue[2]


@pytest.mark.long
async def test_u_takes_back_the_mark_on_the_learner_before(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("h")
        await at.until(lambda: "3 wait" in at.lines[0])
        await at.press("enter")
        before = at.app.marking.work.desk.shown
        assert before is not None
        registration = before.learner.registration
        await at.press("p", "u")
        assert before.learner.name in at.lines[0]
        assert any("Taken back: the pass of T-101 1.1" in told for told in at.told)
        assert [event.kind for event in at.events(registration)] == [Kind.DECIDED, Kind.WITHDRAWN]


@pytest.mark.long
async def test_u_takes_back_the_mark_on_the_learner_before_also_where_the_next_was_resubmitted(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        asha = at.as_other("asha")
        for registration in ("AAA1", "BBB2"):
            for number, result in (("1.1", Result.REFER), ("1.2", Result.PASS), ("2.1", Result.PASS)):
                asha.marking.mark(registration, "T-101", number, result, "No pot.")
            asha.attempts.declare(registration, "e-mail")
            asha.closings.close(registration, "T-101", "")
            (at.folder / "learners" / registration / "evidence" / "again.md").write_text("# A pot\n", "utf-8")
            asha.attempts.submit(registration, "T-101", authorised_by="ines")
        asha.close_down()
        await at.press("ctrl+r")
        await at.press("h", "enter", "enter")
        await at.until(lambda: "3 wait" in at.lines[0])
        await at.press("enter", "p")
        passed = [r for r in ("AAA1", "BBB2", "CCC3") if at.decided(r)[-1:] == ["1.1 pass"]]
        await at.press("u")
        assert [at.events(registration)[-1].kind for registration in passed] == [Kind.WITHDRAWN]


@pytest.mark.long
async def test_leaving_the_list_goes_back_to_the_learner_it_was_asked_for_from(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="BBB2") as at:
        await at.press("j", "h")
        await at.until(lambda: "3 wait" in at.lines[0])
        await at.press("enter", "p", "q")
        assert isinstance(at.app.screen, AcrossScreen)
        await at.press("q")
        await at.opened("BBB2")
        assert at.at == "T-101 1.2"
        assert "across" not in at.lines[0]
        await at.press("p")
        assert at.at == "T-101 2.1", "a mark leads to the next criterion again"


@pytest.mark.long
async def test_another_learner_than_the_rounds_ends_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("h")
        await at.until(lambda: "3 wait" in at.lines[0])
        await at.press("enter", "1", "j", "enter")
        await at.settled()
        assert "across" not in at.lines[0]


@pytest.mark.long
async def test_f_goes_to_the_next_open_criterion_anywhere_and_says_when_there_is_none(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        asha = at.as_other("asha")
        everything = [("T-101", "1.1"), ("T-101", "1.2"), ("T-101", "2.1"), ("T-102", "1.1"), ("T-102", "1.2")]
        for learner in ("AAA1", "BBB2", "CCC3"):
            for unit, number in everything[: 3 if learner == "CCC3" else 5]:
                asha.marking.mark(learner, unit, number, Result.PASS)
        # The caseload has not seen it yet: what is open is what the records say.
        await at.press("space")
        await at.opened("CCC3")
        assert at.at == "T-102 1.1"
        await at.press("p", "p", "q", "space")
        assert any("Nothing is open" in told for told in at.told)
        assert isinstance(at.app.screen, CaseloadScreen)


@pytest.mark.long
async def test_a_terminal_of_forty_columns_shows_the_list_above_the_decisions(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=(40, 12), make=_with_decisions) as at:
        await _decided_by_asha(at)
        await _from_the_caseload(at)
        assert "Waiting 3" in at.text
        assert "Warmed and emptied." in at.text
