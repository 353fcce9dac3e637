"""What others add is new once to whoever has the learner open, whoever else looked beside."""

from __future__ import annotations

from pathlib import Path

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from tests.centres import make_centre_in, places_in


def test_a_glance_of_the_caseload_takes_no_news_from_whoever_marks(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    make_centre_in(folder)
    mine = Centre.open(folder, member="asha", places=places_in(tmp_path / "mine"))
    other = Centre.open(folder, member="asha", places=places_in(tmp_path / "other"))
    mine.learners.portfolio("AAA1")
    other.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "")
    mine.glances.of("AAA1")
    mine.glances.of("AAA1")
    assert mine.learners.poll("AAA1") is not None
    assert mine.learners.poll("AAA1") is None
    other.marking.mark("AAA1", "T-101", "1.2", Result.PASS, "")
    mine.glances.of("AAA1")
    mine.learners.portfolio("AAA1")
    assert mine.learners.poll("AAA1") is None, "it was read since, and is shown"
    mine.close_down()
    other.close_down()
