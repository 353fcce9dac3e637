"""What is added to a store that the centre has left would be seen by nobody: it is refused, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.words.errors import NotSaved
from tests.centres import add_learner, make_centre_in, places_in

_ELSEWHERE = '\n[record]\nstore = "postgresql://markterm@db.example/markterm"\n'


def test_a_centre_that_was_opened_before_its_records_moved_records_nothing_where_they_were(tmp_path: Path) -> None:
    path = make_centre_in(tmp_path / "centre", {})
    add_learner(path, "AAA1", "Rosalind Jones")
    file = path / "centre.toml"
    here = file.read_text("utf-8")
    centre = Centre.open(path, member="ben", places=places_in(tmp_path))
    centre.marking.mark("AAA1", "T-101", "1.1", Result.PASS)
    file.write_text(here + _ELSEWHERE, "utf-8")
    for _ in range(2):
        with pytest.raises(NotSaved, match="the records have moved") as refused:
            centre.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
        assert refused.value.next_step.startswith("Open the centre anew")
    file.write_text(f"{here}\n# a comment, and half of a ta[ble", "utf-8")
    centre.marking.mark("AAA1", "T-101", "1.2", Result.PASS)
    file.write_text(here + "\n[rec", "utf-8")
    centre.marking.withdraw("AAA1", "T-101", "1.2", "slip")
    centre.close_down()
