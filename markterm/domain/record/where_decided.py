"""In which task a decision was made, as people say it by now."""

from __future__ import annotations

from collections.abc import Iterable

from markterm.domain.assessed.assignment import Assignment, Cell
from markterm.domain.assessed.wording import is_same_wording
from markterm.domain.record.decision import Occasion


def where_decided(occasion: Occasion, assignments: Iterable[Assignment], cell: Cell) -> str:
    """The assignment and the task that a decision on the criterion was made in; empty for one made in its unit.

    Where the task of that number is another one by now, or is gone, it is told as it was recorded: `task 2 then`, with
    what it was called.
    """
    own = next((each for each in assignments if each.code == occasion.assignment), None)
    if not occasion.assignment or occasion.task is None:
        return str(occasion)
    task = own.task(occasion.task) if own is not None else None
    if own is None or task is None:
        is_same = False
    else:
        is_same = is_same_wording(task.title, occasion.title) if occasion.title else cell in task.cells
    if is_same:
        return str(occasion)
    called = f" “{occasion.title}”" if occasion.title else ""
    return f"{occasion}{' then' if own is not None else ''}{called}"
