"""How cases are told, line by line, to members of staff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markterm.cli.output import indented
from markterm.domain.record.cases import CaseRecord, outcome_of, words_of
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre


def case_lines(centre: Centre, case: CaseRecord) -> Iterator[str]:
    """A case with its steps, for members of staff."""
    holds = ", holds what it is on" if case.holds else ""
    yield one_line(f"case {case.short}: {words_of(case.about)}, {case.place or 'all units'}, {case.state}{holds}")
    for each in case.steps:
        to = f" to {each.to}" if each.to else ""
        outcome = f" as {outcome_of(case.about, each.upheld)}" if each.upheld is not None else ""
        day = f"{each.on.isoformat()} " if each.on is not None else ""
        by = centre.details.name_of(each.actor, each.at)
        yield "  " + one_line(f"{day}{each.step}{to}{outcome} by {by}")
        if each.text.strip():
            yield indented(each.text, 6)
