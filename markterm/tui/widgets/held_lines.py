"""What holds a criterion, or is open about it: cases, the brief of its assignment, and that its unit is claimed
or has a badge."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.assignment import Cell
from markterm.domain.claims.told import told_of_unit
from markterm.domain.words.foreign_text import one_line
from markterm.tui.criterion_place import CriterionPlace


def held_lines(shown: LearnerPortfolio, place: CriterionPlace) -> Iterator[Content]:
    """Every open case that the criterion is in, that it is not marked before its brief is verified, and each claim that
    its unit is in, and its badge, with what changed since."""
    key, number = place.unit.key, place.criterion.number
    if shown.portfolio.unit(key).closing is None and Cell(place.unit.code, number) in shown.held:
        told = "Not marked yet: the brief of its assignment is not verified."
        yield Content.styled(told, "bold $warning")
    for told, changed in told_of_unit(key, shown.portfolio):
        yield Content.styled(one_line(told), "bold $warning" if changed else "$accent")
    for case in shown.portfolio.cases:
        if case.is_open and case.concerns(key, number):
            since = f"opened by {case.first.actor}"
            far = f" It is {case.state.removeprefix('open, ')}." if case.decided is not None else ""
            told = one_line(
                f"{'Held by' if case.holds else 'Open:'} case {case.short}, {case.about_in_words}, {since}.{far}"
            )
            yield Content.styled(told, "bold $warning" if case.holds else "$accent")
