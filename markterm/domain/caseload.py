"""The caseload: one row a learner, with what each one waits for, and the filter that narrows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from markterm.domain.countersignature import waiting as waiting_for_countersignature
from markterm.domain.decision import CriterionState
from markterm.domain.errors import WrongUse
from markterm.domain.learner import Learner
from markterm.domain.portfolio import Portfolio, UnitState, count, unit_state
from markterm.domain.unit import Unit

if TYPE_CHECKING:
    from markterm.domain.attainment import Attainment


_LONGEST_ALIAS = 20


_UNCOUNTERSIGNED = "uncountersigned"


class Waiting(StrEnum):
    """Whom a portfolio waits for."""

    LEARNER = "learner"
    ASSESSOR = "assessor"
    VERIFIER = "verifier"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit of a row: how many criteria are decided and passed of how many; `conflicts` wait for a person, and
    `uncountersigned` were decided in training and wait for a countersignature."""

    code: str
    state: UnitState
    decided: int
    passed: int
    criteria: int
    conflicts: int = 0
    uncountersigned: int = 0


@dataclass(frozen=True, slots=True)
class QualificationCredits:
    """One qualification of a row: the credits gained of those needed, and whether its rules are all met."""

    code: str
    gained: int
    needed: int
    complete: bool


@dataclass(frozen=True)
class CaseloadRow:
    """A learner in the caseload.

    `folder` is the name of the learner's folder; `since` the time (UTC) of the last event, or None when nothing was
    recorded, and `latest` the latest time that an event bears; `problem` says in a few words what is wrong with the
    learner's files or record, empty when nothing is; `credits` are of those of the qualifications that the centre has a
    sheet for; `alias` is what the learner is shown as while they are marked blind: then neither name nor registration
    is shown, looked for or sorted by.
    """

    folder: str
    registration: str
    name: str
    qualifications: tuple[str, ...] = ()
    units: tuple[UnitProgress, ...] = ()
    waiting: Waiting = Waiting.LEARNER
    since: datetime | None = None
    assessor: str = ""
    site: str = ""
    problem: str = ""
    credits: tuple[QualificationCredits, ...] = ()
    alias: str = ""
    latest: datetime | None = None

    def under(self, alias: str) -> CaseloadRow:
        """The row of the same learner, marked blind."""
        return replace(self, alias=alias)

    @property
    def decided(self) -> int:
        """How many criteria are decided, over all units."""
        return sum(unit.decided for unit in self.units)

    @property
    def passed(self) -> int:
        """How many criteria are passed, over all units."""
        return sum(unit.passed for unit in self.units)

    @property
    def criteria(self) -> int:
        """How many criteria there are, over all units."""
        return sum(unit.criteria for unit in self.units)

    @property
    def open(self) -> int:
        """How many criteria wait for a decision."""
        return self.criteria - self.decided

    @property
    def progress(self) -> tuple[str, ...]:
        """Each qualification with the credits gained of those needed, `8580-CERT 5/13`, and a tick when complete."""
        told = {each.code: f" {each.gained}/{each.needed}{' ✓' if each.complete else ''}" for each in self.credits}
        return tuple(code + told.get(code, "") for code in self.qualifications)

    @cached_property
    def states(self) -> frozenset[str]:
        """The states that the row can be filtered by: those of its units, `conflict`, `uncountersigned`, `open` and
        `problem`."""
        states = {unit.state.value.replace(" ", "-") for unit in self.units}
        states.update({"conflict"} if any(unit.conflicts for unit in self.units) else ())
        states.update({_UNCOUNTERSIGNED} if any(unit.uncountersigned for unit in self.units) else ())
        states.update({"open"} if self.open else ())
        states.update({"problem"} if self.problem else ())
        return frozenset(states)

    @cached_property
    def words(self) -> str:
        """What words of a filter are looked for in, as `plain` gives it."""
        codes = (unit.code for unit in self.units)
        who = (self.alias,) if self.alias else (self.registration, self.name)
        return plain(" ".join((*who, *self.qualifications, *codes, self.site)))

    @cached_property
    def place(self) -> tuple[str, str]:
        """Where the row stands among others by name."""
        # Aliases end in numbers: 10 comes after 2.
        return (plain(self.name), self.registration) if not self.alias else (self.alias.rjust(_LONGEST_ALIAS), "")


