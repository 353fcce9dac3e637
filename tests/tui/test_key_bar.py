"""The key bar tells what can be done here and now, the most useful first, and a click on it does what the key does."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.tui.command import keys_together
from markterm.tui.marking.here import Here, told_here
from markterm.tui.widgets.key_bar import KeyBar
from tests.centres import places_in
from tests.tui.sitting import WIDE, sitting
from tests.tui.test_citing import with_references
from tests.tui.test_feedback import closed_tea, to_tea
from tests.tui.test_feedback_read_on import handed_in_again

EVERYTHING = Here(**{**dict.fromkeys(Here._fields, True), "task": "2"})  # type: ignore[arg-type]  # all but one are bool


def names(now: Here) -> list[str]:
    return [name for name, _ in told_here(now)]


def test_on_an_open_criterion_marking_comes_first() -> None:
    assert names(Here())[:4] == ["mark.pass", "mark.refer", "evidence.cite", "mark.note"]


def test_without_evidence_nothing_is_cited_found_or_looked_through() -> None:
    bare = names(Here(has_files=False))
    assert not {"evidence.cite", "find.start", "evidence.next", "evidence.outline"} & set(bare)
    assert "mark.pass" in bare


def test_a_unit_whose_criteria_are_decided_is_closed_before_anything_else() -> None:
    assert names(Here(is_decided=True, can_close=True))[0] == "unit.close"
    assert "unit.close" not in names(Here())


def test_what_has_to_be_declared_before_the_unit_is_closed_comes_first_and_is_told_nowhere_else() -> None:
    assert names(Here(is_decided=True, can_close=True, to_declare=True))[:2] == ["learner.declare", "unit.close"]
    assert "learner.declare" not in names(Here(is_decided=True, can_close=True))


def test_what_a_verifier_answered_and_waits_for_whoever_marks_comes_first_with_reopening_it() -> None:
    owed = Here(is_answered=True, is_closed=True, is_owed=True)
    assert names(owed)[:3] == ["unit.verification", "unit.close", "unit.feedback"]
    assert names(owed._replace(is_owed=False))[0] == "unit.feedback"
    assert len(set(names(owed))) == len(names(owed))
    looked_at = names(Here(is_answered=True, is_owed=True))
    assert looked_at[:5] == ["mark.pass", "mark.refer", "evidence.cite", "mark.note", "unit.verification"]
    assert len(set(looked_at)) == len(looked_at)


async def test_the_last_decision_says_that_the_declaration_is_missing_and_the_key_bar_offers_it(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        await at.press("p", "p", "p")
        assert at.told[-1] == "All of T-101 is decided: D records the declaration, then F closes the unit."
        assert at.lines[-1].startswith(" D declaration  F close  u undo")
        await at.press("D", "enter", "enter")
        assert at.lines[-1].startswith(" F close  u undo")


@pytest.mark.long
async def test_what_was_released_is_not_offered_to_be_released_or_undone(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=closed_tea, learner="AAA1") as at:
        await to_tea(at)
        await at.press("f")
        assert at.lines[-1].startswith(" y release  ⏎ edit")
        await at.press("y", "r")
        assert "release" not in at.lines[-1]
        assert at.lines[-1].startswith(" ⏎ edit")
        await at.press("q")
        assert "undo" not in at.lines[-1]


def test_on_a_closed_unit_nothing_is_marked_and_feedback_comes_first() -> None:
    closed = dict(told_here(Here(is_closed=True)))
    assert next(iter(closed)) == "unit.feedback"
    assert closed["unit.close"] == "reopen"
    assert not {"mark.pass", "mark.refer", "mark.note", "mark.bank", "evidence.cite"} & set(closed)


def test_in_a_resubmission_what_changed_is_told_and_after_a_referral_how_it_begins() -> None:
    assert "evidence.differences" in names(Here(is_again=True))
    assert "evidence.differences" not in names(Here())
    assert dict(told_here(Here(is_closed=True, to_submit=True)))["unit.submit"] == "submit again"


def test_what_changed_is_told_until_the_criterion_is_decided_and_of_a_closed_resubmission() -> None:
    assert "evidence.differences" not in names(Here(is_again=True, is_decided=True))
    assert "evidence.differences" in names(Here(is_again=True, is_closed=True))
    assert "evidence.differences" not in names(Here(is_closed=True))


def test_in_a_round_the_next_open_criterion_is_the_next_learners_also_when_this_one_has_none() -> None:
    assert dict(told_here(Here(has_open=False, in_round=True)))["mark.next-open"] == "next learner"
    assert dict(told_here(Here()))["mark.next-open"] == "next"
    assert "mark.next-open" not in names(Here(has_open=False))


def test_a_countersignature_that_is_waited_for_comes_first_and_is_told_nowhere_else() -> None:
    assert names(Here(to_countersign=True, can_close=True))[:2] == ["mark.countersign", "unit.close"]
    assert "mark.countersign" not in names(Here())


def test_what_is_not_there_is_not_told() -> None:
    conditional = {
        "unit.verification": Here(is_answered=True),
        "evidence.next": Here(has_several_files=True),
        "evidence.reference": Here(is_referenced=True),
        "unit.submit": Here(to_submit=True),
        "mark.withdraw": Here(can_undo=True),
        "mark.by-task": Here(has_assignment=True),
    }
    assert not set(conditional) & set(names(Here()))
    for name, now in conditional.items():
        assert name in names(now)


def test_the_key_of_tasks_goes_to_the_other_order() -> None:
    assert dict(told_here(Here(has_assignment=True)))["mark.by-task"] == "by task"
    assert dict(told_here(Here(has_assignment=True, task="2")))["mark.by-task"] == "by unit"


def test_by_task_the_task_can_be_passed_and_its_brief_read() -> None:
    assert {"task.pass", "task.brief"} <= set(names(Here(task="2", has_assignment=True)))
    assert not {"task.pass", "task.brief"} & set(names(Here(has_assignment=True)))


def test_while_something_is_looked_for_the_next_place_comes_first() -> None:
    assert names(Here(is_finding=True))[:2] == ["find.next", "find.previous"]


def test_what_is_told_is_a_command_with_a_key_and_nothing_is_told_twice() -> None:
    known = {binding.id for together in keys_together() for binding in together}
    for now in (EVERYTHING, EVERYTHING._replace(is_closed=False)):
        assert set(names(now)) <= known
        assert len(set(names(now))) == len(names(now))


@pytest.mark.long
async def test_the_bar_follows_what_is_done(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        assert at.lines[-1].startswith(" p pass  r refer")
        assert "close" not in at.lines[-1]
        await at.press("p", "p", "p")
        assert at.lines[-1].startswith(" D declaration  F close  u undo  p pass")


@pytest.mark.long
async def test_on_a_criterion_without_a_decision_the_last_act_on_another_one_can_be_undone(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        assert "u undo" not in at.lines[-1]
        await at.press("p")
        assert at.at == "T-101 1.2"
        assert "u undo" in at.lines[-1]


def _released(path: Path) -> Path:
    closed_tea(path)
    centre = Centre.open(path, member="asha", places=places_in(path.parent / "later"))
    list(centre.feedback.release(centre.feedback.draft("AAA1", "T-101")))
    centre.close_down()
    return path


@pytest.mark.long
async def test_a_closed_referral_is_submitted_again_once_the_learner_was_told(tmp_path: Path) -> None:
    for name, make, is_told in (("closed", closed_tea, False), ("released", _released, True)):
        async with sitting(tmp_path / name, size=WIDE, make=make, learner="AAA1") as at:
            await to_tea(at)
            assert ("submit again" in at.lines[-1]) is is_told


@pytest.mark.long
async def test_an_open_criterion_of_a_resubmission_tells_what_changed_until_it_is_decided(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=handed_in_again, learner="AAA1") as at:
        await to_tea(at)
        await at.press("j")
        assert (at.at, "d changes" in at.lines[-1]) == ("T-101 1.2", True)
        await at.press("p", "home", "j")
        assert (at.at, "d changes" in at.lines[-1]) == ("T-101 1.2", False)


@pytest.mark.long
async def test_what_the_evidence_refers_to_is_one_key_away(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=WIDE, make=with_references, learner="AAA1") as at:
        await at.until(lambda: "e referenced" in at.lines[-1])


@pytest.mark.long
async def test_a_click_does_what_the_key_does(tmp_path: Path) -> None:
    async with sitting(tmp_path, learner="AAA1") as at:
        bar = at.app.screen.query_one(KeyBar)
        await at.pilot.click(bar, offset=(at.lines[-1].index("refer"), 0))
        await at.settled()
        assert "Refer" in at.text
        assert at.decided() == []
        await at.press("escape")
        await at.pilot.click(bar, offset=(at.lines[-1].index("pass"), 0))
        await at.settled()
        assert at.decided() == ["1.1 pass"]
