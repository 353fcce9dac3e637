"""What the reports on work need of everybody's records: kept, and read again where something changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.work_of_learners import WorkOfLearners
from markterm.domain.record.event import Result
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.report import Report
from markterm.domain.reports.workload import LearnersWork
from markterm.domain.views.caseload import CaseloadRow
from markterm.own.places import Places


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The learners whose records are read, as they are."""
    names: list[str] = []
    really = WorkOfLearners._read

    def told(self: WorkOfLearners, row: CaseloadRow) -> LearnersWork:
        names.append(row.registration)
        return really(self, row)

    monkeypatch.setattr(WorkOfLearners, "_read", told)
    return names


def report(centre: Centre, name: str = "workload", by: Axis = Axis.MEMBER) -> Report:
    """The report as the records are now."""
    for _ in centre.reports.looking(name):
        pass
    return centre.reports.made(name, Asked((by,)))


def done(told: Report) -> dict[object, object]:
    """What each member got done in a week."""
    place = next(number for number, column in enumerate(told.columns) if column.name == "done")
    return {row.cells[0]: row.cells[place] for row in told.rows}


def test_only_records_that_changed_are_read_again_also_after_a_new_start(
    path: Path, places: Places, asha: Centre, read: list[str]
) -> None:
    everybody = ["AAA1", "BBB2", "CCC3"]
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Good.")
    assert done(report(asha))["asha"] == 1
    assert read == everybody
    report(asha, "actions", Axis.OWNER)
    assert read == everybody
    asha.close_down()
    again = Centre.open(path, member="asha", places=places)
    assert done(report(again))["asha"] == 1
    assert read == everybody
    again.marking.mark("BBB2", "T-101", "1.1", Result.PASS, "Good.")
    assert done(report(again))["asha"] == 2
    assert read == [*everybody, "BBB2"]
    again.close_down()


@pytest.mark.on_files
def test_that_a_record_could_not_be_read_whole_is_said(asha: Centre) -> None:
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Good.")
    (segment,) = (asha.folder.path / "records" / "AAA1").glob("*.log")
    segment.write_bytes(segment.read_bytes().replace(b"Good", b"Fine"))
    for name in ("workload", "actions", "plan"):
        told = asha.reports
        for _ in told.looking(name):
            pass
        assert "Decisions may be missing: 1 record is incomplete." in told.made(name, Asked()).warnings
