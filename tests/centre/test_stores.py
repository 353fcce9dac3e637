"""The front desk knows its records through their store alone: what holds them may be anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from tests.centre.conftest import Kind, Stores
from tests.centres import make_centre_in, places_in, store_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A centre's folder in which two people marked."""
    folder = make_centre_in(tmp_path / "centre")
    for member, learner in (("asha", "AAA1"), ("ben", "BBB2")):
        centre = Centre.open(folder, member=member, places=places_in(tmp_path / member))
        centre.marking.mark(learner, "T-101", "1.1", Result.PASS, f"{member} saw it boil.")
        centre.close_down()
    return folder


def test_what_one_person_recorded_every_desk_of_another_one_finds(path: Path, tmp_path: Path) -> None:
    centre = Centre.open(path, member="asha", places=places_in(tmp_path / "other"))
    assert {row.registration: row.decided for row in centre.caseload.now()} == {"AAA1": 1, "BBB2": 1, "CCC3": 0}
    across = list(centre.across.look(centre.sheets.units.named("T-101"), "1.1"))[-1]
    assert {each.registration for each in across.decided} == {"AAA1", "BBB2"}
    assert {each.registration for each in centre.history.recent(10)} == {"AAA1", "BBB2"}
    assert [each.text for each in centre.remarks.refreshed().search("boil").remarks] == ["asha saw it boil."]
    assert {each.record: each.events for each in centre.audits.look(("AAA1", "BBB2"))} == {"AAA1": 1, "BBB2": 1}


def test_records_are_files_of_the_centre_only_where_its_store_is_a_folder(path: Path, stores: Stores) -> None:
    assert (path / "records").exists() == (stores.kind is Kind.FILES)
    assert len(store_in(path).load("AAA1")) == 1
