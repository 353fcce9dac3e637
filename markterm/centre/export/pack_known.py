"""What somebody has to know of a learner before they read on: it stands beside their name on the first page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markterm.domain.record.cases import words_of
from markterm.domain.record.leaving import away_in_words
from markterm.domain.rules.standardising import refuses_use
from markterm.domain.words.counted import counted
from markterm.exports.pack.page import State

if TYPE_CHECKING:
    from markterm.centre.export.pack_sources import PackedLearner
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.record.portfolio import Portfolio
    from markterm.domain.views.caseload import CaseloadRow

_WARN = "warn"


def known_of(learner: PackedLearner, row: CaseloadRow) -> Iterator[State]:
    """What is wrong or missing first, then what waits, then what was claimed and what they said."""
    if row.problem:
        yield State(row.problem, _WARN)
    elif learner.incomplete:
        yield State(f"the record is incomplete: {learner.incomplete}", _WARN)
    for each in learner.said:
        yield State(each, _WARN)
    if learner.evidence.unread or learner.evidence.problems:
        yield State("not all of the evidence could be taken", _WARN)
    if learner.signatures:
        words = f"{counted(len(learner.signatures), 'finding')} about signatures"
        yield State(words, _WARN)
    for badge in learner.badges:
        if badge.asks:
            yield State(f"the badge of {badge.unit.code} is {badge.in_words}", _WARN)
    yield from learner.known


def known_in(shown: LearnerPortfolio) -> tuple[State, ...]:
    """What the record says: what waits, then what was claimed and what they said."""
    return *_open(shown.portfolio), *_told(shown)


def _open(portfolio: Portfolio) -> Iterator[State]:
    for case in portfolio.cases:
        if case.is_open:
            of = f" in {case.unit.code}" if case.unit is not None else ""
            yield State(f"{words_of(case.about)}{of} is open{', and holds it' if case.holds else ''}", _WARN)
    for key, record in portfolio.units.items():
        waiting = [each for each in record.after.actions if not each.is_finished]
        if waiting:
            holds = ", and feedback waits" if any(each.holds for each in waiting) else ""
            words = f"{counted(len(waiting), 'action')} in {key.code} not accepted{holds}"
            yield State(words, _WARN if holds else "")
    for hold in portfolio.holds:
        if not hold.lifted:
            yield State(f"kept, whatever the day: {hold.text}")


def _told(shown: LearnerPortfolio) -> Iterator[State]:
    portfolio, departure = shown.portfolio, shown.portfolio.departure
    if portfolio.evidence_destroyed is not None:
        yield State(f"the evidence was {portfolio.evidence_destroyed.words}")
    for claim in portfolio.claims:
        if claim.in_words:
            yield State(f"{claim.place} {claim.in_words}")
    if away := away_in_words(shown.learner, departure):
        yield State(away)
    if any(refuses_use(portfolio, unit) for unit in shown.units):
        yield State("refuses that scripts are used for standardisation")
