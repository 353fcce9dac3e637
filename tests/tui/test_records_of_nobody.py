"""A record that belongs to nobody, and one that goes on under another registration, on the screen."""

from __future__ import annotations

from pathlib import Path

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import WIDE, sitting


def marked(tmp_path: Path) -> Path:
    folder = make_centre_in(tmp_path / "centre")
    centre = Centre.open(folder, member="asha", places=places_in(tmp_path / "before"))
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    centre.close_down()
    return folder


async def test_a_record_that_belongs_to_nobody_stands_in_the_caseload_and_says_what_to_do(tmp_path: Path) -> None:
    folder = marked(tmp_path)
    (folder / "learners" / "AAA1").rename(folder / "learners" / "NEW9")
    file = folder / "learners" / "NEW9" / "learner.md"
    file.write_text(file.read_text("utf-8").replace("AAA1", "NEW9"), "utf-8")
    async with sitting(tmp_path, size=WIDE) as at:
        await at.until(lambda: "belongs to nobody" in at.text)
        await at.press("slash")
        await at.type("AAA1")
        await at.press("enter", "enter")
        await at.settled()
        (told,) = at.told
        assert "No such learner" in told
        assert "is given to its learner: at the command line, with rename." in told


async def test_a_learner_who_is_renamed_while_open_is_not_marked_under_the_old_registration(tmp_path: Path) -> None:
    folder = marked(tmp_path)
    async with sitting(tmp_path, size=WIDE, learner="AAA1") as at:
        at.as_other("ben").registrations.rename("AAA1", "NEW9")
        await at.press("p")
        assert len(at.decided("AAA1")) == 1
        assert (folder / "learners" / "NEW9").is_dir()
        (told,) = at.told
        assert "The registration AAA1 was corrected to NEW9" in told
