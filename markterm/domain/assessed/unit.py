"""A unit and what is assessed in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from markterm.domain.assessed.level import Level, aims_of


class UnitKey(NamedTuple):
    """What identifies a unit: numbers are reused between suites and versions, with other criteria. A named tuple: all
    that is known of learners is looked up by it, and the hash of a dataclass takes ten times as long."""

    code: str
    version: str

    def __str__(self) -> str:
        return f"{self.code} ({self.version})" if self.version else self.code


class Standing(StrEnum):
    """What a sufficiency descriptor describes."""

    REFER = "refer"
    PASS = "pass"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What evidence of that standing looks like. Descriptors guide; they are not exhaustive."""

    standing: Standing
    text: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks that an older sheet gives a criterion: how many there are, and how many make a pass."""

    maximum: int
    minimum: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One assessment criterion. Its wording is regulated: a centre may not change or leave it out.

    `recorded` is for one that the sheet does not ask for and only the record knows: the unit and the number that it was
    decided under. `level` is that of a graded sheet, None on any other.
    """

    number: str
    text: str
    descriptors: tuple[Descriptor, ...] = ()
    standards: tuple[str, ...] = ()
    marks: Marks | None = None
    recorded: tuple[UnitKey, str] | None = None
    level: Level | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the sheet asks for it."""
        return self.recorded is None

    @property
    def gates(self) -> bool:
        """Whether the unit is referred as long as it is not met: not where it is for a higher grade than a pass."""
        return self.level is None or self.level is Level.PASS


OFF_SHEET = -1


@dataclass(frozen=True, slots=True)
class LearningOutcome:
    """A learning outcome (LO) with its criteria, in the order of the sheet. `OFF_SHEET` is the number of what is no
    outcome of a sheet: it holds what only the record knows. A kind of statements of a standard has a title alone, and
    is not shown with its number."""

    number: int
    title: str
    criteria: tuple[Criterion, ...] = ()
    is_numbered: bool = True

    @property
    def label(self) -> str:
        """`LO1`, or nothing for what is on no sheet, and for a kind of statements."""
        return f"LO{self.number}" if self.is_numbered and self.number != OFF_SHEET else ""

    def heading(self, title: str) -> str:
        """`LO1` and the title, which is given as it is to be shown."""
        return f"{self.label} {title}".lstrip()


@dataclass(frozen=True)
class Unit:
    """A unit as its mark sheet gives it. `level`, `credit` and `glh` (guided learning hours) are None if not given.

    `guidance` is the sheet's free text for the assessor, shown and never parsed. `no_sheet` is empty for a unit that
    the centre has the sheet of; else it says what became of the sheet, and the unit is what the record knows of it.
    `faulty` says that the sheet has errors: a criterion may have been lost or altered in it, and nobody marks from it.
    `is_standard` says that it is a published standard, marked like a unit, and no part of any qualification.
    `graded` says whether the letters of its numbers are levels; None where the sheet does not say.
    `regulated` says that its credential is an awarding organisation's; not so for a course of the centre's own.
    `due` is the day on which it is due for everybody; another day makes no other unit of it.
    """

    code: str
    title: str
    level: int | None = None
    credit: int | None = None
    glh: int | None = None
    version: str = ""
    guidance: str = ""
    outcomes: tuple[LearningOutcome, ...] = ()
    no_sheet: str = ""
    faulty: bool = False
    is_standard: bool = False
    graded: bool | None = None
    regulated: bool = True
    due: date | None = field(default=None, compare=False)

    @cached_property
    def key(self) -> UnitKey:
        """Code and version."""
        return UnitKey(self.code, self.version)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion, in the order of the sheet."""
        return tuple(criterion for outcome in self.outcomes for criterion in outcome.criteria)

    @cached_property
    def asked(self) -> tuple[Criterion, ...]:
        """The criteria that its sheet asks for."""
        return tuple(criterion for criterion in self.criteria if criterion.is_asked)

    @property
    def met_words(self) -> str:
        """What is counted of its criteria, for `2 of 4 …`: what is for a higher grade is achieved and not passed."""
        return "criteria passed or achieved" if self.graded else "criteria passed"

    @cached_property
    def gating(self) -> tuple[Criterion, ...]:
        """The criteria that each have to be met for a pass; all of them where the sheet is not graded."""
        return tuple(criterion for criterion in self.criteria if criterion.gates)

    @cached_property
    def higher(self) -> tuple[Criterion, ...]:
        """Those that are for a higher grade alone."""
        return tuple(criterion for criterion in self.criteria if not criterion.gates)

    @cached_property
    def aims(self) -> Mapping[str, tuple[Criterion, ...]]:
        """The learning aims of a graded sheet by letter, each with its criteria, also those that it shares with others.

        None without a pass criterion of its own, by which it could be passed.
        """
        found: dict[str, list[Criterion]] = {}
        for criterion in self.asked if self.graded else ():
            for aim in aims_of(criterion.number):
                found.setdefault(aim, []).append(criterion)
        return {aim: tuple(own) for aim, own in found.items() if any(each.gates for each in own)}

    def aims_in(self, outcome: LearningOutcome) -> tuple[str, ...]:
        """The learning aims whose first pass criterion stands in that outcome."""
        return tuple(
            aim for aim, own in self.aims.items() if next(each for each in own if each.gates) in outcome.criteria
        )

    @cached_property
    def on_sheet(self) -> Unit:
        """The unit as its sheet gives it, without what only the record knows."""
        if len(self.asked) == len(self.criteria):
            return self
        return replace(self, outcomes=tuple(outcome for outcome in self.outcomes if outcome.number != OFF_SHEET))

    @cached_property
    def has_marks(self) -> bool:
        """Whether its sheet gives marks."""
        return any(criterion.marks is not None for criterion in self.criteria)

    @cached_property
    def _by_number(self) -> dict[str, Criterion]:
        return {criterion.number: criterion for criterion in self.criteria}

    def criterion(self, number: str) -> Criterion | None:
        """The criterion of that number, or None."""
        return self._by_number.get(number)
