"""The learners who come next in the list: their files are read before anybody opens them."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.evidence import Evidence
from markterm.centre.folder import CentreFolder
from markterm.evidence.conversion import conversion
from markterm.evidence.progress import Progress, Urgency
from markterm.tui.evidence.reading_line import ReadingLine
from markterm.tui.requests import OpenLearner
from tests.centres import add_learner, make_centre_in
from tests.tui.gated import FILES, Gates, evidence_shown, line
from tests.tui.sitting import sitting


def _queue(folder: Path) -> Path:
    """Three learners, of whom the second and the third have handed in something that has to be converted."""
    centre = make_centre_in(folder, {})
    for registration, name in (("AAA1", "1 story.md"), ("BBB2", "2 log.rtf"), ("CCC3", "3 plan.rtf")):
        learner = add_learner(centre, registration, f"Learner {registration}")
        (learner / "evidence" / "diary.md").unlink()
        (learner / "evidence" / name).write_text(FILES[name], "utf-8")
    return centre


@pytest.mark.long
async def test_who_comes_next_is_read_ahead_and_opens_from_the_cache(
    tmp_path: Path, gates: Gates, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates.open("2 log.rtf", "3 plan.rtf")
    async with sitting(tmp_path, make=_queue, learner="AAA1") as at:
        await at.until(lambda: len(list(at.places.cache.rglob("*.rtf.*"))) == 2)
        monkeypatch.setattr(conversion, "COMMAND", ("no such program",))
        await at.press("greater_than_sign")
        await at.until(lambda: "I warmed the pot." in evidence_shown(at))
        await at.press("greater_than_sign")
        await at.until(lambda: "I poured it." in evidence_shown(at))


async def test_what_is_read_ahead_is_left_when_a_learner_is_opened(tmp_path: Path, gates: Gates) -> None:
    async with sitting(tmp_path, make=_queue) as at:
        await at.app.answer(OpenLearner("AAA1"))
        await at.until(lambda: bool(list(at.places.cache.rglob("*.rtf"))))
        assert line(at) == ""
        ahead = at.app.marking.query_one(ReadingLine)._ahead
        await at.app.answer(OpenLearner("CCC3"))
        assert ahead.stop.is_set()
        gates.open("3 plan.rtf")
        await at.until(lambda: "I poured it." in evidence_shown(at))
        await at.until(lambda: not list(at.places.cache.rglob("*.rtf")))
        assert len(list(at.places.cache.rglob("*.rtf.*"))) == 1


@pytest.mark.long
def test_of_those_who_come_next_only_some_are_read_ahead(
    tmp_path: Path, gates: Gates, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates.open("2 log.rtf", "3 plan.rtf")
    make_centre = _queue(tmp_path / "centre")
    files = Evidence(CentreFolder(make_centre), tmp_path / "cache")

    def kept(most: int, size: int) -> int:
        monkeypatch.setattr("markterm.centre.evidence.MOST_AHEAD", most)
        monkeypatch.setattr("markterm.centre.evidence.MOST_BYTES_AHEAD", size)
        files.read_ahead(("BBB2", "CCC3"), Progress(urgency=Urgency.AHEAD))
        return len(list(tmp_path.rglob("*.rtf.*")))

    assert [kept(0, 10_000), kept(9, 10), kept(1, 10_000), kept(9, 10_000)] == [0, 0, 1, 2]
