"""What the first learner needs is loaded while the caseload is looked at: no first key waits for it."""

from __future__ import annotations

from pathlib import Path

from tests.tui.sitting import sitting


async def test_opening_the_first_learner_and_the_first_mark_make_nothing_of_the_front_desk_anew(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await at.app.workers.wait_for_complete()
        made = set(vars(at.app.centre))
        await at.press("enter", "p")
        assert "✓ pass" in at.text
        # No key waits for the mappings: they are read once the learner is shown.
        assert {name for name in vars(at.app.centre) if not name.startswith("_")} - made <= {
            "drafts",
            "remarks",
            "mappings",
        }
