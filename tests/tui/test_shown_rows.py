"""The rows of the caseload as they are shown: sorted, and narrowed letter by letter to what the whole filter finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from markterm.domain.views.caseload import CaseloadRow, Order, sort_rows
from markterm.domain.views.caseload_filter import filter_rows
from markterm.tui.caseload.shown_rows import ShownRows
from tests.pace import steps


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


@pytest.mark.parametrize("text", ["", "an", "nobody"])
def test_a_learner_is_found_in_every_order_among_those_who_are_shown(text: str) -> None:
    shown = ShownRows()
    shown.take([*ROWS, learner("gone", "G")])
    for _ in Order:
        found = [row.folder for row in shown.matching(text)]
        for row in shown.everybody:
            assert shown.place_of(row) == (found.index(row.folder) if row.folder in found else None)
        shown.sort_next()


def test_a_learner_whose_row_is_another_one_by_now_is_found_all_the_same() -> None:
    shown = ShownRows()
    shown.take(ROWS)
    shown.matching("")
    assert shown.place_of(replace(ROWS[3], name="a new name")) == 2


def test_nobody_else_is_looked_at_for_where_a_learner_stands() -> None:
    def found(count: int) -> int:
        shown = ShownRows()
        shown.take([learner(f"{number:06}") for number in range(count)])
        rows = shown.matching("")
        return steps(lambda: shown.place_of(rows[-1]))

    assert found(4096) < 2 * found(64)


def test_who_left_is_no_part_of_what_every_letter_looks_through() -> None:
    left = replace(learner("away"), left="left on 2026-01-31")
    shown = ShownRows()
    shown.take([*ROWS, left])
    assert shown.away == [left]
    assert left not in shown.matching("a")
    assert shown.matching("state:left") == [left]
    shown.take(ROWS)
    assert shown.matching("") is shown.everybody, "and where nobody left, nothing is looked through for nothing"


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
