"""Reports over the records of a centre: read where something changed, and said where something cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from shutil import rmtree

import pytest

from markterm.centre import counted_records
from markterm.centre.centre import Centre
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.report import Report
from markterm.domain.words.errors import NotNow
from markterm.domain.words.finding import Finding, Severity
from markterm.own.places import Places
from markterm.records.finding_codes import UNREAD

BY_ASSESSOR = Asked((Axis.ASSESSOR,))


def referrals(centre: Centre) -> Report:
    for _ in centre.reports.looking("referrals"):
        pass
    return centre.reports.made("referrals", BY_ASSESSOR)


def counts(report: Report) -> dict[object, object]:
    """How much each assessor decided."""
    place = [column.name for column in report.columns].index("decided")
    return {row.cells[0]: row.cells[place] for row in report.rows}


def mark(centre: Centre, learner: str, number: str) -> None:
    centre.marking.mark(learner, "T-101", number, Result.PASS, "Fine.")


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whose records were folded for a report, one after the other."""
    whose: list[str] = []

    def noting(events: Iterable[Event]) -> Portfolio:
        every = tuple(events)
        whose.append(every[0].learner)
        return fold(every)

    monkeypatch.setattr(counted_records, "fold", noting)
    return whose


def test_a_record_is_folded_when_something_was_added_to_it_and_only_then(
    asha: Centre, ben: Centre, folded: list[str]
) -> None:
    mark(asha, "AAA1", "1.1")
    mark(asha, "BBB2", "1.1")
    assert counts(referrals(asha)) == counts(referrals(asha)) == {"asha": 2}
    assert folded == ["AAA1", "BBB2"]
    mark(ben, "BBB2", "1.2")
    assert counts(referrals(asha)) == {"asha": 2, "ben": 1}
    assert folded == ["AAA1", "BBB2", "BBB2"]


@pytest.mark.on_files
def test_what_was_counted_is_kept_for_the_next_start_and_can_be_lost(
    asha: Centre, path: Path, places: Places, folded: list[str]
) -> None:
    mark(asha, "AAA1", "1.1")
    referrals(asha)
    asha.close_down()
    again = Centre.open(path, member="asha", places=places)
    assert counts(referrals(again)) == {"asha": 1}
    assert folded == ["AAA1"]
    rmtree(places.cache)
    anew = Centre.open(path, member="asha", places=places)
    assert counts(referrals(anew)) == {"asha": 1}
    assert folded == ["AAA1", "AAA1"]


@pytest.mark.on_files
def test_what_goes_on_under_another_registration_is_counted_once_and_follows_what_it_goes_on_from(
    asha: Centre, ben: Centre, path: Path, places: Places
) -> None:
    mark(asha, "AAA1", "1.1")
    # Ben records on another machine, under the old registration, before he has the files of the new one.
    (old,) = (path / "records" / "AAA1").glob("*.log")
    mark(ben, "AAA1", "1.2")
    (bens,) = set((path / "records" / "AAA1").glob("*.log")) - {old}
    kept = bens.read_bytes()
    ben.close_down()
    bens.unlink()
    rmtree(places.state)
    asha = Centre.open(path, member="asha", places=places)
    asha.registrations.rename("AAA1", "NEW9")
    report = referrals(asha)
    assert counts(report) == {"asha": 1}
    assert [entry.learner for entry in report.behind()] == ["NEW9"]
    bens.write_bytes(kept)
    assert counts(referrals(asha)) == {"asha": 1, "ben": 1}


def test_a_record_that_cannot_be_read_is_said_and_read_the_next_time(
    asha: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(asha, "AAA1", "1.1")
    mark(asha, "BBB2", "1.1")
    load = type(asha._survey).load

    def refusing(store: object, record: str) -> tuple[Event, ...]:
        if record == "AAA1":
            raise NotNow("Not now", "The system does not let us.", "Try again.")
        return load(store, record)  # type: ignore[arg-type]  # the store that it was taken from

    with monkeypatch.context() as patched:
        patched.setattr(type(asha._survey), "load", refusing)
        report = referrals(asha)
        assert counts(report) == {"asha": 1}
        assert report.warnings == ("1 record could not be read and is in no figure: AAA1 (Not now).",)
    assert counts(referrals(asha)) == {"asha": 2}
    assert referrals(asha).warnings == ()


def test_a_record_of_which_a_part_cannot_be_read_now_is_said_and_read_the_next_time(
    asha: Centre, monkeypatch: pytest.MonkeyPatch, folded: list[str]
) -> None:
    mark(asha, "AAA1", "1.1")
    with monkeypatch.context() as patched:
        unread = (Finding(UNREAD, Severity.ERROR, "the system does not let us"),)
        patched.setattr(type(asha._survey), "findings", lambda *_: unread)
        assert referrals(asha).warnings == ("1 record is incomplete, and decisions may be hidden: AAA1.",)
    assert referrals(asha).warnings == ()
    assert folded == ["AAA1", "AAA1"]


def test_a_record_without_a_learner_is_counted_and_said(asha: Centre, path: Path) -> None:
    mark(asha, "AAA1", "1.1")
    rmtree(path / "learners" / "AAA1")
    report = referrals(asha)
    assert counts(report) == {"asha": 1}
    assert report.warnings == ("1 record without a learner's folder is counted all the same: AAA1.",)


def test_of_a_unit_without_a_sheet_it_is_said_and_asked_by_its_code(asha: Centre, path: Path) -> None:
    mark(asha, "AAA1", "1.1")
    (path / "mark_sheets" / "units" / "T-101.md").unlink()
    asha.sheets.forget()
    for _ in asha.reports.looking("referrals"):
        pass
    report = asha.reports.made("referrals", Asked((Axis.UNIT,), unit="T-101"))
    assert [row.cells[0] for row in report.rows] == ["T-101"]
    (said,) = report.warnings
    assert said.startswith("No mark sheet: T-101 (")
