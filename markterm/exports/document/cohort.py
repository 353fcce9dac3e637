"""A cohort on one page: where its units stand, what is referred, and how long it takes, as pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from markterm.domain.record.states import CAME_BACK, UnitState
from markterm.domain.reports.report import Report
from markterm.domain.views.caseload import UnitProgress
from markterm.domain.views.tracking import Turn
from markterm.domain.words.counted import counted
from markterm.exports.document.model import Block, Document, Fact, Heading, Paragraph, Picture, words
from markterm.exports.picture.bars import Bar, Bars, Look, Part, bars_as_svg

_Kind = tuple[str, str, Look]
_STATES = {
    UnitState.CLOSED_PASS: ("pass", "P", Look.GOOD),
    UnitState.CLOSED_MERIT: ("merit", "Me", Look.GOOD),
    UnitState.CLOSED_DISTINCTION: ("distinction", "Di", Look.GOOD),
    UnitState.CLOSED_REFER: ("refer", "R", Look.BAD),
    UnitState.DECIDED: ("decided, not closed", "D", Look.DONE),
    UnitState.MARKING: ("being marked", "M", Look.BEGUN),
    UnitState.NOT_STARTED: ("not started", "·", Look.EMPTY),
}
_GRADED = (_STATES[UnitState.CLOSED_MERIT], _STATES[UnitState.CLOSED_DISTINCTION])
_TO_LOOK_AT = ("to look at: in conflict, not agreed, stale, changed or not countersigned", "!", Look.ODD)
_MOST_UNITS, _MOST_CRITERIA = 12, 12
_WEEKS = ((7, "up to 7 days"), (14, "8 to 14"), (21, "15 to 21"), (28, "22 to 28"), (56, "29 to 56"))
_LONGER = "57 or more"


@dataclass(frozen=True)
class Cohort:
    """What is told of a cohort: the units of each learner, the attempts at them, and the report on its referrals by
    unit and criterion; `titles` are those of the units, by their codes."""

    learners: int
    units: Sequence[UnitProgress]
    turns: Sequence[Turn]
    referrals: Report
    titles: Mapping[str, str]
    today: date


def cohort_page(cohort: Cohort, facts: Iterable[tuple[str, str]], about: str, caveats: tuple[str, ...]) -> Document:
    """The page; `facts` are whose cohort it is, `about` is that in a line."""
    told = (*(Fact(name, text) for name, text in facts), Fact("Learners", f"{cohort.learners:,}"))
    return Document("Cohort", told, tuple(_blocks(cohort)), caveats, about)


def _blocks(cohort: Cohort) -> Iterator[Block]:
    yield Heading(2, words("Where the units stand"))
    yield from _picture(states_by_unit(cohort), "states", "Nobody is on a unit.")
    yield Heading(2, words("Criteria that are referred most, at first attempts"))
    yield from _picture(referrals_by_criterion(cohort.referrals), "referrals", "Nothing was referred.")
    yield from (Paragraph(words(warning)) for warning in cohort.referrals.warnings)
    yield Heading(2, words("From submission to outcome"))
    yield from _picture(days_to_outcome(cohort.turns), "days", "No attempt that was submitted has an outcome yet.")
    yield Paragraph(words(_around_days(cohort.turns, cohort.today)))


def _picture(bars: tuple[Bars, int], name: str, nothing: str) -> Iterator[Block]:
    shown, left = bars
    if not shown.bars:
        yield Paragraph(words(nothing, italic=True))
        return
    yield Picture(bars_as_svg(shown, name), shown.in_words, shown.lines)
    if left:
        yield Paragraph(words(f"And {left:,} more, which the tracking matrix and the report on referrals have."))


def states_by_unit(cohort: Cohort) -> tuple[Bars, int]:
    """A bar for each unit with how many learners stand where, and how many units there was no room for."""
    found: dict[str, dict[_Kind, int]] = {}
    for unit in cohort.units:
        odd = unit.conflicts or unit.stale or unit.changed or unit.uncountersigned or unit.verification in CAME_BACK
        kind = _TO_LOOK_AT if odd else _STATES[unit.state]
        counts = found.setdefault(unit.code, {})
        counts[kind] = counts.get(kind, 0) + 1
    # Merit and distinction are told of where anybody has one.
    kinds = [*_STATES.values(), _TO_LOOK_AT]
    shown = [kind for kind in kinds if kind not in _GRADED or any(kind in counts for counts in found.values())]
    bars = [_unit_bar(code, counts, shown) for code, counts in sorted(found.items())]
    return Bars("Learners by unit and state", tuple(bars[:_MOST_UNITS])), len(bars[_MOST_UNITS:])


def _unit_bar(code: str, counts: Mapping[_Kind, int], kinds: Iterable[_Kind]) -> Bar:
    parts = tuple(Part(*kind[:2], counts.get(kind, 0), kind[2]) for kind in kinds)
    return Bar(code, parts, counted(sum(counts.values()), "learner"))


def referrals_by_criterion(report: Report) -> tuple[Bars, int]:
    """A bar for each criterion that was referred at a first attempt, the most referred first, and how many there was no
    room for."""
    place = {column.name: number for number, column in enumerate(report.columns)}
    rows = [[row.cells[place[name]] for name in ("unit", "criterion", "decided", "referred")] for row in report.rows]
    referred = [(str(unit), str(number), int(f"{of}"), int(f"{count}")) for unit, number, of, count in rows if count]
    referred.sort(key=lambda each: (-each[3] / each[2], -each[3], each[0]))
    bars = tuple(
        Bar(f"{unit} {number}", _referred(count, of), f"{count} of {of}, {count / of:.0%}")
        for unit, number, of, count in referred[:_MOST_CRITERIA]
    )
    return Bars("Referrals by criterion, at first attempts", bars), len(referred[_MOST_CRITERIA:])


def _referred(count: int, of: int) -> tuple[Part, ...]:
    return Part("referred", "R", count, Look.BAD), Part("passed", "P", of - count, Look.GOOD)


def days_to_outcome(turns: Iterable[Turn]) -> tuple[Bars, int]:
    """A bar for each span of days from the submission of an attempt to its outcome."""
    days = _days(turns)
    if not days:
        return Bars("Days from submission to outcome", ()), 0
    spans = [(name, [each for each in days if each <= most]) for most, name in _WEEKS]
    counts = [len(own) - sum(len(before) for _, before in spans[:place][-1:]) for place, (_, own) in enumerate(spans)]
    told = [*zip((name for name, _ in spans), counts, strict=True), (_LONGER, len(days) - len(spans[-1][1]))]
    bars = tuple(
        Bar(name, (Part("attempts", "", count, Look.DONE),), f"{count} of {len(days)}") for name, count in told
    )
    return Bars("Days from submission to outcome", bars), 0


def _days(turns: Iterable[Turn]) -> list[int]:
    return [
        max((turn.closed - turn.submitted).days, 0)
        for turn in turns
        if turn.submitted is not None and turn.closed is not None
    ]


def _around_days(turns: Sequence[Turn], today: date) -> str:
    """What the picture of days does not show: the middle, what waits, and what cannot be counted."""
    days = _days(turns)
    waiting = [(today - turn.submitted).days for turn in turns if turn.submitted is not None and turn.closed is None]
    unsaid = sum(turn.closed is not None and turn.submitted is None for turn in turns)
    told = (
        f"Half of them took {median(days):g} days or less." if days else "",
        f"{counted(len(waiting), 'attempt')} submitted and without an outcome; the oldest for {max(waiting)} days."
        if waiting
        else "",
        f"{counted(unsaid, 'outcome')} not counted: nobody said on which day the work was submitted." if unsaid else "",
    )
    return " ".join(filter(None, told)) or "Nothing waits for an outcome."
