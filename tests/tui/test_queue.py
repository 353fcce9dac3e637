"""The queue of a verifier at the screen."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.rules.answering import Said
from markterm.domain.words.code import short_codes
from markterm.tui.samples.queue import QueuePane
from markterm.tui.samples.queue_list import QueueList
from markterm.tui.verifying.screen import SampleScreen
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import WIDE, sitting
from tests.tui.test_areas import shown

TODAY = date.today()


def with_samples(path: Path) -> Path:
    """T-101 of two learners closed by Asha and sampled: one for Inês, three days over, and one for anybody."""
    make_centre_in(path)
    asha = Centre.open(path, member="asha", places=places_in(path.parent / "asha"))
    for learner in ("AAA1", "BBB2"):
        for number in ("1.1", "1.2", "2.1"):
            asha.marking.mark(learner, "T-101", number, Result.PASS, "")
        asha.attempts.declare(learner, "e-mail")
        asha.closings.close(learner, "T-101", "")
    asha.close_down()
    ines = Centre.open(path, member="ines", places=places_in(path.parent / "ines"))
    ines.verification.sample("BBB2", "T-101", "One in four of Asha's.", verifier="ines", due=TODAY + timedelta(3))
    ines.verification.sample("AAA1", "T-101", "Rosalind Jones is the first of Asha's.")
    ines.close_down()
    return path


def test_units_of_long_codes_are_told_apart_in_the_queue() -> None:
    codes = ["D/650/2301", "M/650/2307", "8580-501"]
    row, step = SimpleNamespace(alias="", registration="AAA1", name="R"), SimpleNamespace(step=None, criterion="")
    step.assessor, step.verifier, step.due, step.since = "asha", "", None, None
    units = [SimpleNamespace(code=code, verification=None) for code in codes]
    shown: Any = QueueList(lambda _: "")
    shown._codes = short_codes(codes)
    shown._lines = [SimpleNamespace(row=row, step=step, unit=unit, what="verify") for unit in units]
    told = ["".join(words for words, _ in shown.line(index, 80)).split() for index in range(3)]
    assert [line[-4] for line in told] == ["2301", "2307", "8580-501"]


async def test_a_verifier_begins_at_what_waits_for_them_and_leaves_it_where_they_were(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=with_samples) as at:
        assert shown(at) == ["Caseload", "Samples"]
        assert "2 to do" in at.text
        assert any("AAA1    Rosalind Jones  " in line for line in at.lines), "short registrations leave room for names"
        lines = [line.split() for line in at.lines if "T-101" in line and "verify" in line]
        assert [(line[0] == "▸", "in" in line) for line in lines] == [(True, True), (False, False)]
        assert "for you, due" in at.text
        assert "One in four of Asha's." in at.text
        await at.press("j", "o")
        await at.opened("AAA1")
        assert at.at == "T-101 1.1"
        await at.press("q")
        assert "Rosalind Jones is the first" in at.text
        await at.press("l")
        await at.shows("History of T-101, AAA1")
        assert "sampled: attempt 1" in at.text
        await at.press("q", "enter")
        assert shown(at) == ["Caseload", "Samples", "Sample"]
        at.as_other("ines").verification.verify("AAA1", "T-101", Said(True, "Read."))
        await at.press("q")
        assert "1 to do" in at.text
        await at.press("q")
        assert shown(at) == ["Caseload"]


@pytest.mark.long
async def test_the_queue_is_narrowed_sorted_and_says_what_to_do_when_it_is_empty(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=with_samples) as at:
        await at.press("slash")
        await at.type("verifier:ines")
        await at.press("enter")
        assert ("1 of 2 shown   1 to do   by due" in at.text, "AAA1" in at.text) == (True, False)
        await at.press("slash")
        await at.type("x")
        await at.shows("Nothing in the queue matches this filter.")
        assert ("0 of 2 shown" in at.text, "nothing to do" in at.text) == (True, False)
        await at.press("escape")
        await at.press("s", "s")
        assert "by learner" in at.text
        at.as_other("ines").verification.verify("AAA1", "T-101", Said(True, "Read."))
        at.as_other("ines").verification.verify("BBB2", "T-101", Said(True, "Read."))
        await at.press("ctrl+r")
        await at.shows("Nothing waits for you to verify.")


@pytest.mark.long
async def test_what_is_not_ones_own_to_take_is_shown_when_it_is_asked_for_with_why(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_samples) as at:
        assert shown(at) == ["Caseload"]
        await at.press("3")
        await at.shows("Asha Patel is no verifier here")
        await at.press("m")
        assert "Others', or not yours to take  2" in at.text
        assert "nothing to do, 2 of others" in at.text
        await at.press("j")
        assert "! no verifier" in at.text


async def test_whoever_decides_first_is_not_told_why_it_was_sampled_before_they_open_it(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, member="ines", make=with_samples) as at:
        assert at.text.count("One in four of Asha's.") == 2, "beside it and below"
        await at.press("enter", "S", "q")
        await at.shows("why it was sampled is told when you have decided")
        assert "One in four" not in at.text, "a rule may name the outcome"


async def test_nobody_is_named_in_the_queue_of_whoever_verifies_blind(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, member="ines", make=with_samples, blind=True) as at:
        await at.press("j")
        told = [word for word in ("Rosalind", "Jones", "AAA1", "BBB2", "Nneka") if word in at.text]
        assert (told, "Learner " in at.text, "2 to do" in at.text) == ([], True, True)
        assert sum(line.startswith(("  Learner ", "▸ Learner ")) for line in at.lines) == 3, "the title, and two"
        assert at.lines[0].startswith(" Verifying  blind")


@pytest.mark.long
async def test_the_cursor_waits_at_the_top_for_what_comes_first_until_it_is_moved(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=with_samples) as at:
        pane = at.app.screen.query_one(QueuePane)
        first, last = pane._shown
        lines = pane.query_one(QueueList)
        for stays, expected in ((False, first), (True, last)):
            lines.show([last], TODAY)
            lines.show([first, last], TODAY, from_top=not stays)
            assert lines.selected == expected


@pytest.mark.long
async def test_after_one_is_finished_a_key_opens_the_next_of_the_queue(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=with_samples) as at:

        def open_now() -> str:
            assert isinstance(at.app.screen, SampleScreen)
            return at.app.screen.work.desk.registration

        await at.press("enter", "y")
        assert open_now() == "AAA1"
        await at.press("y")
        assert open_now() == "BBB2", "it was left unanswered, and waits still"
        for _ in range(3):
            await at.press("a", "j", "enter")
        await at.press("F", "enter")
        assert "✓ finished, agreed; y opens the next" in at.text
        assert "y opens the next sample" in at.told[-1]
        assert at.lines[-1].startswith(" y next sample")
        await at.press("y")
        assert open_now() == "AAA1"
        assert "is finished" not in at.text, "what was told of the sample before is not told of this one"
        await at.press("y")
        assert open_now() == "AAA1"
        assert "Nothing else in the queue waits for you." in at.told[-1]
        await at.press("q")
        assert shown(at) == ["Caseload", "Samples"]


@pytest.mark.long
async def test_a_second_assessment_is_chosen_in_the_queue_before_any_decision_is_seen(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=with_samples) as at:
        await at.press("S")
        assert "you decide first" in at.text
        assert "One in four of Asha's." not in at.text
        await at.press("enter")
        assert shown(at) == ["Caseload", "Samples", "Sample"]
        assert "you decide first" in at.text
        assert "✓ pass" not in at.text
        await at.press("q", "S")
        assert "you decide first" not in at.text
        assert "One in four of Asha's." in at.text


@pytest.mark.long
async def test_what_can_follow_stands_below_the_list_while_a_filter_is_typed(tmp_path: Path) -> None:
    async with sitting(tmp_path, member="ines", make=with_samples) as at:
        await at.press("slash")
        await at.type("waiting:")
        assert " look  verify  accept   " in at.text
        assert "by due" not in at.text
        await at.press("escape")
        await at.until(lambda: "2 to do   by due" in at.text)
