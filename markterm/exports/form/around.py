"""The words around a cell that say what belongs in it: beside it, above it, and who is spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from markterm.exports.form.criteria_rows import Rowed
from markterm.exports.form.fields import OF_CRITERION, Asked, Field, Label, Whose, whose
from markterm.exports.form.grid import Cell, Table
from markterm.exports.form.place import is_blank

_DESCRIBED = re.compile(r"good\s+pass|sufficien|descriptor|typical|indicative|distinction|merit", re.IGNORECASE)
_SHORT = 80
_OPEN = (Asked.NAME, Asked.DATE, Asked.SIGNATURE)


@dataclass(frozen=True, slots=True)
class Beside:
    """What the words around a cell ask for, and those words."""

    label: Label | None
    text: str


class Around:
    """Looks around in one table. `label` says what words ask for."""

    def __init__(self, table: Table, rowed: Rowed, label: Callable[[str], Label | None]) -> None:
        self._table = table
        self._rowed = rowed
        self._label = label
        self._claimed: set[int] = set()

    def claimed(self, cell: Cell) -> bool:
        """Whether a blank elsewhere has this cell for its label."""
        return id(cell) in self._claimed

    def near(self, cell: Cell) -> str:
        """The words of the cells beside it, and of the nearest one above it that names somebody."""
        over = (each.text for each in self._table.above(cell) if len(each.text) < _SHORT and whose(each.text))
        return " ".join([*(each.text for each in self._table.row_of(cell) if each is not cell), next(over, "")])

    def of(self, cell: Cell, spoken_of: Whose | None) -> Beside:
        """What the words around a blank cell ask for. Where they leave open whose it is, it is that of whoever is
        named beside it, above it, or was `spoken_of` last."""
        beside, left = self._left_of(cell)
        above, head = self._head_of(cell)
        if beside is not None and left is not None:
            if left.asked in (Asked.COMMENTS, Asked.DECISION, Asked.PASSED, Asked.REFERRED) or (
                head is None or head.asked not in _OPEN
            ):
                self._claimed.add(id(beside))
                return Beside(self._of_whom(left, cell, above, spoken_of), beside.text)
            who = left.whose or (Whose.LEARNER if left.field is Field.LEARNER else None)
            if who is not None and left.asked in (Asked.NAME, None) and head.asked is not None:
                # A row of somebody, with columns for name, signature and date.
                self._claimed |= {id(beside), id(above)}
                return Beside(replace(head, whose=who), f"{beside.text} {above.text if above else ''}")
            self._claimed.add(id(beside))
            return Beside(self._of_whom(left, cell, above, spoken_of), beside.text)
        if above is not None and head is not None and self._heads(above, cell):
            self._claimed.add(id(above))
            return Beside(self._of_whom(head, cell, above, spoken_of), above.text)
        nearest = beside or above
        text = nearest.text if nearest is not None else ""
        # The corner beside the heads of descriptors asks for nothing.
        return Beside(None, "" if _DESCRIBED.search(text) and not self._rowed.block(self._table, cell) else text)

    def _heads(self, above: Cell, cell: Cell) -> bool:
        """Whether a cell is the head of that one: in the rows of criteria, and of people, wherever it stands, and else
        right above it, and not over a list of several."""
        first = self._table.row_of(cell)[0]
        if self._rowed.block(self._table, cell) is not None or (first is not cell and whose(first.text) is not None):
            return True
        under = self._table.below(cell)
        return above.bottom + 1 == cell.row and (under is None or not is_blank(under.text))

    def _left_of(self, cell: Cell) -> tuple[Cell | None, Label | None]:
        row = self._table.row_of(cell)
        before = [each for each in row if each.right <= cell.left]
        block = self._rowed.block(self._table, cell)
        if before and block is not None and block.columns is not None:
            return before[0], self._label(before[0].text.strip())
        if not before or is_blank(before[-1].text):
            return None, None
        return before[-1], self._label(before[-1].text.strip())

    def _head_of(self, cell: Cell) -> tuple[Cell | None, Label | None]:
        """The nearest label above: among the rows of its criterion, or above those of all criteria."""
        own = self._rowed.block(self._table, cell)
        for each in self._table.above(cell):
            block = self._rowed.block(self._table, each)
            if is_blank(each.text) or (block is not None and block is not own):
                continue
            label = self._label(each.text.strip())
            if label is not None and own is None and _is_of_criteria(label) and self._rowed.has(self._table):
                return None, None
            if label is None or self._describes(label, each):
                if own is None:
                    return None, None
                continue
            return each, label
        return None, None

    def _describes(self, label: Label, cell: Cell) -> bool:
        """Whether it is the head of descriptors: what a pass looks like, and no place to tick one."""
        if label.asked not in (Asked.PASSED, Asked.REFERRED):
            return False
        rows = self._table.rows[max(cell.row - 2, 0) : cell.row]
        return any(_DESCRIBED.search(each.text) for row in rows for each in row)

    def _of_whom(self, label: Label, cell: Cell, above: Cell | None, spoken_of: Whose | None) -> Label:
        if label.asked not in _OPEN or label.whose is not None:
            return label
        row = [each for each in self._table.row_of(cell) if each.right <= cell.left]
        named = [whose(each.text) for each in reversed(row) if len(each.text) < _SHORT]
        heads = (
            [whose(each.text) for each in self._table.above(cell) if len(each.text) < _SHORT] if above is None else []
        )
        in_rows = self._rowed.block(self._table, cell) is not None
        who = next(filter(None, (*named, *heads)), None) or (None if in_rows else spoken_of)
        return replace(label, whose=who)


def _is_of_criteria(label: Label) -> bool:
    """Whether a column under that head is for what is said of each criterion."""
    return label.field in OF_CRITERION or label.asked in (
        Asked.COMMENTS,
        Asked.DECISION,
        Asked.PASSED,
        Asked.REFERRED,
    )
