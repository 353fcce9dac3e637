"""Sheets that are taken in from a document: what each meets in the centre, and keeping those that are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.sheets.kept_sheet import keep_sheet


class Coming(StrEnum):
    """What a sheet that is taken in meets in the centre."""

    NEW = "new"
    SAME = "is there, the same"
    OTHER = "is there, and says something else"

    @classmethod
    def beside(cls, sheet: object, there: object | None) -> Coming:
        """What that sheet meets where the centre has `there`, or nothing."""
        return cls.NEW if there is None else cls.SAME if there == sheet else cls.OTHER


@dataclass(frozen=True, slots=True)
class ComingSheet:
    """A sheet that is taken in: the code of what it is, the file that it goes to, its text, what is there, and what the
    two say differently, as far as that is told."""

    code: str
    path: Path
    text: str
    meets: Coming
    differs: tuple[str, ...] = ()

    @property
    def is_sheet(self) -> bool:
        """Whether it is a sheet itself, and not what is kept beside one."""
        return self.path.suffix == ".md"


def keep_coming(sheets: Sequence[ComingSheet], *, passing_over: bool | None = None) -> None:
    """Write the sheets that are new; durable when it returns. Raises `Refused`, and writes nothing, where one is there
    and says something else, unless those are passed over; and `NotSaved`. None is for whoever cannot ask for that."""
    others = [each for each in sheets if each.meets is Coming.OTHER]
    if others and not passing_over:
        raise Refused(
            "A sheet of this code is here already",
            f"{', '.join(one_line(each.code) for each in others)} would say something else than the sheet that is "
            f"here{_first_difference(others)}. Nothing was written.",
            "Give the new one its own version or code, or move the sheet that is here out of the way."
            + ("" if passing_over is None else " Or take in the new ones alone: it stays as it is."),
            hint=None if passing_over is None else Hint(Way.NEW_ALONE),
            file=others[0].path,
        )
    for each in sheets:
        if each.meets is Coming.NEW:
            keep_sheet(each.path, each.text, None)


def _first_difference(others: Sequence[ComingSheet]) -> str:
    """What the first of them says differently, where it tells that."""
    first, count = others[0], len(others[0].differs)
    more = f", and {count - 1} more" if count > 1 else ""
    return f": {one_line(first.code)}, {one_line(first.differs[0])}{more}" if first.differs else ""
