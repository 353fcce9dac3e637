"""A published mark sheet or unit specification, read from the rows of its text: outcomes, criteria and descriptors.

Nothing is guessed silently. What could be read in two ways is a doubt, and what stands between the criteria and is none
of theirs is told line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markterm.domain.assessed.unit import Criterion, LearningOutcome, Standing, Unit
from markterm.domain.papers.graded import by_level, graded, heads_levels, may_be_graded
from markterm.domain.papers.numbered import Numbered, apart, criterion_at, outcome_at, outcome_in_list, title_of
from markterm.domain.papers.paper_checks import checked
from markterm.domain.papers.paper_headings import (
    begins_criteria,
    ends_criteria,
    heads_outcomes,
    is_choice,
    is_foot,
    is_of_form,
    marks_in,
    standing_headed,
)
from markterm.domain.papers.paper_rows import Part, Row
from markterm.domain.papers.paper_words import CriterionRead, Words, words_of
from markterm.domain.papers.unit_head import Told, UnitHead, label_in, told_in
from markterm.domain.texts.printed_lines import Doubt, Line
from markterm.domain.words.counted import counted

_POINT = re.compile(r"(?:\(?[a-z]\)|\(?[ivx]{1,4}\)|[•·▪●○◦])\s*")
_SHORT_POINT = 60
_WRAPPED = 40
"""A line of so many characters may have been broken where the page ends."""


@dataclass(frozen=True, slots=True)
class UnitRead:
    """A unit of a paper, what a person should look at, and the lines between its criteria that are none of theirs.

    Its code and its title are empty where the paper does not say them; `number` is its number where that stands alone,
    without the suite that makes a code of it.
    """

    unit: Unit
    number: str
    doubts: tuple[Doubt, ...]
    left_out: tuple[Line, ...]


class UnitReading:
    """One unit, read row by row. `furniture` is what comes again on page after page; where the paper has a heading of
    outcomes or criteria, `was_open` says that numbers above it are none."""

    def __init__(self, furniture: frozenset[str], *, was_open: bool) -> None:
        self._furniture = furniture
        self.criteria: dict[str, CriterionRead] = {}
        self._head = UnitHead()
        self._titles: dict[int, Words] = {}
        self._listed: tuple[int, str, int] | None = None
        self._listed_number = 0
        self._has_reference = False
        self._in_list: dict[int, str] = {}
        self._now: int | None = None
        self._open: Words | None = None
        self._is_open = False
        self._was_open = was_open
        self._above_all: list[Row] = []
        self._heads: dict[int, Standing] = {}
        self._outcome_column: int | None = None
        self._table = 0
        self._above: Row | None = None
        self._doubts: list[Doubt] = []
        self._left: list[Line] = []
        self._waiting: list[Line] = []
        self._expects_outcome = False
        self._has_levels = False
        self._ended: frozenset[int | None] = frozenset()

    def is_left_by(self, row: Row, below: Row | None) -> bool:
        """Whether another unit begins in that row: it has criteria, and the row names a unit by another name."""
        if not self.criteria:
            return False
        begun = [told for told in told_in(row, below) if told.begins and told.what in ("code", "title")]
        return bool(begun) and not any(self._head.said.get(told.what, told.value) == told.value for told in begun)

    def read(self, row: Row, below: Row | None) -> None:
        """Take in a row."""
        if row.table != self._table:
            self._table, self._heads, self._outcome_column = row.table, {}, None
        if not self.criteria:
            self._take_head(tuple(told_in(row, below)), row.line)
        if not (self._is_of_criteria(row) or self._is_outcome(row) or self._is_head(row, below)):
            self._goes_on(row)
        self._above = row

    def _take_head(self, told: Sequence[Told], line: int) -> None:
        """What a row above the criteria tells of the unit. Where it names another one than a row before it, which told
        no more than the name, that was an entry of a list; behind a row with the reference alone, it is the title."""
        names = [each for each in told if each.begins and each.what in ("code", "title")]
        is_other = any(self._head.is_another(each.what, each.value) for each in names)
        if is_other and self._has_reference:
            self._head.said.pop("title", None)
        elif is_other and not {"level", "credit", "glh"} & self._head.said.keys():
            self._head = UnitHead()
        for each in told:
            self._head.take(each.what, each.value, line)
        self._has_reference = self._has_reference or (not names and any(each.what == "reference" for each in told))

    def _is_head(self, row: Row, below: Row | None) -> bool:
        """Whether the row is a heading: of the criteria, of what follows them, or of columns."""
        texts = {column: row.text(column) for column in row.filled}
        standings = {
            column: standing for column, text in texts.items() if (standing := standing_headed(text)) is not None
        }
        if heads_levels(texts.values()):
            self._has_levels = self._is_open = True
            return True
        if row.table and len(set(standings.values())) > 1:
            self._heads = dict(reversed(standings.items()))
            return True
        first = texts[row.filled[0]]
        if not row.cells[row.filled[0]][0].is_item and any(begins_criteria(text) for text in texts.values()):
            self._expects_outcome = len(row.filled) == 1 and heads_outcomes(first)
            if len(row.filled) == 1 and not row.table and criterion_at(first) is None and self._above is not None:
                self._take_above(self._above, below)
            outcomes = (column for column, text in texts.items() if heads_outcomes(text))
            self._outcome_column = next(outcomes, None) if len(row.filled) > 1 else None
            self._is_open, self._open = True, None
            return True
        is_item = row.cells[row.filled[0]][0].is_item
        if len(row.filled) == 1 and not is_item and (ends_criteria(first) or label_in(first)):
            self._was_open, self._is_open, self._open = self._is_open or self._was_open, False, None
            return True
        return False

    def _take_above(self, above: Row, below: Row | None) -> None:
        """The line above `Assessment criteria` is the title of the outcome, where the next criterion's has none."""
        following = criterion_at(below.text(below.filled[0])) if below is not None else None
        text = above.text(above.filled[0])
        if following is None or following.outcome in (None, *self._titles) or begins_criteria(text):
            return
        if self._listed is not None and self._listed[0] == following.outcome:
            return
        assert following.outcome is not None
        self._titles[following.outcome] = words_of(text, above.line)
        self._doubt(above.line, f"`{text}` was taken for the title of LO{following.outcome}: it has no number.")
        taken = (above.line,)
        self._left = [line for line in self._left if line.number not in taken]
        self._waiting = [line for line in self._waiting if line.number not in taken]
        if self._open is not None and self._open.last == above.line:
            self._open.parts.pop()

    def _is_outcome(self, row: Row) -> bool:
        """Whether the row is that of a learning outcome, and is taken in."""
        filled = row.filled
        named = outcome_at(row.text(filled[0]))
        if named is not None:
            number, title = named
            if len(filled) > 1 and not title:
                title = title_of(row.text(filled[1]))
            title = title or self._in_list.get(number, "")
            is_new = number not in self._titles
            if is_new and (self._is_open or not self._was_open or title):
                self._titles[number] = words_of(title, row.line)
                self._open = self._titles[number]
            if is_new or number not in {each.outcome for each in self.criteria.values()}:
                self._is_open, self._now = True, number
            return True
        listed = outcome_in_list(row.text(filled[0]), expected=self._expects_outcome) if len(filled) == 1 else None
        if listed is None and len(filled) == 2 and re.fullmatch(r"[0-9]{1,2}\.?", row.text(filled[0])):
            listed = outcome_in_list(row.words.replace(" | ", " "))
        if listed is None and row.table and self._outcome_column == filled[0] and not self._heads:
            listed = outcome_in_list(row.text(filled[0]), expected=True)
            if listed is not None and listed[0] not in self._titles:
                self._titles[listed[0]] = words_of(listed[1], row.line)
                self._goes_on(replace(row, cells=tuple(() if n == filled[0] else c for n, c in enumerate(row.cells))))
                return True
        if listed is None and len(filled) == 1 and (above := self._number_above(row)) is not None:
            listed = (above, row.text(filled[0]))
        if listed is None or listed[0] in self._titles:
            return False
        self._listed = (*listed, row.line)
        if self._expects_outcome and not self.criteria:
            self._in_list[listed[0]] = title_of(listed[1])
        self._listed_number = self._above.line if self._number_above(row) is not None and self._above else 0
        self._waiting.append(Line(row.line, row.words))
        self._open = None
        return True

    def _number_above(self, row: Row) -> int | None:
        """The number of an outcome that stands on the line above its title, and nothing else with it."""
        above = self._above
        if (
            not self._is_open
            or above is None
            or above.table
            or row.table
            or not re.fullmatch(r"[0-9]{1,2}\.?", above.words)
        ):
            return None
        return int(above.words.rstrip(".")) if row.words[:1].isupper() and not begins_criteria(row.words) else None

    def _is_of_criteria(self, row: Row) -> bool:
        """Whether criteria begin in the row, and are taken in with what stands beside them."""
        found = False
        last: CriterionRead | None = None
        for column in row.filled:
            cell = tuple(apart(row.cells[column]))
            if cell[0][0] is not None or (found is False and any(number is not None for number, _ in cell)):
                if not self._may_begin(row, cell[0][0]):
                    return self._repeats(row)
                if not found:
                    self._take_left(row, column, next(number for number, _ in cell if number is not None))
                found, last = True, self._take_cell(row, cell)
            elif last is not None and not last.words.parts:
                for _, part in cell:
                    last.words.add(part, row.line)
            elif last is not None:
                self._take_beside(row, column, last)
        return found

    def _may_begin(self, row: Row, first: Numbered | None) -> bool:
        """Whether criteria are read here: not below the heading of what follows them, but in a table of them again."""
        if self._is_open or not self._was_open:
            return True
        is_new = first is not None and first.number not in self.criteria
        return is_new and bool(row.table) and (bool(self._heads) or self._outcome_column is not None)

    def _repeats(self, row: Row) -> bool:
        """A row below the criteria that has a number: of a criterion that is known it is no news."""
        number = criterion_at(row.text(row.filled[0]))
        if not self.criteria:
            self._above_all.append(row)
        elif number is not None and number.number not in self.criteria:
            self._doubt(row.line, f"`{number.number}` stands where no criteria are read any more: is it one?")
        return True

    def _take_cell(self, row: Row, cell: Sequence[tuple[Numbered | None, Part]]) -> CriterionRead | None:
        last: CriterionRead | None = None
        for number, part in cell:
            if number is None:
                if last is not None:
                    last.words.add(part, row.line)
                elif self._open is not None:
                    self._open.add(part, row.line)
                continue
            last = self._begin(number, row.line)
        return last

    def _begin(self, found: Numbered, line: int) -> CriterionRead:
        """A criterion begins; one that is there already is told and goes nowhere."""
        words = Words(line, [], line)
        if found.text:
            words.add(Part(found.text), line)
        outcome = found.outcome if found.outcome is not None else self._now
        read = CriterionRead(found.number, outcome, words)
        if found.is_mended:
            self._doubt(line, f"{found.number} is printed with a space in it.")
        known = self.criteria.get(found.number)
        if known is not None:
            if not known.words.parts and not known.descriptors:
                known.words = words
                read = known
            elif known.words.text != words.text:
                self._tell_twice(found.number, known.words.line, line)
        elif outcome in self._ended:
            self._left.append(Line(line, f"{found.number} {found.text}"))
        else:
            self.criteria[found.number] = read
        if self._listed is not None and outcome == self._listed[0] and outcome not in self._titles:
            self._titles[outcome] = words_of(self._listed[1], self._listed[2])
            taken = (self._listed[2], self._listed_number)
            self._waiting = [each for each in self._waiting if each.number not in taken]
        self._left += self._waiting if len(self.criteria) > 1 or self._titles else ()
        self._waiting = []
        self._open, self._is_open = read.words, True
        return read

    def _tell_twice(self, number: str, first: int, line: int) -> None:
        """A criterion stands a second time, with other words. Where it is the first one, another unit may begin, and
        the outcomes that are there get nothing more."""
        self._doubt(line, f"{number} stands a second time, with other words (line {first} has the first).")
        if number == next(iter(self.criteria)) and not self._ended:
            self._ended = frozenset(each.outcome for each in self.criteria.values())
            self._doubt(line, "The numbers begin again here: is this another unit, or guidance on this one?")

    def _take_left(self, row: Row, column: int, first: Numbered) -> None:
        """What stands to the left of the first criterion of a row: its outcome."""
        said = " ".join(row.text(each) for each in row.filled if each < column)
        if not said:
            return
        named = outcome_at(said) or outcome_in_list(said)
        number = first.outcome if first.outcome is not None else named[0] if named else self._now
        if named is not None and named[0] == number:
            self._titles.setdefault(number, words_of(named[1], row.line))
            self._now = number
        elif number is not None and number not in self._titles and not label_in(said):
            self._titles[number] = words_of(title_of(said), row.line)
            if self._outcome_column is None or named is not None:
                self._doubt(row.line, f"`{said}` was taken for the title of LO{number}.")
        elif number is not None and number in self._titles and self._titles[number].text != title_of(said):
            self._left.append(Line(row.line, said))

    def _take_beside(self, row: Row, column: int, criterion: CriterionRead) -> None:
        """What stands to the right of a criterion: a descriptor, marks, or nothing of the sheet's."""
        standing, text = self._heads.get(column), row.text(column)
        if standing is not None:
            criterion.descriptors.setdefault(standing, []).extend(row.cells[column])
        elif not self._take_marks(text, criterion):
            self._left.append(Line(row.line, text))

    def _take_marks(self, text: str, criterion: CriterionRead) -> bool:
        marks = marks_in(text)
        criterion.marks = criterion.marks or marks
        return marks is not None

    def _goes_on(self, row: Row) -> None:
        """A row that begins nothing: it goes on with what is open, or it is told."""
        if not row.filled or (not self._is_open and not self.criteria):
            return
        column = row.filled[0]
        part = row.cells[column][0]
        last = next(reversed(self.criteria.values()), None)
        if row.table:
            if (
                last is not None
                and self._is_open
                and any(self._take_marks(row.text(each), last) for each in row.filled)
            ):
                return
            if last is not None and self._is_open and self._goes_on_beside(row):
                for beside in row.filled:
                    self._take_beside(row, beside, last)
            elif self._open is not None and self._open.parts and len(row.filled) == 1 and part.text[:1].islower():
                self._doubt(row.line, f"`{part.text}` was read as going on with the row above it.")
                for each in row.cells[column]:
                    self._open.add(each, row.line)
            elif self._is_open:
                self._leave(row)
        elif self._open is not None and self._may_go_on(self._open, part, row.line):
            self._open.add(part, row.line)
        elif self._is_open:
            self._leave(row)

    def _goes_on_beside(self, row: Row) -> bool:
        """Whether a row has nothing but more of the descriptors above it: no box for a decision."""
        columns = {*row.filled}
        return columns <= {*self._heads} and not any(is_choice(row.text(each)) for each in columns)

    def _leave(self, row: Row) -> None:
        """A row that is none of a criterion's; what follows it is not either, unless it is the foot of a page."""
        self._waiting.append(Line(row.line, row.words))
        if not is_foot(row.words) and row.words not in self._furniture:
            self._open = None

    def _may_go_on(self, words: Words, part: Part, line: int) -> bool:
        """Whether a line goes on with the words above it, as far as lines tell."""
        is_furniture = part.text in self._furniture and part.text[:1].isupper()
        if is_of_form(part.text) or is_furniture:
            return False
        if not words.parts:
            return True
        before, text = words.parts[-1].text, part.text
        near = line - words.last <= 2
        if text[:1].islower() or _POINT.match(text) or (part.is_item and near) or before.endswith((",", "-", "/", "(")):
            return True
        if re.search(r"\b(?:and|or|of|the|a|an|to|for|in|with|by|on|own)$", before):
            return True
        if (
            line - words.last == 1
            and len(text) <= _SHORT_POINT
            and any(each.text.endswith(":") for each in words.parts)
        ):
            self._doubt(line, f"`{text}` was read as a point of the list that begins above it.")
            return True
        is_sentence = text.endswith(".") and " " in text
        if (
            line - words.last == 1
            and len(before) >= _WRAPPED
            and not (is_sentence or before.endswith((".", "?", "!", ";")))
        ):
            self._doubt(line, f"`{text}` begins with a capital, and was read as going on with the line above it.")
            return True
        return False

    def _doubt(self, line: int, message: str) -> None:
        self._doubts.append(Doubt(line, message))

    def result(self) -> UnitRead:
        """The unit, with every doubt about it."""
        head = self._head
        if self._above_all:
            first = self._above_all[0]
            count = counted(len(self._above_all), "numbered line")
            self._doubt(first.line, f"{count} above the criteria: read as none, from `{first.words}` on.")
        grouped: dict[int, list[Criterion]] = {}
        for each in self.criteria.values():
            number = each.outcome if each.outcome is not None else 1
            if not each.words.text:
                self._doubt(each.words.line, f"{each.number} has no words.")
            grouped.setdefault(number, []).append(each.made)
        outcomes = []
        for number in sorted({*grouped, *self._titles}):
            title = self._titles[number].text if number in self._titles else ""
            if not title:
                self._doubt(0, f"LO{number} has no title that could be read.")
            if number not in grouped:
                self._doubt(self._titles[number].line, f"LO{number} has no criteria that could be read: {title}")
                continue
            outcomes.append(
                LearningOutcome(number, title or f"Outcome {number}", tuple(sorted(grouped[number], key=by_level)))
            )
        code = head.said.get("code", "")
        is_number = code.isdigit()
        unit = Unit(
            code=(head.said.get("reference", "") if is_number or not code else code),
            title=head.said.get("title", ""),
            level=head.number("level"),
            credit=head.number("credit"),
            glh=head.number("glh"),
            version=head.said.get("version", ""),
            outcomes=tuple(outcomes),
        )
        if self._has_levels and may_be_graded(unit):
            unit = graded(unit)
        return UnitRead(unit, code if is_number else "", (*self._doubts, *checked(unit, head)), tuple(self._left))
