"""The rows of the caseload as a person has them shown: in an order, and narrowed by a filter. It draws nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from markterm.domain.views.caseload import CaseloadRow, Order, place_in, sort_rows
from markterm.domain.views.caseload_filter import asks_for_who_left, narrowed


class _Sorted(NamedTuple):
    """Rows in an order: everybody, those who are here, and those who left."""

    everybody: Sequence[CaseloadRow] = ()
    here: Sequence[CaseloadRow] = ()
    away: Sequence[CaseloadRow] = ()


class ShownRows:
    """What is known of the learners, and what is shown of them."""

    def __init__(self) -> None:
        self.order = Order.NAME
        self._sorted = _Sorted()
        self._taken: Sequence[CaseloadRow] = ()
        self._known = 0
        self._ahead: tuple[Sequence[CaseloadRow], Mapping[Order, _Sorted]] = ((), {})
        self._narrowed: tuple[str, Sequence[CaseloadRow]] = ("", ())

    @property
    def everybody(self) -> Sequence[CaseloadRow]:
        """All of them, in the order."""
        return self._sorted.everybody

    @property
    def away(self) -> Sequence[CaseloadRow]:
        """Those of them who left."""
        return self._sorted.away

    @property
    def total(self) -> int:
        """How many learners there are, as far as is known."""
        return max(len(self.everybody), self._known)

    def sort_ahead(self, rows: Sequence[CaseloadRow]) -> None:
        """Have every order of these rows ready, which are going to be taken: no key waits for it then. In a thread."""
        if rows != self._ahead[0]:
            self._ahead = rows, {order: _in_order(rows, order) for order in Order}

    def take(self, rows: Sequence[CaseloadRow], known: int = 0) -> bool:
        """Have these rows; `known` is how many there are where these are only the first. Whether any is different."""
        self._known = known
        if rows == self._taken:
            return False
        self._taken = rows
        self._sort()
        return True

    def sort_next(self) -> None:
        """Sort by the next order."""
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self._sort()

    def matching(self, text: str, today: date = date.min) -> Sequence[CaseloadRow]:
        """Those whom the filter finds, in the order; by `today` an action is overdue or not."""
        before, found = self._narrowed
        # Words that grow can only narrow further. Fields and a minus can also widen: those look at everybody again.
        grows = bool(before) and text.startswith(before) and ":" not in text and "-" not in text
        everybody = self.everybody if asks_for_who_left(text) else self._sorted.here
        rows = narrowed(found if grows else everybody, text, today)
        self._narrowed = (text, rows)
        return rows

    def place_of(self, row: CaseloadRow) -> int | None:
        """Where the learner of that row is among those who were found last; None where they are not. For every letter
        of a filter: nobody else is looked at, unless the learner has another row by now."""
        _, found = self._narrowed
        place = place_in(found, self.order, row)
        if place is not None or place_in(self.everybody, self.order, row) is not None:
            return place
        return next((number for number, each in enumerate(found) if each.folder == row.folder), None)

    def _sort(self) -> None:
        rows, ahead = self._ahead
        self._sorted = ahead[self.order] if ahead and rows == self._taken else _in_order(self._taken, self.order)
        self._narrowed = ("", ())


def _in_order(rows: Sequence[CaseloadRow], order: Order) -> _Sorted:
    everybody = sort_rows(rows, order)
    away = [row for row in everybody if row.left]
    return _Sorted(everybody, [row for row in everybody if not row.left] if away else everybody, away)
