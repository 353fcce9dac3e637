"""The rows of the caseload as a person has them shown: in an order, and narrowed by a filter. It draws nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markterm.domain.views.caseload import CaseloadRow, Order, sort_rows
from markterm.domain.views.caseload_filter import filter_rows


class ShownRows:
    """What is known of the learners, and what is shown of them."""

    def __init__(self) -> None:
        self.order = Order.NAME
        self.everybody: Sequence[CaseloadRow] = ()
        """All of them, in the order."""
        self._taken: Sequence[CaseloadRow] = ()
        self._known = 0
        self._ahead: tuple[Sequence[CaseloadRow], Mapping[Order, Sequence[CaseloadRow]]] = ((), {})
        self._narrowed: tuple[str, Sequence[CaseloadRow]] = ("", ())

    @property
    def total(self) -> int:
        """How many learners there are, as far as is known."""
        return max(len(self.everybody), self._known)

    def sort_ahead(self, rows: Sequence[CaseloadRow]) -> None:
        """Have every order of these rows ready, which are going to be taken: no key waits for it then. In a thread."""
        if rows != self._ahead[0]:
            self._ahead = rows, {order: sort_rows(rows, order) for order in Order}

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
        before, narrowed = self._narrowed
        # Words that grow can only narrow further. Fields and a minus can also widen: those look at everybody again.
        grows = bool(before) and text.startswith(before) and ":" not in text and "-" not in text
        rows = filter_rows(narrowed if grows else self.everybody, text, today)
        self._narrowed = (text, rows)
        return rows

    def _sort(self) -> None:
        rows, ahead = self._ahead
        self.everybody = ahead[self.order] if ahead and rows == self._taken else sort_rows(self._taken, self.order)
        self._narrowed = ("", ())
