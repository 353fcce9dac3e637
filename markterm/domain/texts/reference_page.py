"""Where on a page a reference stands: in a heading, a table's cell, at the start or the end of a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_FAR = 1_000  # how far a table's cell is looked for
_LONGEST_LINE = 1_000  # a title and a table's head are shorter

_STRUCTURE = re.compile(
    r"\n[ ]{0,3}(?:(?P<hashes>\#{1,6})[ \t](?P<title>[^\n]*)|\*\*(?P<bold>[^*\n]{1,150})\*\*:?[ \t]*(?=\n|\Z)|"
    r"(?P<under>={3,}|-{3,})[ \t]*(?=\n|\Z)|(?P<rule>\|[ \t|:]*-[ \t|:-]*)(?=\n|\Z))"
)
_NUMBERED = re.compile(r"[\s*_\\]*(\d{1,4}(?:\.\d{1,4})*)\\?\.?(?=[\s*_:)–-]|$)")
_OPENING = re.compile(
    r"[\s>*_#(\[\\\"'“‘|+-]*+(?:\d{1,3}\\?[.)][ \t])?[\s>*_(\[\\\"'“‘-]*+"
    r"(?:(?:assessment|performance|learning|evidences?|meets|covers|relates|see|for|to|this)[ \t:*_(]++)*+",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:[^()\[\]{}\n]{0,80}[)\]}])?[ \t\xa0\\*_.,;:”’\"'-]*")
_MARKUP = " \t\xa0>*_#()[]\\\"'“”‘’.:;,-+|`"
_BULLET = re.compile(r"[ \t>]*(?:[-*+#|>]|\d{1,3}[.)])[ \t]?")
_NUMBER_ONLY = re.compile(r"[\s|*£$€%]*\d[\d.,%\s|]*")
_QUANTITY = re.compile(
    r"\b(?:of|from|by|at|about|around|average|averaged|mean|was|were|is|are|to|than|over|under|nearly|almost|only|rose|"
    r"fell|up|down|roughly|approximately|between|scored?|scores|rated|rating|ratio)[ \t\n]+\Z",
    re.IGNORECASE,
)
_CRITERIA = re.compile(
    r"criteri|\bac'?s?\b|\blo'?s?\b|outcome|\bunits?\b|\bref\b|reference|covers|meets|\bp/?m/?d\b", re.IGNORECASE
)
_MEASURES = re.compile(
    r"hour|\bhrs?\b|\bh\b|time|minute|\bmins?\b|cost|price|[£$€%]|score|total|average|mean|rating|mark|sum|amount|"
    r"number|quantity|per cent|percent|rate|days?\b|weeks?\b|length|weight|size|before|after|start|end\b|change|result|"
    r"\bme\b|version",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"no\.?|nr\.?|number|#|item|", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3,}[ \t]+[^\W\d_]+")
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: characters `start` to `end`, its level (7 for a line in bold)."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Position:
    """Where a run of references stands, `line` being its first line (from 0)."""

    line: int
    heading: Heading | None
    column: str | None
    """Of a table: `criteria`, `measure` or nothing known (empty); None outside tables."""
    opens: bool
    closes: bool
    bracketed: bool
    alone: bool
    """Whether nothing else stands in its line or cell."""
    among_numbers: bool
    after_quantity: bool
    labels_row: bool
    """Whether it stands alone in the first cell of a row, before words, and is not said to be anything else."""
    is_title: bool
    """Whether it begins a short line that is no item of a list."""


class Page:
    """A text that is asked for the positions of its references, one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.headings: list[Heading] = []
        self._heads: list[tuple[int, str]] = []  # where the rows of each table begin, and its head
        numbers = []
        for found in _STRUCTURE.finditer("\n" + text):
            # The text begins one character later there, and so does the line after the line end that is found.
            start, end = found.start(), found.end() - 1
            if found["rule"] is not None:
                self._heads.append((start, self._line_before(start)))
                continue
            title, level = found["title"], len(found["hashes"] or "")
            if found["bold"] is not None:
                title, level = found["bold"], 7
            elif found["under"] is not None:
                title, level = self._line_before(start), 1 if found["under"][0] == "=" else 2
                if not title.strip() or title.lstrip().startswith("|"):
                    continue
                start -= len(title) + 1
            self.headings.append(Heading(start, end, level))
            if (numbered := _NUMBERED.match(title)) is not None:
                numbers.append(numbered[1])
        self.numbers = frozenset(numbers)
        """What its headings begin with, where that is a number."""
        self._line, self._line_start, self._line_end = 0, 0, self._end_of_line(0)

    def position(self, start: int, end: int) -> Position:
        """Where the characters `start` to `end` stand. Positions are asked for in reading order."""
        text = self._text
        if start > self._line_end:
            line_start = text.rfind("\n", self._line_end, start) + 1
            self._line += text.count("\n", self._line_start, line_start)
            self._line_start, self._line_end = line_start, self._end_of_line(line_start)
        line_start = self._line_start
        is_near = start - line_start <= _NEAR
        head = text[line_start : line_start + _NEAR]
        before, bullet = self._line_before(line_start), _BULLET.match(head) is not None
        column = self._column(start) if head.lstrip().startswith("|") else None
        if column is None:
            begins = is_near and not text[line_start:start].strip(_MARKUP)
            alone = begins and not self._rest(end, "\n").strip(_MARKUP)
        else:
            begins = not text[max(text.rfind("|", max(0, start - _FAR), start), 0) : start].strip(_MARKUP)
            alone = begins and not self._rest(end, "|").strip(_MARKUP)
        begins_paragraph = bullet or not before.strip() or _BULLET.match(before) is not None
        closing = _CLOSING.match(text, end)
        assert closing is not None  # it can be empty
        return Position(
            line=self._line,
            heading=self.heading_at(start),
            column=column,
            opens=is_near and begins_paragraph and _OPENING.fullmatch(text, line_start, start) is not None,
            closes=self._ends_paragraph(closing.end()),
            bracketed=text[max(0, start - 4) : start].rstrip(" *_\\`").endswith(("(", "[", "{")),
            alone=alone,
            among_numbers=alone and self._is_among_numbers(before, end),
            after_quantity=_QUANTITY.search(text[max(0, start - 20) : start]) is not None,
            labels_row=column == "" and alone and self._labels_row(start),
            is_title=begins and column is None and not bullet and self._line_end - line_start <= 100,
        )

    def cells(self) -> list[str]:
        """The cells of the row that was asked for last."""
        line = self._text[self._line_start : min(self._line_end, self._line_start + _LONGEST_LINE)]
        return [cell.strip(_MARKUP) for cell in line.split("|")]

    def _labels_row(self, start: int) -> bool:
        line_start = self._line_start
        if self._text[line_start:start].count("|") != 1:
            return False
        following = self._text[start : start + _FAR].partition("\n")[0].split("|")[1:]
        return bool(following) and _WORDS.match(following[0].strip(_MARKUP)) is not None

    def heading_at(self, offset: int) -> Heading | None:
        """The heading that the character at `offset` is part of."""
        place = bisect_right(self.headings, offset, key=lambda heading: heading.start) - 1
        return self.headings[place] if place >= 0 and offset < self.headings[place].end else None

    def _column(self, start: int) -> str:
        """What the head of the table says about the column of a cell."""
        place = bisect_right(self._heads, start, key=lambda head: head[0]) - 1
        if place < 0 or start - self._line_start > _LONGEST_LINE:
            return ""
        cells = self._heads[place][1].strip().strip("|").split("|")
        number = self._text.count("|", self._line_start, start) - 1
        cell = cells[number] if 0 <= number < len(cells) else ""
        if _CRITERIA.search(cell):
            return "criteria"
        if _NUMBER_OF.fullmatch(cell.strip(_MARKUP)) is None and not _MEASURES.search(cell):
            return "other"
        return "measure" if _MEASURES.search(cell) else ""

    def _ends_paragraph(self, offset: int) -> bool:
        following = self._text[offset : offset + _NEAR]
        if following and following[0] != "\n":
            return False
        line = following[1:].partition("\n")[0]
        return not line.strip() or _BULLET.match(line) is not None

    def _is_among_numbers(self, before: str, end: int) -> bool:
        after = self._rest(self._text.find("\n", end, end + _NEAR) + 1 or len(self._text), "\n")
        return any(_NUMBER_ONLY.fullmatch(line) is not None for line in (before, after))

    def _rest(self, offset: int, stop: str) -> str:
        return self._text[offset : offset + _NEAR].partition(stop)[0]

    def _line_before(self, start: int) -> str:
        """The line before the one that begins at `start`; of a very long one, its end."""
        begin = max(
            self._text.rfind("\n", max(0, start - _LONGEST_LINE), max(0, start - 1)) + 1, start - _LONGEST_LINE, 0
        )
        return self._text[begin : max(0, start - 1)]

    def _end_of_line(self, start: int) -> int:
        end = self._text.find("\n", start)
        return len(self._text) if end < 0 else end
