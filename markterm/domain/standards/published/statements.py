"""The statements of one list: which lines belong to which.

A statement begins where the next number stands. Between two of them extraction leaves the heads and feet of pages,
headings of groups, and statements that stand in one line; what could be read in two ways is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markterm.domain.assessed.standard import StatementKind
from markterm.domain.standards.published.page_heads import PageHeads
from markterm.domain.standards.published.rows import codes_with_texts
from markterm.domain.standards.published.sections import is_lead
from markterm.domain.texts.printed_lines import Doubt, Line, beginning_of

_STATEMENT = re.compile(r"([PKSB])?([0-9]{1,4})(?:\.([0-9]{1,2}))?([.):])?\s+(\S.*)")
_GOES_ON = re.compile(r"(?i).*(?:[,;:–—(-]|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|such|the|to|with|your))")
_LONGEST_GROUP = 80
_LARGEST_GAP = 5
"""How many numbers may be missing in a row: 1998 at the beginning of a line is a year, and no statement."""
_LONGEST_LEAD = 4
"""Over how many lines "You need to know and understand:" runs in a narrow column."""


@dataclass(slots=True)
class ReadStatement:
    """A statement while it is being read: its number as in the document, its lines, and the heading of its group."""

    number: str
    lines: list[Line]
    under: str = ""
    parent: str = ""


@dataclass(slots=True)
class ReadList:
    """A list of statements as it was read. `heads` are the references and `titles` the titles at the heads of pages in
    it, `repeated` counts the numbers that stand in it again."""

    statements: list[ReadStatement] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)
    repeated: int = 0


def is_list(lines: Sequence[Line], kind: StatementKind, after: int = 0) -> bool:
    """Whether the lines are a list of statements: one of them begins with a number, and if not with the first, then
    with the letter of its kind before it, or with the one `after` the list before; or they are bullets below what leads
    in to statements."""
    for line in codes_with_texts(lines):
        match = _STATEMENT.fullmatch(line.text)
        if match is not None and (match[1] == kind.letter or (match[1] is None and int(match[2]) in (1, after + 1))):
            return True
    return bool(_length_of_lead(lines)) and any(line.is_item for line in lines)


def lists_apart(held: Sequence[Line], kind: StatementKind) -> Iterator[tuple[StatementKind, Sequence[Line]]]:
    """The lists in those lines, each with its kind: the one that the heading names, and one that follows it under no
    heading that is known, numbered from 1 with another letter. The codes of criteria within a list of knowledge are
    none: knowledge goes on below them."""
    begins: dict[str, list[int]] = {}
    for place, line in enumerate(held):
        match = _STATEMENT.fullmatch(line.text)
        if match is not None and match[1] and int(match[2]) == len(begins.get(match[1], ())) + 1:
            begins.setdefault(match[1], []).append(place)
    end = max(begins.get(kind.letter, [-1]))
    others = sorted(
        (places[0], letter) for letter, places in begins.items() if letter != kind.letter and places[0] > end
    )
    if end < 0 or not others:
        yield kind, held
        return
    cuts = [*(place for place, _ in others), len(held)]
    yield kind, held[: cuts[0]]
    for (begin, letter), stop in zip(others, cuts[1:], strict=True):
        yield next(each for each in StatementKind if each.letter == letter), held[begin:stop]


def read_list(held: Sequence[Line], kind: StatementKind, heads: PageHeads, after: int = 0) -> ReadList:
    """The statements in those lines, which are a list of that kind; `after` is the last number of the list before."""
    return _ListReading(tuple(codes_with_texts(held)), kind, heads, after).read()


class _ListReading:
    def __init__(self, lines: Sequence[Line], kind: StatementKind, heads: PageHeads, after: int) -> None:
        self._lines = lines[_length_of_lead(lines) :]
        self._letter = kind.letter
        self._heads = heads
        begins = [match for line in lines if (match := self._match(line)) is not None]
        self._is_lettered = any(match[1] for match in begins)
        self._is_dotted = not self._is_lettered and any(match[4] for match in begins)
        self._begun = [int(match[2]) for match in begins if self._begins(match) and not match[3]]
        self._begun_on_lines = frozenset(self._begun)
        self._is_bullets = not begins
        self._list = ReadList()
        # Some count on from the list before.
        self._number = after if self._begun and min(self._begun) == self._begun[0] == after + 1 else 0
        self._under = ""
        self._outside = False
        self._is_parted = False

    def read(self) -> ReadList:
        if self._number:
            code = f"{self._letter}{self._number + 1}"
            message = f"The numbers go on from the list before: {code} is the first of its own."
            self._list.doubts.append(Doubt(self._lines[0].number if self._lines else 0, message))
        for line in self._lines:
            for part in self._parts(line):
                self._take(part)
        if self._is_parted:
            first = self._list.statements[0]
            message = "Statements that stand in one line were parted at their numbers: look that none is cut."
            self._list.doubts.append(Doubt(first.lines[0].number, message))
        return self._list

    def _match(self, line: Line) -> re.Match[str] | None:
        match = _STATEMENT.fullmatch(line.text)
        return match if match is not None and match[1] in (None, self._letter) else None

    def _number_of(self, line: Line) -> re.Match[str] | None:
        """The number that a statement of this list begins with; None for a line that begins with none."""
        match = self._match(line)
        return match if match is not None and self._begins(match) else None

    def _begins(self, match: re.Match[str]) -> bool:
        """Whether the number is written as the list writes its own: with the letter, or with a full stop behind."""
        return bool(match[1]) is self._is_lettered and bool(match[4] or not self._is_dotted)

    def _parts(self, line: Line) -> Iterator[Line]:
        """The line, parted where the next statements stand in it and none of them has a line of its own."""
        match = self._number_of(line)
        number = int(match[2]) if match is not None else self._number
        text, begin = line.text, 0
        while number and number + 1 not in self._begun_on_lines:
            pattern = rf"\s{self._letter}{number + 1}[.):]?\s" if self._is_lettered else rf"\s{number + 1}[.)]\s+(?=\S)"
            found = re.compile(pattern).search(text, begin)
            if found is None:
                break
            yield replace(line, text=text[begin : found.start()])
            begin = found.start() + 1
            number += 1
            self._is_parted = True
        yield replace(line, text=text[begin:]) if begin else line

    def _take(self, line: Line) -> None:
        if self._is_bullets and line.is_item:
            if not self._number:
                message = "The statements have no numbers: they were given in the order of the document."
                self._list.doubts.append(Doubt(line.number, message))
            self._number += 1
            self._begin(str(self._number), line, "")
            return
        match = self._number_of(line)
        if match is not None and match[3] and int(match[2]) == self._number and self._list.statements:
            self._begin(f"{match[2]}.{match[3]}", replace(line, text=match[5]), match[2])
        elif match is not None and not match[3] and self._is_next(int(match[2]), line):
            self._number = int(match[2])
            if not self._is_lettered and not self._is_dotted and self._begun.count(self._number) > 1:
                message = (
                    f"Two lines begin with {self._number}: `{beginning_of(line.text)}` was taken for the statement."
                )
                self._list.doubts.append(Doubt(line.number, message))
            self._begin(match[2], replace(line, text=match[5]), "")
        elif is_lead(line):
            return
        elif not self._list.statements:
            self._take_before_the_first(line)
        else:
            self._go_on(line, match)

    def _other_code(self, line: Line) -> str | None:
        """The line, if it begins with a code of another kind, as the knowledge that belongs to P1 stands below `P1 …`;
        None for another, and for a sentence that goes on with one."""
        match = _STATEMENT.fullmatch(line.text)
        is_other = match is not None and match[1] not in (None, self._letter) and match[5][:1].isupper()
        return line.text if is_other and not goes_on(self._list.statements[-1].lines[-1].text) else None

    def _is_next(self, number: int, line: Line) -> bool:
        expected = self._number + 1
        if number == expected:
            return True
        if number < expected or expected in self._begun_on_lines or not self._may_be_missing(number, expected):
            return False
        said = f"`{beginning_of(line.text)}` stands where {self._letter}{expected} is expected."
        self._list.doubts.append(Doubt(line.number, said))
        return True

    def _may_be_missing(self, number: int, expected: int) -> bool:
        """Whether numbers may be missing before that one. Without a letter it has to be a full stop, and not far on, or
        it is a figure at the beginning of a line."""
        return self._is_lettered or (self._is_dotted and number - expected < _LARGEST_GAP)

    def _begin(self, number: str, line: Line, parent: str) -> None:
        self._end_group(line)
        self._list.statements.append(ReadStatement(number, [line], self._under, parent))
        self._outside = False

    def _end_group(self, following: Line) -> None:
        """Take the last line of the statement before for the heading of a group where it looks like one; told."""
        last = self._list.statements[-1] if self._list.statements else None
        if last is None or len(last.lines) == 1:
            return
        line, before = last.lines[-1], last.lines[-2]
        # A row of a table is apart from the next as paragraphs are.
        gap = 0 if line.cell and before.cell else 1
        stands_alone = line.number > before.number + gap and following.number > line.number
        if stands_alone and not line.is_item and _is_group(line.text) and not goes_on(before.text):
            last.lines.pop()
            self._under = line.text
            number = f"{self._letter}{last.number}"
            message = f"`{beginning_of(line.text)}` was taken for a heading, and not for the end of {number}."
            self._list.doubts.append(Doubt(line.number, message))

    def _take_before_the_first(self, line: Line) -> None:
        match = _STATEMENT.fullmatch(line.text)
        is_other = match is not None and match[1] not in (None, self._letter)
        if reference := self._heads.reference_in(line):
            self._list.heads.append(reference)
        elif is_other or line.is_heading or (_is_group(line.text) and not line.cell):
            self._under = line.text
            return
        self._list.left_out.append(line)

    def _go_on(self, line: Line, match: re.Match[str] | None) -> None:
        """Take a line that begins no statement: of a page, of a group, or of the statement before."""
        reference = self._heads.reference_in(line)
        last = self._list.statements[-1]
        code = f"{self._letter}{last.number}"
        if reference:
            self._list.heads.append(reference)
            self._list.left_out.append(line)
            self._outside = True
        elif line.cell > last.lines[0].cell > 0 and line.number == last.lines[-1].number:
            message = f"`{beginning_of(line.text)}` stands beside {code} in another column, and was left out."
            self._list.doubts.append(Doubt(line.number, message))
            self._list.left_out.append(line)
        elif line.is_heading:
            self._under = line.text
            self._outside = True
        elif (group := self._other_code(line)) is not None:
            self._under = group
            self._outside = True
            message = f"`{beginning_of(group)}` was taken for a heading, and not for the end of {code}."
            self._list.doubts.append(Doubt(line.number, message))
        elif self._outside and line.text.lower() in self._heads.titles:
            self._list.titles.append(line.text)
            self._list.left_out.append(line)
        else:
            if self._outside:
                message = f"`{beginning_of(line.text)}` was taken for the end of {code}, over a page."
                self._list.doubts.append(Doubt(line.number, message))
                self._outside = False
            if match is not None and (match[1] or self._is_ahead(match)):
                self._list.repeated += bool(match[1])
                message = f"`{beginning_of(line.text)}` was taken for the end of {code}: it begins like a statement."
                self._list.doubts.append(Doubt(line.number, message))
            last.lines.append(replace(line, text=f"• {line.text}") if line.is_item else line)

    def _is_ahead(self, match: re.Match[str]) -> bool:
        """Whether a number may be that of a later statement, of which those before are missing."""
        return self._begins(match) and self._number < int(match[2]) <= self._number + 1 + _LARGEST_GAP


def goes_on(text: str) -> bool:
    """Whether a text cannot end where it does: with a comma, or a word such as "and"."""
    return _GOES_ON.fullmatch(text) is not None


def _length_of_lead(lines: Sequence[Line]) -> int:
    """Over how many lines the words run that lead in to the statements; 0 where there are none."""
    for length in range(_LONGEST_LEAD, 0, -1):
        said = " ".join(line.text for line in lines[:length])
        if is_lead(Line(0, said)):
            return length
    return 0


def _is_group(text: str) -> bool:
    """Whether a line may be the heading of a group of statements."""
    return text[:1].isupper() and len(text) <= _LONGEST_GROUP and text[-1] not in ".;,:!?" and not text.isupper()
