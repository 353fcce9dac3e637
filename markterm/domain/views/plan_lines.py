"""The sampling plan as lines that a person narrows and sorts, and what it comes to assessor by assessor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from markterm.domain.assessed.strategy import Risk
from markterm.domain.sampling.candidate import Stage
from markterm.domain.sampling.table import Counts, PlanRow, Where
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.words.code import is_code, short_codes
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.letters import plain


@dataclass(frozen=True)
class PlanLine:
    """A sample, with the name of its learner: the `alias` that they are shown as while they are marked blind. Then
    neither name nor registration is shown, looked for or sorted by."""

    row: PlanRow
    name: str = ""
    alias: str = ""

    @property
    def registration(self) -> str:
        """The registration that the learner has now."""
        return self.row.unit.learner if self.row.unit is not None else self.row.sample.planned.learner

    @property
    def who(self) -> str:
        """The learner as they are shown: registration and name, or the label."""
        return one_line(self.alias or f"{self.registration} {self.name}".strip())

    @cached_property
    def words(self) -> str:
        """What words of a filter are looked for in, as `plain` gives it."""
        sample = self.row.sample
        who = (self.alias,) if self.alias else (self.registration, self.name)
        return plain(" ".join((*who, sample.planned.unit, sample.planned.assessor, sample.verifier, self.row.where)))

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it stands among others by learner and unit."""
        planned = self.row.sample.planned
        return plain(self.alias or self.name), "" if self.alias else self.registration, planned.unit


_Test = Callable[[PlanRow], bool]


def _unit(value: str) -> _Test:
    return lambda row: is_code(value, plain(row.sample.planned.unit))


def _is(said: Callable[[PlanRow], str]) -> Callable[[str], _Test]:
    return lambda value: lambda row: plain(said(row)) == value


def _begins(said: Callable[[PlanRow], str]) -> Callable[[str], _Test]:
    return lambda value: lambda row: _as_value(said(row)).startswith(value)


def _as_value(words: str) -> str:
    return words.replace(" ", "-")


def _drawn(row: PlanRow) -> str:
    return "yes" if row.sample.planned.drawn else "no"


_FIELDS: Mapping[str, Callable[[str], _Test]] = {
    "unit": _unit,
    "assessor": _is(lambda row: row.sample.planned.assessor),
    "verifier": _is(lambda row: row.sample.verifier),
    "state": _begins(lambda row: row.where),
    "risk": _begins(lambda row: row.sample.planned.risk),
    "stage": _begins(lambda row: row.sample.planned.stage),
    "drawn": _begins(_drawn),
}
PLAN_FILTER = FilterWords(
    tuple(_FIELDS),
    {
        "state": tuple(_as_value(each) for each in Where),
        "risk": tuple(Risk),
        "stage": tuple(Stage),
        "drawn": ("yes", "no"),
    },
)
"""What a filter of a plan knows, whatever is in it."""


def words_of_plan(lines: Iterable[PlanLine]) -> FilterWords:
    """The same, with the units and members of these lines."""
    samples = tuple(line.row.sample for line in lines)
    return PLAN_FILTER.with_known(
        {
            "unit": short_codes({each.planned.unit for each in samples}).values(),
            "assessor": {each.planned.assessor for each in samples},
            "verifier": {each.verifier for each in samples},
        }
    )


def filter_plan(lines: Iterable[PlanLine], text: str) -> list[PlanLine]:
    """The lines that every part of the filter lets through.

    A part is a word looked for in learner, unit, assessor, verifier and state, or `field:value` for one of the fields
    of `PLAN_FILTER`; a `-` before it turns it round. Of several of the same field any one has to hold. A field that is
    not known is a word like any other, and one without its value yet (it is being typed) lets everything through.
    """
    left = list(lines)
    fields: defaultdict[str, list[_Test]] = defaultdict(list)
    for part in plain(text).split():
        turned = part.startswith("-") and len(part) > 1
        bare = part[1:] if turned else part
        field, colon, value = bare.partition(":")
        if not (colon and field in _FIELDS):
            left = [line for line in left if (bare in line.words) is not turned]
        elif value and turned:
            test = _FIELDS[field](value)
            left = [line for line in left if not test(line.row)]
        elif value:
            fields[field].append(_FIELDS[field](value))
    for tests in fields.values():
        left = [line for line in left if any(test(line.row) for test in tests)]
    return left


class PlanOrder(StrEnum):
    """What a plan can be sorted by."""

    ASSESSOR = "assessor"
    DUE = "due"
    LEARNER = "learner"
    UNIT = "unit"
    VERIFIER = "verifier"


def sort_plan(lines: Iterable[PlanLine], order: PlanOrder) -> list[PlanLine]:
    """The lines in that order, and among equals by learner and unit; what has no day comes last."""
    return sorted(lines, key=_KEYS[order])


_KEYS: Mapping[PlanOrder, Callable[[PlanLine], tuple[object, ...]]] = {
    PlanOrder.ASSESSOR: lambda line: (line.row.sample.planned.assessor, *line.place),
    PlanOrder.DUE: lambda line: (line.row.actual is not None, line.row.by or date.max, *line.place),
    PlanOrder.LEARNER: lambda line: line.place,
    PlanOrder.UNIT: lambda line: (line.row.sample.planned.unit, *line.place),
    PlanOrder.VERIFIER: lambda line: (line.row.sample.verifier, line.row.by or date.max, *line.place),
}


@dataclass(frozen=True, slots=True)
class OfAssessor:
    """What the plan comes to for one assessor, by the id: what the samples come to, and how many are overdue; `risks`
    are the units at each risk, the riskiest first."""

    assessor: str
    counts: Counts
    overdue: int
    risks: tuple[tuple[Risk, tuple[str, ...]], ...]


def by_assessor(rows: Iterable[PlanRow]) -> tuple[OfAssessor, ...]:
    """What these rows come to assessor by assessor, in the order of their ids."""
    groups: defaultdict[str, list[PlanRow]] = defaultdict(list)
    for row in rows:
        groups[row.sample.planned.assessor].append(row)
    return tuple(
        OfAssessor(
            assessor,
            Counts.of(some),
            sum(row.where is Where.OVERDUE for row in some),
            _risks(some),
        )
        for assessor, some in sorted(groups.items())
    )


def _risks(rows: Sequence[PlanRow]) -> tuple[tuple[Risk, tuple[str, ...]], ...]:
    short = short_codes({row.sample.planned.unit for row in rows})
    units: Mapping[Risk, Collection[str]] = {
        risk: {row.sample.planned.unit for row in rows if row.sample.planned.risk == risk} for risk in Risk
    }
    return tuple((risk, tuple(short[each] for each in sorted(units[risk]))) for risk in Risk if units[risk])
