"""Something found wrong in a file, that did not stop the rest from being read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


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

    `line` counts from 1; None when the finding is about the whole file.
    """

    code: str
    severity: Severity
    message: str
    file: Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = "" if self.file is None else f"{self.file}:" + (f"{self.line}:" if self.line is not None else "")
        return f"{place} {self.code} {self.severity} {self.message}".strip()
