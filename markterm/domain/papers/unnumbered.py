"""Criteria that a paper prints without numbers of outcome and criterion: as `(a)`, `1.`, bullets, or lines of a column.

Each gets the number of its place, outcome by outcome, and that it did is told. Only where a paper has no numbers of its
own is it read so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from markterm.domain.papers.numbered import outcome_at, outcome_in_list
from markterm.domain.papers.paper_headings import begins_criteria, ends_criteria, heads_outcomes
from markterm.domain.papers.paper_rows import Part, Row
from markterm.domain.papers.unit_head import label_in, told_in
from markterm.domain.texts.printed_lines import Doubt, beginning_of

_MARKS = {
    "letter": re.compile(r"\(?[a-z][).]\s+(?=\S)"),
    "figure": re.compile(r"\(?[0-9]{1,2}[).]\s+(?=\S)"),
    "roman": re.compile(r"\(?[ivx]{1,5}[).]\s+(?=\S)"),
}
_ALONE = re.compile(r"\(?(?:[a-z]|[ivx]{1,5}|[0-9]{1,2})[).]?")
_BULLET = "bullet"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_VALUES: dict[str, Callable[[str], int]] = {
    "letter": lambda mark: ord(mark) - ord("a") + 1,
    "figure": int,
    "roman": lambda mark: _ROMAN.index(mark) + 1 if mark in _ROMAN else 0,
}
"""Which in its order each mark is."""
_BOTH = re.compile(r"(?i).*\b(?:learner|candidate|student) (?:can|will be able to)\b.{0,20}|.*\bcriteria\b.*")
"""What heads a column or a list of criteria, and of outcomes alone not."""


@dataclass(frozen=True, slots=True)
class RowsNumbered:
    """The rows of a paper with numbers before its criteria, and what a person should look at for it."""

    rows: tuple[Row, ...]
    doubts: tuple[Doubt, ...]


def with_numbers(rows: Sequence[Row]) -> RowsNumbered:
    """The rows with a number before each line that is read as a criterion; none of them gets one where the paper has no
    heading of criteria with a column or a list below it."""
    numbering = _Numbering()
    numbered = []
    for place, row in enumerate(rows):
        numbered.append(numbering.row(row, rows[place + 1] if place + 1 < len(rows) else None))
    return RowsNumbered(tuple(numbered), tuple(numbering.doubts()))


class _Numbering:
    """Goes through the rows. `_column` is that of the criteria in a table, -1 outside of one; `_is_list` says that
    a list of criteria may stand here."""

    def __init__(self) -> None:
        self._outcome, self._count = 0, 0
        self._table, self._column = 0, -1
        self._outcomes = -1
        self._is_list = False
        self._mark = ""
        self._last = 0
        """Which mark was the last, where marks count."""
        self._unit: dict[str, str] = {}
        self._before: list[Doubt] = []
        """What is to be said of the units before this one."""
        self._gaps: list[Doubt] = []
        self._given: list[tuple[int, str]] = []
        self._outcomes_given: list[tuple[int, str]] = []

    def row(self, row: Row, below: Row | None) -> Row:
        """The row, with the numbers that it gets."""
        named = {told.what: told.value for told in told_in(row, below) if told.begins}
        if any(self._unit.get(what, value) != value for what, value in named.items()):
            self._begin_unit()
        self._unit |= named
        if row.table != self._table:
            self._table, self._column, self._outcomes = row.table, -1, -1
        texts = {column: row.text(column) for column in row.filled}
        if self._is_head(row, texts):
            return row
        if row.table:
            return self._in_table(row) if self._column >= 0 else row
        return self._in_list(row, texts[row.filled[0]])

    def doubts(self) -> Iterator[Doubt]:
        """What was given, in a sentence each, unit by unit."""
        yield from self._before
        yield from self._of_unit()

    def _begin_unit(self) -> None:
        self._before += self._of_unit()
        self._unit, self._given, self._outcomes_given, self._gaps = {}, [], [], []
        self._outcome = self._count = self._last = 0
        self._is_list, self._mark = False, ""

    def _of_unit(self) -> Iterator[Doubt]:
        if self._given:
            line, first = self._given[0]
            last = self._given[-1][1]
            message = f"The criteria have no numbers of their own: {first} to {last} were given in their order."
            yield Doubt(line, f"{message} Look that each is one criterion, and that none is missing.")
        if self._outcomes_given:
            line, first = self._outcomes_given[0]
            yield Doubt(line, f"The outcomes have no numbers of their own: from LO{first} on they were given.")
        yield from self._gaps

    def _is_head(self, row: Row, texts: dict[int, str]) -> bool:
        """Whether the row is the heading of criteria, or of what follows them."""
        headed = [column for column, text in texts.items() if begins_criteria(text) and _BOTH.fullmatch(text)]
        if row.table and headed and len(texts) > 1:
            self._column = headed[-1]
            self._outcomes = next((each for each, text in texts.items() if heads_outcomes(text)), -1)
            return True
        first = texts[row.filled[0]]
        is_item = row.cells[row.filled[0]][0].is_item
        if not row.table and headed and not is_item and outcome_at(first) is None:
            self._is_list, self._mark, self._last = True, "", 0
            return True
        if not row.table and not is_item and len(texts) == 1 and (ends_criteria(first) or label_in(first)):
            self._is_list = False
            return True
        return False

    def _in_table(self, row: Row) -> Row:
        cells = list(row.cells)
        if 0 <= self._outcomes < len(cells) and cells[self._outcomes]:
            cells[self._outcomes] = self._outcome_of(row, self._outcomes)
        if self._outcome and self._column < len(cells) and cells[self._column]:
            cells[self._column] = tuple(self._criteria(cells[self._column], row.line, is_column=True))
            left = self._column - 1
            if left >= 0 and left != self._outcomes and _ALONE.fullmatch(row.text(left)):
                cells[left] = ()  # It is the mark of the criterion, which has a number now.
        return replace(row, cells=tuple(cells))

    def _outcome_of(self, row: Row, column: int) -> tuple[Part, ...]:
        """The cell of an outcome, which begins there, with a number where it has none."""
        text = row.text(column)
        named = outcome_at(text) or outcome_in_list(text, expected=True)
        self._count = self._last = 0
        if named is not None:
            self._outcome = named[0]
            return row.cells[column]
        self._outcome += 1
        self._outcomes_given.append((row.line, str(self._outcome)))
        first, *others = row.cells[column]
        return (replace(first, text=f"LO{self._outcome}: {first.text}"), *others)

    def _in_list(self, row: Row, first: str) -> Row:
        named = outcome_at(first)
        if named is not None:
            self._is_list = False
            self._outcome, self._count, self._last = named[0], 0, 0
        elif self._is_list and self._outcome:
            return replace(row, cells=(tuple(self._criteria(row.cells[0], row.line, is_column=False)), *row.cells[1:]))
        return row

    def _criteria(self, parts: Sequence[Part], line: int, *, is_column: bool) -> Iterator[Part]:
        """The lines of a cell, each that begins a criterion with its number. In a column a cell without marks is one,
        and a list is what has marks."""
        self._mark = self._mark or next((mark for part in parts if (mark := _first_mark(part))), "")
        in_lines = [each for part in parts for each in _in_lines(part, self._mark)]
        for place, part in enumerate(in_lines):
            if begins_criteria(part.text):
                continue
            is_one = is_column and (place == 0 or part.text[0].isupper())
            begins = self._is_next(part, line) if self._mark else is_one
            yield self._begun(part, line) if begins else part

    def _is_next(self, part: Part, line: int) -> bool:
        """Whether the mark before a line is the next of those that the criteria have: a list within one of them counts
        in another way, or from the first on."""
        if self._mark == _BULLET:
            return part.is_item
        match = _MARKS[self._mark].match(part.text)
        value = _VALUES[self._mark](match[0].strip(" ().")) if match is not None else 0
        if match is None or value < 1 or (value != 1 and value <= self._last):
            return False
        if value > self._last + 1 and value != 1:
            if self._mark == "letter" and match[0].strip(" ().") in "ivx":
                return False
            said = f"`{beginning_of(part.text)}` does not come after what stands above it: look what is missing."
            self._gaps.append(Doubt(line, said))
        self._last = value
        return True

    def _begun(self, part: Part, line: int) -> Part:
        self._count += 1
        number = f"{self._outcome}.{self._count}"
        self._given.append((line, number))
        shape = _MARKS.get(self._mark)
        text = shape.sub("", part.text, count=1) if shape is not None else part.text
        return Part(f"{number} {text[0].upper()}{text[1:]}")


def _in_lines(part: Part, mark: str) -> Iterator[Part]:
    """A line as the lines that its marks make of it, where the next one stands in it: `(a) pour (b) wash`."""
    match = _MARKS[mark].match(part.text) if mark in _MARKS else None
    while match is not None:
        sign, value = match[0].strip(), match[0].strip(" ().")
        following = _following(mark, value)
        at = part.text.find(f" {sign.replace(value, following)} ", match.end()) if following else -1
        if at < 0:
            break
        yield replace(part, text=part.text[:at].rstrip())
        part = replace(part, text=part.text[at + 1 :])
        match = _MARKS[mark].match(part.text)
    yield part


def _following(mark: str, value: str) -> str:
    """The mark after that one; empty for none."""
    number = _VALUES[mark](value)
    if mark == "figure":
        return str(number + 1)
    if mark == "letter":
        return chr(ord(value) + 1) if value < "z" else ""
    return _ROMAN[number] if 0 < number < len(_ROMAN) else ""


def _first_mark(part: Part) -> str:
    """Which kind of mark stands before a line that is the first of a list; empty for none."""
    for name, shape in _MARKS.items():
        match = shape.match(part.text)
        if match is not None and _VALUES[name](match[0].strip(" ().")) == 1:
            return name
    return _BULLET if part.is_item else ""
