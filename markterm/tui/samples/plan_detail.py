"""A sample of the plan in words, below the lines."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from markterm.domain.views.deciding_first import WHY_LATER, may_be_undecided
from markterm.domain.views.plan_lines import PlanLine
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import key_of


def detail(line: PlanLine, blindfold: Blindfold, decides_first: str, width: int) -> Iterable[Content]:
    """What of it the columns have no room for, why it is in the plan, and what stands in the way. The member of the id
    `decides_first` is not told why before they may have decided."""
    row, sample, planned = line.row, line.row.sample, line.row.sample.planned
    drawn = "drawn at random" if planned.drawn else ""
    parts = [line.who, planned.unit, planned.stage, drawn, row.where, row.report, sample.method]
    told = Content.styled(" · ".join(filter(None, map(one_line, parts))), "bold")
    yield told.truncate(max(width, 20), ellipsis=True)
    hides = decides_first and may_be_undecided(row.unit, decides_first)
    yield Content(
        one_line(f"{WHY_LATER.capitalize()}." if hides else blindfold.told_of(line.registration, sample.in_short))
    )
    if row.nobody:
        bar = f"! {one_line(row.nobody)}. {key_of('plan.assign')} gives it to another verifier."
        yield Content.styled(bar, "$error")
