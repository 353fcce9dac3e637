"""A unit and what is assessed in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class UnitKey:
    """What identifies a unit: numbers are reused between suites and versions, with other criteria."""

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
    """One assessment criterion. Its wording is regulated: a centre may not change or leave it out."""

    number: str
    text: str
    descriptors: tuple[Descriptor, ...] = ()
    standards: tuple[str, ...] = ()
    marks: Marks | None = None


@dataclass(frozen=True, slots=True)
class LearningOutcome:
    """A learning outcome (LO) with its criteria, in the order of the sheet."""

    number: int
    title: str
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A unit as its mark sheet gives it. `level`, `credit` and `glh` (guided learning hours) are None if not given.

    `guidance` is the sheet's free text for the assessor, shown and never parsed.
    """

    code: str
    title: str
    level: int | None = None
    credit: int | None = None
    glh: int | None = None
    version: str = ""
    guidance: str = ""
    outcomes: tuple[LearningOutcome, ...] = ()

    @cached_property
    def key(self) -> UnitKey:
        """Code and version."""
        return UnitKey(self.code, self.version)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion, in the order of the sheet."""
        return tuple(criterion for outcome in self.outcomes for criterion in outcome.criteria)

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


_TELLING = 3


def short_codes(codes: Iterable[str]) -> dict[str, str]:
    """For each code its end, 501 of 8580-501, unless two of them end alike or the end says too little."""
    every = tuple(codes)
    ends = [end if len(end := code.rpartition("-")[2]) >= _TELLING else code for code in every]
    return {code: end if ends.count(end) == 1 else code for code, end in zip(every, ends, strict=True)}
