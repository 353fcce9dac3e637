"""What is kept of what reports count: what is read again is what was put, whatever it was."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Result
from markterm.domain.reports.counted import Answered, Counted, Decided, Stage
from markterm.own.counted_index import counted_index, packed

_TEXT = st.text(max_size=9)
_UNIT = st.builds(UnitKey, _TEXT, _TEXT)
_RESULT = st.sampled_from(Result)
_DECIDED = st.builds(Decided, _UNIT, _TEXT, _TEXT, st.dates(), st.integers(1, 9), _RESULT, _TEXT, _TEXT)
_ANSWERED = st.builds(
    Answered,
    _UNIT,
    _TEXT,
    _TEXT,
    _TEXT,
    st.dates(),
    st.sampled_from(Stage),
    st.none() | st.booleans(),
    st.booleans(),
    _RESULT,
    st.none() | _RESULT,
    _TEXT,
    _TEXT,
)
_COUNTED = st.builds(
    Counted,
    _TEXT,
    st.lists(_DECIDED, max_size=4),
    st.lists(_ANSWERED, max_size=4),
    st.lists(st.tuples(_UNIT, _TEXT), max_size=2).map(tuple),
    st.integers(0, 9),
    st.integers(0, 9),
    _TEXT,
)
_BEFORE = st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(tuple)


@given(_COUNTED, _BEFORE)
def test_what_is_read_again_is_what_was_put(record: Counted, before: tuple[tuple[str, str], ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "counted.json"
        index = counted_index(path, "1")
        index.put("AAA1", "stamp", packed(record, before))
        index.save()
        again = counted_index(path, "1").get("AAA1", "stamp")
    assert again is not None
    assert again.before == before
    told = [again.learner, *map(list, (again.decided, again.answered)), *again[4:]]
    was = [record.learner, record.decided, record.answered, record.conflicts, record.set_aside, record.unfound]
    assert told == [*was, record.incomplete]
    assert [type(value) for each in (*again.decided, *again.answered) for value in each] == [
        type(value) for each in (*record.decided, *record.answered) for value in each
    ]


def test_what_another_version_counted_is_not_used(tmp_path: Path) -> None:
    index = counted_index(tmp_path / "counted.json", "1")
    index.put("AAA1", "stamp", packed(Counted("AAA1")))
    index.save()
    assert counted_index(tmp_path / "counted.json", "1").get("AAA1", "stamp") is not None
    assert counted_index(tmp_path / "counted.json", "2").get("AAA1", "stamp") is None
    assert counted_index(tmp_path / "counted.json", "1").get("AAA1", "another") is None


def test_what_was_altered_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "counted.json"
    index = counted_index(path, "1")
    on = date(2026, 3, 2)
    decided = Decided(UnitKey("T-101", "1"), "1.1", "asha", on, 1, Result.PASS, "", "uid")
    index.put("AAA1", "stamp", packed(Counted("AAA1", [decided])))
    index.save()
    path.write_bytes(path.read_bytes().replace(b"2026-03-02", b"2026-03-99"))
    assert counted_index(path, "1").get("AAA1", "stamp") is None
