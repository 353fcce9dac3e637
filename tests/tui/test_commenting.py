"""A comment on a section is written beside the evidence, is durable, and is opened again to be changed."""

from __future__ import annotations

from pathlib import Path

from tests.tui.sitting import NARROW, sitting


async def test_a_comment_on_a_section_is_written_kept_and_changed(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        await at.press("enter")
        await at.app.marking.action_do("mark.comment")
        await at.shows("Comment on LO1")
        await at.type("Set out well")
        # What is begun and left is a draft.
        await at.press("escape")
        await at.app.marking.action_do("mark.comment")
        await at.shows("Set out well")
        await at.press("enter")
        recorded = at.as_other("ines").learners.portfolio("BBB2").portfolio.comments
        assert [(each.text, each.actor, each.section.outcome) for each in recorded] == [("Set out well", "asha", 1)]
        await at.app.marking.action_do("mark.comment")
        await at.shows("Set out well")