def caseload_row(
    folder: str,
    learner: Learner,
    units: Iterable[Unit],
    portfolio: Portfolio,
    has_evidence: bool,
    problem: str = "",
    attainments: Iterable[Attainment] = (),
) -> CaseloadRow:
    """The row of a learner on these units. Nobody marks before there is evidence, and a referral waits for more."""
    units = tuple(units)
    progress = tuple(_progress(unit, portfolio) for unit in units)
    keys = [unit.key for unit in units]
    states = [unit.state for unit in progress]
    if not progress:
        waiting = Waiting.COORDINATOR
    elif not has_evidence and portfolio.last is None:
        waiting = Waiting.LEARNER
    elif any(state in (UnitState.NOT_STARTED, UnitState.MARKING, UnitState.DECIDED) for state in states):
        waiting = Waiting.ASSESSOR
    elif UnitState.CLOSED_REFER in states and not any(portfolio.unit(key).awaits_verification for key in keys):
        waiting = Waiting.LEARNER
    else:
        waiting = Waiting.VERIFIER
    return CaseloadRow(
        folder,
        learner.registration,
        learner.name,
        learner.qualifications,
        progress,
        waiting,
        portfolio.last.at if portfolio.last is not None else None,
        learner.assessor,
        learner.site,
        problem,
        tuple(QualificationCredits(a.qualification.code, a.credits, a.needed, a.complete) for a in attainments),
        latest=portfolio.latest,
    )


def _progress(unit: Unit, portfolio: Portfolio) -> UnitProgress:
    record = portfolio.unit(unit.key)
    return UnitProgress(
        unit.code,
        unit_state(unit, record),
        count(unit, record, CriterionState.PASS, CriterionState.REFER),
        count(unit, record, CriterionState.PASS),
        len(unit.criteria),
        count(unit, record, CriterionState.CONFLICT),
        sum(1 for _ in waiting_for_countersignature(unit, portfolio)),
    )


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def plain(text: str) -> str:
    """`text` in lower case and without accents, so that zoe finds Zoé and Łukasz stands with the L."""
    if text.isascii():
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


Test = Callable[[CaseloadRow], bool]

_FIELDS: Mapping[str, Callable[[str], Test]] = {
    "unit": lambda value: lambda row: any(unit.code.casefold().endswith(value) for unit in row.units),
    "state": lambda value: lambda row: any(state.startswith(value) for state in row.states),
    "waiting": lambda value: lambda row: row.waiting.value.startswith(value),
    "assessor": lambda value: lambda row: row.assessor.casefold() == value,
    "qualification": lambda value: lambda row: any(value in code.casefold() for code in row.qualifications),
    "site": lambda value: lambda row: value in row.site.casefold(),
}

FILTER_FIELDS = tuple(_FIELDS)


_STATES = (*(state.value.replace(" ", "-") for state in UnitState), "open", "conflict", _UNCOUNTERSIGNED, "problem")

FILTER_VALUES: Mapping[str, tuple[str, ...]] = {
    "state": tuple(dict.fromkeys(_STATES)),
    "waiting": tuple(waiting.value for waiting in Waiting),
}
"""The values of the fields that have only certain ones."""


def check_filter(text: str) -> None:
    """Raise `WrongUse` when a part names a field or a value that there is not: it would let nobody through."""
    for part in plain(text).split():
        field, colon, value = part.removeprefix("-").partition(":")
        if colon and field not in _FIELDS:
            raise WrongUse(
                "No such field", f"{field}: is no field of the filter.", f"They are {', '.join(FILTER_FIELDS)}."
            )
        known = FILTER_VALUES.get(field, ())
        if colon and known and not any(each.startswith(value) for each in known):
            raise WrongUse(
                "No such value", f"{field}:{value} lets nobody through.", f"It is one of {', '.join(known)}."
            )


def filter_rows(rows: Iterable[CaseloadRow], text: str) -> list[CaseloadRow]:
    """The rows that every part of the filter lets through.

    A part is a word looked for in registration, name, qualification, unit and site, or `field:value` for one of
    `FILTER_FIELDS`; a `-` before a part turns it round. A field that is not known is a word like any other, and a
    field without its value yet (it is being typed) lets everything through.
    """
    left = list(rows)
    for part in plain(text).split():
        if part[0] != "-" and ":" not in part:
            # Nearly every key that is typed: ten thousand rows are looked through without a call for each.
            left = [row for row in left if part in row.words]
        elif (test := _test(part)) is not None:
            left = [row for row in left if test(row)]
    return left


def _test(part: str) -> Test | None:
    if part.startswith("-") and len(part) > 1:
        inner = _test(part[1:])
        return None if inner is None else lambda row: not inner(row)
    field, colon, value = part.partition(":")
    if colon and field in _FIELDS:
        return _FIELDS[field](value) if value else None
    return lambda row: part in row.words


class Order(StrEnum):
    """What the caseload can be sorted by."""

    NAME = "name"
    REGISTRATION = "registration"
    WAITING = "waiting"
    OPEN = "open"


def sort_rows(rows: Iterable[CaseloadRow], order: Order) -> list[CaseloadRow]:
    """The rows in that order; whoever waits longest comes first, and the most open criteria."""
    if order is Order.REGISTRATION:
        return sorted(rows, key=lambda row: row.place if row.alias else (row.registration, ""))
    if order is Order.WAITING:
        return sorted(rows, key=lambda row: (row.since is None, row.since.timestamp() if row.since else 0.0, row.place))
    if order is Order.OPEN:
        return sorted(rows, key=lambda row: (-row.open, row.place))
    return sorted(rows, key=lambda row: row.place)
