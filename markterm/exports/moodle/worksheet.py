"""Moodle's grading worksheet: read as Moodle's own importer reads it, and filled in without another byte changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markterm.domain.assessed.moodle import MoodleSite
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line, shortened
from markterm.exports.moodle.cells import Cell, changed, rows_of

_NUMBER = re.compile(r"\D*?([0-9]{1,18})\s*")
_NEEDED = ("identifier", "grade", "modified")
_SEPARATORS = (",", ";", "\t")
_SHOWN = 60
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Participant:
    """A row of the worksheet: whose it is, and what stands in it. `number` is the participant's, empty where there is
    none; `is_locked` says that Moodle would not take another grade."""

    row: int
    identifier: str
    number: str
    name: str = ""
    email: str = ""
    grade: str = ""
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written for a participant: the site's word for the outcome, and the feedback as HTML."""

    grade: str
    feedback: str


class Worksheet:
    """A worksheet as it was downloaded."""

    def __init__(self, data: bytes, site: MoodleSite) -> None:
        """Raises `Unreadable` when `data` is no worksheet of that site."""
        self._text = _decoded(data)
        self._site = site
        begins = _MARK if self._text.startswith(_MARK) else ""
        self._begin, body = begins, self._text.removeprefix(_MARK)
        self._body = body
        self._separator, rows = _rows(body, site)
        self._columns = {name: _position(rows[0], heading) for name, heading in _headings(site).items()}
        self._rows = rows[1:]
        self.participants: Sequence[Participant] = tuple(self._participants())
        """Everybody in it, in its order."""

    @property
    def has_feedback(self) -> bool:
        """Whether it has a column for feedback comments."""
        return self._columns["feedback"] is not None

    def filled(self, entries: Mapping[int, Entry]) -> bytes:
        """The worksheet with these entries, by row. The day of the last change stays: by it Moodle notices what was
        graded there meanwhile."""
        values: dict[Cell, str] = {}
        for row, entry in entries.items():
            for name, value in (("grade", entry.grade), ("feedback", entry.feedback)):
                column = self._columns[name]
                if column is not None:
                    values[self._rows[row][column]] = value
        return (self._begin + changed(self._body, self._separator, values)).encode("utf-8")

    def _participants(self) -> Iterator[Participant]:
        for row, cells in enumerate(self._rows):
            identifier = self._value(cells, "identifier")
            found = _NUMBER.fullmatch(identifier)
            yield Participant(
                row,
                identifier,
                found[1] if found is not None else "",
                self._value(cells, "name"),
                self._value(cells, "email"),
                self._value(cells, "grade"),
                self._value(cells, "changeable").casefold() == self._site.locked.casefold(),
            )

    def _value(self, cells: Sequence[Cell], name: str) -> str:
        column = self._columns[name]
        return cells[column].value.strip() if column is not None else ""


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(
            "This is no grading worksheet",
            "It is not in UTF-8, in which Moodle gives it out.",
            "Download it again, and do not save it with a spreadsheet before.",
        ) from None


def _rows(text: str, site: MoodleSite) -> tuple[str, list[list[Cell]]]:
    """The rows with the sign between their cells. Older PHP reads a backslash before a quote in its own way, which is
    tried first: it is how such a file was written."""
    first: list[Cell] = []
    for separator in _SEPARATORS:
        for escapes in (True, False):
            rows = rows_of(text, separator, escapes=escapes)
            first = first or (rows[0] if rows else [])
            if not rows or any(_position(rows[0], _headings(site)[name]) is None for name in _NEEDED):
                continue
            if all(len(row) == len(rows[0]) for row in rows):
                return separator, rows
    wanted = ", ".join(_headings(site)[name] for name in _NEEDED)
    there = shortened(", ".join(one_line(each.value) for each in first) or "nothing", _SHOWN * 3)
    raise Unreadable(
        "This is no grading worksheet",
        f"A worksheet has the columns {wanted}, and as many cells in every row; this one begins with {there}.",
        "Download it again. If the site has another language, name its headings in [moodle.columns] of centre.toml.",
    )


def _headings(site: MoodleSite) -> dict[str, str]:
    names = ("identifier", "name", "email", "grade", "changeable", "modified", "feedback")
    return {name: getattr(site, name) for name in names}


def _position(head: Sequence[Cell], heading: str) -> int | None:
    """Where the column stands, as Moodle looks for it: by its whole heading, and the last of several."""
    return max((at for at, cell in enumerate(head) if cell.value.strip() == heading), default=None)
