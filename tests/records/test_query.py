"""What TinyDB finds of a record is what the query says of each event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Event, Kind, Subject
from markterm.records.folder.store import FolderStore
from markterm.records.query import Query
from tests.samples import LEARNER

_BEGUN = datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC)
_KINDS = (Kind.DECIDED.value, Kind.CITED.value, Kind.CLOSED.value, "blessed")
_ACTORS = ("asha", "Zoë", "ben")
_UNITS = ("8580-501", "8580-502", "HSC 103")
_TIMES = [
    _BEGUN + timedelta(microseconds=micros, hours=hours) for micros in (0, 1, 500_000, 999_999) for hours in (0, 1, 30)
]


def _made(number: int) -> Event:
    """Events that differ in everything that can be asked for, some of no unit and some of no criterion."""
    unit = UnitKey(_UNITS[number % 3], "1") if number % 5 else None
    subject = Subject(unit, ("1.1", "2.1", None)[number % 3] if unit is not None else None)
    at = _TIMES[number % len(_TIMES)].astimezone(timezone(timedelta(hours=number % 4 - 2)))
    return Event(f"e{number}", _KINDS[number % 4], LEARNER, at, _ACTORS[number * 7 % 3], "assessor", subject)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FolderStore]:
    folder = tmp_path_factory.mktemp("records")
    opened = FolderStore(folder / "records", folder / "states")
    for number in range(40):
        opened.append(LEARNER, _made(number))
    yield opened
    opened.close()


_QUERIES = st.builds(
    Query,
    kinds=st.lists(st.sampled_from(_KINDS), max_size=2).map(tuple),
    actor=st.sampled_from(("", *_ACTORS, "nobody")),
    unit=st.sampled_from(("", *_UNITS, "501", "103", "01", "hsc103")),
    criterion=st.sampled_from(("", "1.1", "2.1", "3.1")),
    since=st.sampled_from((None, *_TIMES)),
    until=st.sampled_from((None, *_TIMES)),
)


@given(query=_QUERIES)
def test_what_is_looked_up_is_what_the_query_takes(store: FolderStore, query: Query) -> None:
    assert store.select(LEARNER, query) == tuple(filter(query.takes, store.load(LEARNER)))


@pytest.mark.parametrize(
    "query", [Query(unit="hsc103"), Query(since=_TIMES[1]), Query(actor="Zoë", kinds=("blessed",))]
)
def test_such_queries_take_some_and_leave_some(store: FolderStore, query: Query) -> None:
    assert 0 < len(store.select(LEARNER, query)) < 40
