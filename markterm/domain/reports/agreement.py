"""How far verifiers agree with assessors: their answers, and their own decisions in independent second assessments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from markterm.domain.record.event import Result
from markterm.domain.reports.around import Around, LeftOut
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.reports.counted import Answered, CountedRecord, Stage
from markterm.domain.reports.grouped import By, Group
from markterm.domain.reports.report import Cell, Column, Entry, Report, Row, Shape, share
from markterm.domain.sampling.kappa import cohen
from markterm.domain.words.counted import counted

AXES = (Axis.ASSESSOR, Axis.VERIFIER, Axis.UNIT, Axis.CRITERION, Axis.MONTH)
_FIGURES = (
    Column("stage", "stage"),
    Column("answered", "answers", Shape.COUNT),
    Column("agreed", "agreed", Shape.COUNT, shown=False),
    Column("not_agreed", "not agreed", Shape.COUNT),
    Column("amended", "amended", Shape.COUNT),
    Column("rate", "rate", Shape.SHARE),
    Column("second", "second", Shape.COUNT),
    Column("same", "same", Shape.COUNT, shown=False),
    Column("same_rate", "same", Shape.SHARE),
    Column("kappa", "κ", Shape.NUMBER),
)
_NOTES = (
    "An answer is to one decision, and counts once for interim looks and once for verifications, as it was given last, "
    "also while the verifier goes on; to a whole unit it is one answer, which says of no criterion whether it is "
    "right. The rate is what is agreed of what is agreed or not agreed.",
    "Amended: what was not agreed was decided again or taken back at the same attempt.",
    "Second: independent second assessments, in which the verifier decided before they saw the assessor's decision. "
    "Same is how many came to the same, and κ what of that is beyond chance. "
    "Of a criterion for a higher grade achieved counts there as a pass does, and not achieved as a referral.",
)
_PLACES = {Result.PASS: 0, Result.REFER: 1}


@dataclass(slots=True)
class _Counts:
    answered: int = 0
    agreed: int = 0
    not_agreed: int = 0
    amended: int = 0
    own: list[list[int]] = field(default_factory=lambda: [[0, 0], [0, 0]])
    """How often an assessor and a verifier who decided alone said pass and refer, by places."""

    def add(self, each: Answered) -> None:
        self.answered += 1
        self.agreed += each.agrees is True
        self.not_agreed += each.agrees is False
        self.amended += each.amended
        if each.own is not None:
            self.own[_PLACES[each.decided]][_PLACES[each.own]] += 1

    def row(self, of: tuple[Cell, ...], behind: Callable[[], Iterator[Entry]]) -> Row:
        second, same = sum(map(sum, self.own)), self.own[0][0] + self.own[1][1]
        kappa = cohen(self.own)
        said = ""
        if second and kappa is None:
            what = counted(second, "second assessment")
            said = f"κ of {what} is undefined: everybody said the same each time, and chance could do nothing else."
        rate = share(self.agreed, self.agreed + self.not_agreed)  # What is neither yet says nothing for or against.
        answers = (self.answered, self.agreed, self.not_agreed, self.amended, rate)
        return Row((*of, *answers, second, same, share(same, second), kappa), behind, said)


def agreement(records: Callable[[], Iterable[CountedRecord]], asked: Asked, around: Around) -> Report:
    """What verifiers answered, by what is asked for and by stage; `records` gives what is counted of every record, as
    often as it is called."""
    by, left_out = By(asked.by, around.name_of), LeftOut()
    groups: dict[Group, dict[Stage, _Counts]] = {}
    of = by.of
    for record in records():
        left_out.add(record)
        left_out.unfound += record.unfound
        for each in record.answered:
            if asked.takes(each.unit.code, each.assessor, each.verifier, each.on, each.criterion):
                left_out.note(each)
                left_out.people.add(each.verifier)
                left_out.contradicted += each.agrees is None
                groups.setdefault(of(each), {}).setdefault(each.stage, _Counts()).add(each)

    def rows(group: Group) -> Iterator[Row]:
        for stage in Stage:
            if (counts := groups[group].get(stage)) is not None:
                yield counts.row((*by.cells(group), stage.value), partial(behind, group, stage))

    def behind(group: Group, stage: Stage) -> Iterator[Entry]:
        return _entries(records(), asked, lambda each: each.stage is stage and of(each) == group)

    return Report(
        "agreement",
        f"Agreement {asked.in_words}",
        (*by.columns(groups, names_shown=False), *_FIGURES),
        tuple(row for group in by.sorted(groups) for row in rows(group)),
        _NOTES,
        tuple(left_out.in_words(around)),
        plotted="rate",
        over=by.over,
        behind=lambda: _entries(records(), asked),
    )


def _entries(
    records: Iterable[CountedRecord], asked: Asked, wanted: Callable[[Answered], bool] = lambda _: True
) -> Iterator[Entry]:
    for record in records:
        for each in record.answered:
            if asked.takes(each.unit.code, each.assessor, each.verifier, each.on, each.criterion) and wanted(each):
                yield entry_of(record.learner, each)


def entry_of(learner: str, answered: Answered) -> Entry:
    """An answer, as one of the things that a figure counts: its uid is that of the decision, or of the closing."""
    answer = {True: "agreed", False: "not agreed", None: "no answer yet: verifiers differ, or nobody countersigned"}[
        answered.agrees
    ]
    second = f", second assessment {answered.in_words_of_the_level(answered.own)}" if answered.own is not None else ""
    amended = ", amended" if answered.amended else ""
    stage = f", {answered.stage.value}" if answered.stage is not Stage.SUMMATIVE else ""
    what = f"{answered.in_a_word} by {answered.assessor}: {answer}{amended}{second}{stage}"
    unit, criterion, by, uid = answered.unit, answered.criterion, answered.verifier, answered.decision
    return Entry(learner, unit, criterion, answered.on, what, by, uid)
