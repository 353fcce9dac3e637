"""How much is referred: first attempts and resubmissions apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markterm.domain.record.event import Result
from markterm.domain.reports.around import Around, LeftOut
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.counted import CountedRecord, Decided
from markterm.domain.reports.grouped import By, Group
from markterm.domain.reports.report import Column, Entry, Report, Row, Shape, share

AXES = (Axis.ASSESSOR, Axis.UNIT, Axis.CRITERION, Axis.TASK, Axis.MONTH)
_FIGURES = (
    Column("decided", "decided", Shape.COUNT),
    Column("referred", "referred", Shape.COUNT),
    Column("rate", "rate", Shape.SHARE),
    Column("decided_again", "resubmitted", Shape.COUNT),
    Column("referred_again", "referred", Shape.COUNT),
    Column("rate_again", "rate", Shape.SHARE),
)
_NOTES = (
    "Counted is the decision that stands on a criterion at an attempt: what was replaced or taken back is not, and a "
    "criterion that is in several tasks counts once, in the task in which it was decided last.",
    "Resubmitted: what was decided at a second attempt or a later one.",
    "A criterion for a higher grade than a pass refers nobody, and is not counted.",
)


def referrals(records: Callable[[], Iterable[CountedRecord]], asked: Asked, around: Around) -> Report:
    """What was decided and referred, by what is asked for; `records` gives what is counted of every record, as often
    as it is called."""
    by, left_out = By(asked.by, around.name_of), LeftOut()
    groups: dict[Group, list[int]] = {}
    of = by.of
    for record in records():
        left_out.add(record)
        left_out.add_unsettled(record, asked.unit, asked.criterion)
        for each in record.decided:
            if each.may_refer and asked.takes(each.unit.code, each.assessor, "", each.on, each.criterion):
                left_out.note(each)
                counts = groups.get(group := of(each))
                if counts is None:
                    counts = groups[group] = [0, 0, 0, 0]
                at = 0 if each.attempt < 2 else 2
                counts[at] += 1
                counts[at + 1] += each.result is Result.REFER

    def row(group: Group) -> Row:
        first, referred, again, referred_again = groups[group]
        figures = (first, referred, share(referred, first), again, referred_again, share(referred_again, again))
        return Row((*by.cells(group), *figures), lambda: _entries(records(), asked, lambda each: of(each) == group))

    return Report(
        "referrals",
        f"Referrals {asked.in_words}",
        (*by.columns(groups), *_FIGURES),
        tuple(map(row, by.sorted(groups))),
        _NOTES,
        tuple(left_out.in_words(around)),
        plotted="rate",
        over=by.over,
        behind=lambda: _entries(records(), asked),
    )


def _entries(
    records: Iterable[CountedRecord], asked: Asked, wanted: Callable[[Decided], bool] = lambda _: True
) -> Iterator[Entry]:
    for record in records:
        for each in record.decided:
            if asked.takes(each.unit.code, each.assessor, "", each.on, each.criterion) and wanted(each):
                yield entry_of(record.learner, each)


def entry_of(learner: str, decided: Decided) -> Entry:
    """A decision, as one of the things that a figure counts."""
    again = f", attempt {decided.attempt}" if decided.attempt > 1 else ""
    task = f" in {decided.task}" if decided.task else ""
    what = f"{decided.in_a_word}{task}{again}"
    return Entry(learner, decided.unit, decided.criterion, decided.on, what, decided.assessor, decided.uid)
