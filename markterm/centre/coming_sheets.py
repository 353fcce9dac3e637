"""Sheets that are taken in from a document: what each meets in the centre, and keeping those that are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.sheets.kept_sheet import keep_sheet

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Coming(StrEnum):
    """What a sheet that is taken in meets in the centre."""

    NEW = "new"
    SAME = "is there, the same"
    OTHER = "is there, and says something else"

    @classmethod
    def beside(cls, there: object | None, differs: Sequence[str]) -> Coming:
        """What a sheet meets where the centre has `there`, or nothing, which says that differently."""
        return cls.OTHER if differs else cls.NEW if there is None else cls.SAME


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


def parts_apart(here: DataclassInstance, coming: DataclassInstance) -> Iterator[str]:
    """What of a sheet the one that is here and the one that comes say differently: a short value with both, of a list
    its name alone."""
    for name in (field.name for field in fields(coming) if field.compare):
        before, after = getattr(here, name), getattr(coming, name)
        if before == after:
            continue
        told = name.replace("_", " ")
        is_list = isinstance(before, tuple) or isinstance(after, tuple)
        yield told if is_list else f"{told}: {_said(before)} here, {_said(after)} in the document"


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value in (None, "") else f"`{value}`"


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
            file=others[0].path if others[0].path.exists() else None,
        )
    for each in sheets:
        if each.meets is Coming.NEW:
            keep_sheet(each.path, each.text, None)


def _first_difference(others: Sequence[ComingSheet]) -> str:
    """What the first of them says differently, where it tells that."""
    first, count = others[0], len(others[0].differs)
    more = f", and {count - 1} more" if count > 1 else ""
    return f": {one_line(first.code)}, {one_line(first.differs[0])}{more}" if first.differs else ""
