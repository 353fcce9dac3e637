"""A comment on a section is written beside the evidence, is durable, and is opened again to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.sitting import NARROW, sitting
from tests.tui.test_by_task import with_an_assignment


async def test_a_comment_on_a_section_is_written_kept_and_changed(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        await at.press("enter", "H")
        await at.shows("Comment on LO1")
        await at.type("Set out well")
        # What is begun and left is a draft.
        await at.press("escape", "H")
        await at.shows("Set out well")
        await at.press("enter")
        recorded = at.as_other("ines").learners.portfolio("BBB2").portfolio.comments
        assert [(each.text, each.actor, each.section.outcome) for each in recorded] == [("Set out well", "asha", 1)]
        await at.press("H")
        await at.shows("Set out well")


@pytest.mark.long
async def test_a_task_is_commented_on_where_it_is_marked_by_tasks_and_each_task_has_its_own_draft(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, size=NARROW, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "H")
        await at.shows("Comment on task 1 of T-IA, Before the guests come")
        await at.type("Well prepared")
        await at.press("escape")
        await at.shows("✐ draft 0/3")
        for _ in range(3):
            await at.press("j")
        await at.press("H")
        await at.shows("Comment on task 2 of T-IA")
        assert "Well prepared" not in at.text
        await at.press("escape", "k", "H")
        await at.shows("Well prepared")
        await at.press("enter")
        assert "✐" not in at.text
        assert "✎ 0/3" in at.text, "that there is a comment stands beside the task"
        await at.press("H", "ctrl+u", "enter")
        assert "✎" not in at.text, "an empty one takes it back"
        await at.press("H")
        await at.type("Well prepared")
        await at.press("enter", "t")
        assert "✎" not in at.text, "it is on no learning outcome"
        (recorded,) = at.as_other("ines").learners.portfolio("AAA1").portfolio.comments
        section = recorded.section
        assert (recorded.text, section.unit, section.assignment, section.task) == ("Well prepared", None, "T-IA", 1)


@pytest.mark.long
async def test_the_draft_of_a_tasks_comment_is_there_when_the_learner_is_opened_again(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=with_an_assignment, learner="AAA1") as at:
        await at.press("t", "H")
        await at.type("Begun")
        await at.press("escape")
        begun = at.as_other("asha")
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        assert not begun.drafts.begun_of("AAA1", (), begun.learners.portfolio("AAA1").assignments), "another machine's"
        await at.press("t")
        await at.shows("✐ draft 0/3")
        await at.press("H")
        await at.shows("Begun")
