"""How many wait for whoever acts is counted once for a list, and anew for another one or where something else waits."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.totals import WaitsForYou
from markterm.tui.caseload.waits_told import WaitsTold


class _Counted(list[CaseloadRow]):
    """Rows that know how often they were gone through."""

    times = 0

    def __iter__(self) -> Iterator[CaseloadRow]:
        self.times += 1
        return super().__iter__()


def _rows(*names: str) -> _Counted:
    return _Counted(CaseloadRow(name, name, name) for name in names)


def test_the_same_list_is_gone_through_once() -> None:
    told, rows = WaitsTold(), _rows("A", "B")
    told.waits = WaitsForYou(frozenset({"A"}))
    assert [told.in_words(rows) for _ in range(3)] == ["1 waits for you"] * 3
    assert rows.times == 1


def test_another_list_and_what_waits_since_are_counted_anew() -> None:
    told, rows = WaitsTold(), _rows("A", "B")
    told.waits = WaitsForYou(frozenset({"A"}))
    assert told.in_words(rows) == "1 waits for you"
    assert told.in_words(_rows("B")) == ""
    told.waits = WaitsForYou(frozenset({"A", "B"}))
    assert told.in_words(rows) == "2 wait for you"
