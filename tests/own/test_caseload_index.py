"""The index of the caseload: what is read again is what was put, whatever it was."""

from __future__ import annotations

import gc
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.states import UnitState, VerificationState
from markterm.domain.views.caseload import CaseloadRow, QualificationCredits, UnitProgress
from markterm.domain.views.due import Due, Owed, Person, Step
from markterm.domain.views.to_verify import ToVerify
from markterm.own.caseload_index import OF_NO_FILES, CentreIndex

_COUNTS = st.integers(0, 40)
_TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
_DUE = st.builds(Due, st.sampled_from(Step), st.sampled_from(Person), st.none() | _TIMES)
_TO_VERIFY = st.builds(
    ToVerify,
    st.sampled_from(Step),
    st.none() | _TIMES,
    st.text(max_size=9),
    st.lists(st.text(max_size=9), max_size=2).map(tuple),
    _COUNTS,
    st.text(max_size=9),
    st.none() | st.dates(),
    st.text(max_size=20),
    st.text(max_size=5),
    st.none() | st.dates(),
)
_OWED = st.builds(Owed, st.sampled_from(Step), st.text(max_size=9), st.text(max_size=4), st.none() | st.dates())
_UNITS = st.builds(
    UnitProgress,
    st.text(max_size=9),
    st.sampled_from(UnitState),
    _COUNTS,
    _COUNTS,
    _COUNTS,
    st.lists(_DUE, max_size=3).map(tuple),
    _COUNTS,
    _COUNTS,
    st.booleans(),
    _COUNTS,
    st.booleans(),
    st.sampled_from(VerificationState),
    st.lists(_OWED, max_size=2).map(tuple),
    _COUNTS,
    st.lists(_TO_VERIFY, max_size=2).map(tuple),
    st.sampled_from(("", "claimed", "sent")),
    st.booleans(),
)
_ROWS = st.builds(
    CaseloadRow,
    st.text(min_size=1, max_size=9),
    st.text(max_size=9),
    st.text(max_size=20),
    st.lists(st.text(max_size=9), max_size=2).map(tuple),
    st.lists(_UNITS, max_size=4).map(tuple),
    st.text(max_size=9),
    st.text(max_size=9),
    st.text(max_size=9),
    st.lists(st.builds(QualificationCredits, st.text(max_size=9), _COUNTS, _COUNTS, st.booleans()), max_size=2).map(
        tuple
    ),
    latest=st.none() | _TIMES,
)


def _types(row: CaseloadRow) -> list[type]:
    return [type(each) for unit in row.units for each in unit]


@given(st.lists(_ROWS, max_size=4, unique_by=lambda row: row.folder))
def test_what_is_read_again_is_what_was_put(rows: list[CaseloadRow]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "caseload.json"
        index = CentreIndex(file, "sheets")
        for row in rows:
            index.put(row, f"signature of {row.folder}")
        index.save()
        again = CentreIndex(file, "sheets")
        assert set(again.first(9)[0]) == set(rows)
        assert set(again.rows) == set(rows)
        for row in rows:
            found = again.get(row.folder)
            assert found == (f"signature of {row.folder}", row)
            assert _types(found.row) == _types(row), "true is not 1"
        assert CentreIndex(file, "other sheets").rows == ()


def test_rows_of_other_sheets_are_kept_to_be_shown_and_are_all_outdated(tmp_path: Path) -> None:
    index = CentreIndex(tmp_path / "caseload.json", "sheets")
    row = CaseloadRow("AAA1", "AAA1", "Rosalind Jones", latest=datetime.now(UTC) - timedelta(days=1))
    index.put(row, "signature")
    assert not index.outdate("sheets")
    assert index.get("AAA1") == ("signature", row)
    assert index.outdate("new sheets")
    assert (index.rows, index.get("AAA1")) == ((row,), (OF_NO_FILES, row))
    index.put(row, "signature")
    index.save()
    assert CentreIndex(tmp_path / "caseload.json", "new sheets").get("AAA1") == ("signature", row)


def test_reading_the_rows_leaves_python_looking_for_garbage(tmp_path: Path) -> None:
    index = CentreIndex(tmp_path / "caseload.json", "sheets")
    index.put(CaseloadRow("AAA1", "AAA1", "Rosalind Jones"), "signature")
    index.save()
    assert gc.isenabled()
    assert len(CentreIndex(tmp_path / "caseload.json", "sheets").rows) == 1
    assert gc.isenabled()
