"""Something found wrong in a file, that did not stop the rest from being read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from markterm.domain.words.hint import Hint

_MOST_OF_A_CODE = 200


class Severity(StrEnum):
    """How much a finding matters: an error makes a sheet unfit for marking, a warning and a style note do not.

    Information is no fault: it is said once somebody asks, and nobody has to do anything.
    """

    ERROR = "error"
    WARNING = "warning"
    STYLE = "style"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Finding:
    """A code that stays stable, how bad it is, where, and a sentence that says what to do.

    `line` counts from 1; None when the finding is about the whole file. `hint` points to what mends it: each front
    end has its own words for that.
    """

    code: str
    severity: Severity
    message: str
    file: Path | None = None
    line: int | None = None
    hint: Hint | None = None

    def __str__(self) -> str:
        place = "" if self.file is None else f"{self.file}:" + (f"{self.line}:" if self.line is not None else "")
        return f"{place} {self.code} {self.severity} {self.message}".strip()


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Found = TypeVar("_Found", bound=_Coded)


def some_of_each(found: Iterable[_Found]) -> Iterator[_Found]:
    """Of each code so many that a person can look at them."""
    told: dict[str, int] = {}
    for each in found:
        told[each.code] = told.get(each.code, 0) + 1
        if told[each.code] <= _MOST_OF_A_CODE:
            yield each
