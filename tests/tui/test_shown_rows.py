"""The rows of the caseload as they are shown: sorted, and narrowed letter by letter to what the whole filter finds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from markterm.domain.views.caseload import CaseloadRow, Order, sort_rows
from markterm.domain.views.caseload_filter import filter_rows
from markterm.tui.caseload.shown_rows import ShownRows


def learner(name: str, registration: str = "") -> CaseloadRow:
    return CaseloadRow(name, registration or name.upper(), name, (), (), "asha", "", "")


ROWS = (learner("dee"), learner("ann", "B2"), learner("anne", "A1"), learner("bob"), learner("unit"))


@example(["-", "a", "n", "ne"])
@example(["unit:", "5"])
@given(st.lists(st.sampled_from(("a", "n", "ne", "b", " ", "-", "unit:", "5", "dee", ":")), max_size=6))
def test_letter_by_letter_the_same_are_found_as_at_once(pieces: list[str]) -> None:
    shown = ShownRows()
    shown.take(ROWS)
    for end in range(len(pieces) + 1):
        text = "".join(pieces[:end])
        assert list(shown.matching(text)) == list(filter_rows(sort_rows(ROWS, Order.NAME), text))


def test_a_filter_that_is_another_one_looks_at_everybody_again() -> None:
    shown = ShownRows()
    shown.take(ROWS)
    assert [row.name for row in shown.matching("anne")] == ["anne"]
    assert [row.name for row in shown.matching("bob")] == ["bob"]


def test_the_order_goes_on_to_the_next_one_and_round_again() -> None:
    shown = ShownRows()
    shown.take(ROWS)
    assert [row.name for row in shown.everybody] == ["ann", "anne", "bob", "dee", "unit"]
    shown.sort_next()
    assert [row.registration for row in shown.everybody][:2] == ["A1", "B2"]
    for _ in range(len(Order) - 1):
        shown.sort_next()
    assert shown.order is Order.NAME


def test_what_is_typed_on_after_sorting_is_in_the_new_order() -> None:
    shown = ShownRows()
    shown.take(ROWS)
    assert [row.name for row in shown.matching("an")] == ["ann", "anne"]
    shown.sort_next()
    assert [row.name for row in shown.matching("ann")] == ["anne", "ann"], "by registration"


def test_rows_that_are_the_same_are_nothing_new() -> None:
    shown = ShownRows()
    assert shown.take(ROWS, known=9)
    assert shown.total == 9
    assert not shown.take(ROWS)
    assert shown.total == len(ROWS)


def test_what_was_sorted_ahead_is_shown_and_no_other_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [CaseloadRow("b", "b", "Anna"), CaseloadRow("a", "a", "Bela")]
    shown = ShownRows()
    shown.sort_ahead(rows)
    sorted_now: list[Order] = []

    def sort(rows: Sequence[CaseloadRow], order: Order) -> list[CaseloadRow]:
        sorted_now.append(order)
        return sort_rows(rows, order)

    monkeypatch.setattr("markterm.tui.caseload.shown_rows.sort_rows", sort)
    shown.take(rows)
    assert [row.name for row in shown.everybody] == ["Anna", "Bela"]
    shown.sort_next()
    assert [row.name for row in shown.everybody] == ["Bela", "Anna"], "by registration"
    assert sorted_now == [], "no key waited for it"
    shown.take([*rows, CaseloadRow("c", "0", "Carl")])
    assert [row.name for row in shown.everybody] == ["Carl", "Bela", "Anna"]
    assert sorted_now == [Order.REGISTRATION], "other rows were not sorted ahead"
