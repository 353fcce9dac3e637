"""The tracking matrix says of every criterion what the record comes to, and of each unit who and when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest

from markterm.centre import tracked
from markterm.centre.centre import Centre
from markterm.centre.export.matrix import MatrixBy
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.words.errors import WrongUse
from markterm.exports.anchored import heads_with
from markterm.exports.export import Export
from markterm.exports.table.table_form import TableForm


def _export(centre: Centre, by: MatrixBy = MatrixBy.CRITERION, filters: str = "", unit: str = "101") -> Export:
    centre.caseload.now()
    for _ in centre.matrix.looking():
        pass
    return centre.matrix.of(by, TableForm.CSV, filters, unit)


def _rows(centre: Centre, folder: Path, export: Export, name: str = "") -> list[dict[str, str]]:
    """The rows of its table, or of that of several whose name ends so."""
    centre.exports.write(export, folder / "out", force=True)
    path = folder / "out" if export.one_file else next((folder / "out").glob(f"*{name}.csv"))
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def _close(centre: Centre, learner: str) -> None:
    shown = centre.learners.portfolio(learner)
    for criterion in shown.unit("T-101").criteria:
        centre.marking.mark(learner, "T-101", criterion.number, Result.PASS, "Fine.")
    centre.attempts.declare(learner, "signed sheet")
    centre.closings.close(learner, "T-101", "Well done.")


def test_every_criterion_stands_as_the_record_has_it(asha: Centre, ben: Centre, tmp_path: Path) -> None:
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Fine.")
    asha.marking.mark("AAA1", "T-101", "1.2", Result.REFER, "Say more.")
    asha.marking.mark("BBB2", "T-101", "1.1", Result.REFER, "Say more.")
    shown = asha.learners.portfolio("CCC3")
    ben.marking.mark("CCC3", "T-101", "1.1", Result.PASS, "Fine.")
    unit = shown.unit("T-101")
    rows = {row["Registration"]: row for row in _rows(asha, tmp_path, _export(asha))}
    assert set(rows) == {"AAA1", "BBB2", "CCC3"}
    for learner, row in rows.items():
        record = asha.learners.portfolio(learner).portfolio.unit(unit.key)
        for criterion in unit.criteria:
            assert row[criterion.number] == record.criterion(criterion.number).state.value


def test_a_closed_unit_says_who_closed_it_and_when(asha: Centre, tmp_path: Path) -> None:
    _close(asha, "AAA1")
    (row,) = _rows(asha, tmp_path, _export(asha, filters="AAA1"))
    shown = asha.learners.portfolio("AAA1")
    closing = shown.portfolio.unit(shown.unit("T-101").key).closing
    assert closing is not None
    assert (row["Outcome"], row["Assessor"], row["To look at"]) == ("pass", "Asha Patel", "")
    assert row["Closed"] == closing.at.astimezone().date().isoformat()
    assert row["Verification"] == "not sampled"


def test_by_unit_there_is_a_table_of_all_units_and_one_of_who_assessed_them(asha: Centre, tmp_path: Path) -> None:
    _close(asha, "AAA1")
    export = _export(asha, MatrixBy.UNIT, unit="")
    states = {row["Registration"]: row for row in _rows(asha, tmp_path, export, "Units")}
    assert states["AAA1"]["T-101"] == "pass"
    assert states["BBB2"]["T-101"] == "not started"
    details = _rows(asha, tmp_path, export, "detail")
    assert [row["Passed"] for row in details if row["Registration"] == "AAA1" and row["Unit"] == "T-101"] == ["3"]


def test_a_record_is_folded_for_it_when_something_was_added_and_only_then(
    asha: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    whose: list[str] = []

    def noting(events: Iterable[Event]) -> Portfolio:
        every = tuple(events)
        whose.extend(event.learner for event in every[:1])
        return fold(every)

    monkeypatch.setattr(tracked, "fold", noting)
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Fine.")
    _export(asha)
    _export(asha)
    assert whose == ["AAA1"]
    asha.marking.mark("BBB2", "T-101", "1.1", Result.PASS, "Fine.")
    _export(asha)
    assert whose == ["AAA1", "BBB2"]


def test_the_heads_of_those_who_are_in_it_go_with_it_and_no_others(asha: Centre, tmp_path: Path) -> None:
    for learner in ("AAA1", "BBB2"):
        asha.marking.mark(learner, "T-101", "1.1", Result.PASS, "Fine.")
    asha.exports.write(_export(asha, filters="AAA1"), tmp_path / "out.csv")
    assert {name for name in heads_with(tmp_path / "out.csv") if name} == {"AAA1"}


def test_whom_nobody_is_left_of_is_said(asha: Centre) -> None:
    with pytest.raises(WrongUse, match="There is nothing to show"):
        _export(asha, filters="nobody")
    with pytest.raises(WrongUse, match="There is nothing to show"):
        _export(asha, unit="999")


@pytest.mark.on_files
def test_who_cannot_be_read_is_named_and_an_incomplete_record_is_said_above_the_table(asha: Centre, path: Path) -> None:
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Fine.")
    asha.marking.mark("AAA1", "T-101", "1.2", Result.PASS, "Fine.")
    (segment,) = (path / "records/AAA1").glob("*.log")
    data = bytearray(segment.read_bytes())
    data[-10] ^= 1
    segment.write_bytes(bytes(data))
    (path / "learners/BBB2/learner.md").write_bytes(b"\xff\xfe\x00")
    export = _export(asha)
    assert [each.what for each in export.left_out] == ["BBB2"]
    assert export.caveats == ("Decisions may be missing: 2 records are incomplete.",)
